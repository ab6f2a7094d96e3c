//! Accounts for the first people of a roll that was loaded, through the store as verbs open them. All
//! have one password and one salt, and each is verified by itself.

use std::sync::Arc;

use base64ct::{Base64Unpadded, Encoding as _};
use miftah_argon2id::{Costs, Input, Memory, hash};
use miftah_portal::id::AccountId;
use miftah_portal::model::{Account, Holder};
use miftah_portal::ports::Millis;
use miftah_portal::store::{Store, Write};
use miftah_portal::testing::{FixedClock, SeededRandom};
use miftah_rules::Lang;
use miftah_rules::email::Email;

use crate::Outcome;
use crate::words::Words;

/// What passwords cost (norm 4).
const COSTS: Costs = Costs {
    m: 19_456,
    t: 2,
    p: 1,
};
pub const PASSWORD: &str = "correct horse battery 7";
const SALT: &[u8; 16] = b"sixteen bytes 16";
/// Accounts a transaction.
const BATCH: usize = 500;
/// 2026-01-01.
const OPENED: Millis = Millis(1_767_225_600_000);

/// The address of person `n`.
pub fn email(n: usize) -> String {
    format!("bench{n}@example.ma")
}

/// The student numbers of a roll's file, in its order.
///
/// # Errors
/// The file cannot be read.
pub fn numbers(file: &str, most: usize) -> Outcome<Vec<String>> {
    let mut reader = csv::Reader::from_path(file)?;
    let column = column(&mut reader, "number")?;
    let mut numbers = Vec::new();
    for record in reader.records().take(most) {
        numbers.push(record?.get(column).unwrap_or_default().to_owned());
    }
    Ok(numbers)
}

pub fn column(reader: &mut csv::Reader<std::fs::File>, name: &str) -> Outcome<usize> {
    let found = reader.headers()?.iter().position(|heading| heading == name);
    found.ok_or_else(|| format!("the roll has no column {name}").into())
}

/// `--database URL --roll FILE --count N`
///
/// # Errors
/// The store refuses, or somebody is not on the roll.
pub async fn open(words: &Words) -> Outcome {
    let store = miftah_store::open(words.text("database")?).await?;
    let numbers = numbers(words.text("roll")?, words.number("count")?)?;
    let (clock, random) = (FixedClock::at(OPENED), SeededRandom::new(7));
    let phc = phc()?;
    let mut writes = Vec::new();
    for (n, number) in numbers.iter().enumerate() {
        let person = store.person_by_number(number).await?;
        let person = person.ok_or_else(|| format!("{number} is not on the roll"))?;
        let email = Email::parse(&email(n)).map_err(|_| "no address")?;
        writes.push(Write::OpenAccount(Account::opened(
            AccountId::new(&clock, &random),
            Holder::Person(person.id),
            &email,
            phc.clone(),
            Lang::Ar,
            "1",
            OPENED,
        )));
        if writes.len() == BATCH {
            commit(&store, std::mem::take(&mut writes)).await?;
        }
    }
    commit(&store, writes).await
}

async fn commit(store: &Arc<dyn Store>, writes: Vec<Write>) -> Outcome {
    Ok(store.commit(writes).await?)
}

fn phc() -> Outcome<String> {
    let input = Input {
        password: PASSWORD.as_bytes(),
        salt: SALT,
        ..Input::default()
    };
    let hash = hash(&input, COSTS, &mut Memory::default())?;
    let Costs { m, t, p } = COSTS;
    Ok(format!(
        "$argon2id$v=19$m={m},t={t},p={p}${}${}",
        Base64Unpadded::encode_string(SALT),
        Base64Unpadded::encode_string(&hash)
    ))
}
