//! How long it takes to find who is recovering an account: the person by number, as the roll has them
//! now, and their account. One after the other, everybody by chance and never twice in a row.

use std::time::Instant;

use serde_json::json;

use crate::Outcome;
use crate::accounts::numbers;
use crate::times::Times;
use crate::words::Words;

/// Coprime to every count: jumps all over the roll.
const JUMP: usize = 7_368_787;
const ROUNDS: usize = 20_000;
/// Not counted: what is read for the first time.
const WARM: usize = 2_000;

/// `--database URL --roll FILE --persons N`
///
/// # Errors
/// Somebody is not on the roll.
pub async fn run(words: &Words) -> Outcome {
    let store = miftah_store::open(words.text("database")?).await?;
    let numbers = numbers(words.text("roll")?, words.number("persons")?)?;
    let mut times = Times::default();
    let mut begun = Instant::now();
    for round in 0..WARM + ROUNDS {
        let number = numbers.get(round.wrapping_mul(JUMP) % numbers.len());
        let number = number.ok_or("an empty roll")?;
        if round == WARM {
            begun = Instant::now();
        }
        let asked = Instant::now();
        let person = store.person_by_number(number).await?;
        let person = person.ok_or_else(|| format!("{number} is not on the roll"))?;
        store.account_by_person(&person.id).await?;
        if round >= WARM {
            times.add(asked.elapsed());
        }
    }
    let mean = begun.elapsed().as_secs_f64() * 1e6 / ROUNDS as f64;
    println!(
        "{}",
        json!({ "microseconds": mean, "n": times.len(), "times": times.told() })
    );
    Ok(())
}
