//! Sample people where there is no roll: `people.csv` says what they said of themselves when they opened
//! their accounts (S2.1).

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use miftah_portal::Portal;
use miftah_portal::register::declare;
use miftah_portal::store::Write;
use miftah_rules::Field;
use miftah_rules::email::Email;
use miftah_rules::view::Typed;

use super::{Sample, open_account};

/// Opens their accounts.
///
/// # Errors
/// With one sentence for the operator: a line is no person, the database does not answer.
pub(super) async fn open(portal: &Portal, file: &Path) -> io::Result<()> {
    let mut lines = csv::Reader::from_path(file).map_err(io::Error::other)?;
    for (place, line) in lines.deserialize().enumerate() {
        let line: BTreeMap<String, String> = line.map_err(io::Error::other)?;
        let line: Typed = line
            .into_iter()
            .filter_map(|(name, value)| Some((Field::from_name(&name)?, value)))
            .collect();
        let wrong = || io::Error::other(format!("{}: line {}", file.display(), place + 2));
        let said = declare(portal, &line).await.map_err(io::Error::other)?;
        let mut person = said.ok_or_else(wrong)?;
        let email = line
            .get(&Field::Email)
            .and_then(|email| Email::parse(email).ok());
        let email = email.ok_or_else(wrong)?;
        let added = Write::AddPerson(person.clone());
        portal
            .store
            .commit(vec![added])
            .await
            .map_err(io::Error::other)?;
        // Of the account, as the others' samples have it on record.
        person.phone = line
            .get(&Field::Phone)
            .filter(|phone| !phone.is_empty())
            .cloned();
        let sample = match place {
            5 => Sample::Frozen,
            _ => Sample::Reachable,
        };
        open_account(portal, &person, &email, sample)
            .await
            .map_err(io::Error::other)?;
    }
    Ok(())
}
