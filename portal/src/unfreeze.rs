//! The office has looked: a frozen account is opened again (S0.5, docs/operating.md).
//!
//! Whoever froze it may have had the password, so nobody is signed in by this and codes from before
//! stay dead. Links "this was not me" in letters from before are dead too (`not_me.rs`): they tell
//! of something the office has looked at.

use miftah_rules::ActKind;
use miftah_rules::identifier::RollNumber;
use serde_json::json;

use crate::act::Subject;
use crate::bearer::Bearer;
use crate::fault::{Fallible, Fault};
use crate::letter::Change;
use crate::model::{Account, AccountState};
use crate::portal::TRIES;
use crate::roll::Registry;
use crate::store::{Conflict, Store, StoreError, Write};

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfrozen {
    Done,
    /// Nobody on the roll has this number.
    NoStudent,
    /// This student has no account, or closed it.
    NoAccount,
    /// The account is open as it is.
    NotFrozen,
}

/// Opens the account of the student with this number, and tells all its addresses.
///
/// # Errors
/// Only when the store fails, or when others keep changing the account.
pub async fn unfreeze(
    store: &dyn Store,
    registry: Registry<'_>,
    number: &str,
) -> Fallible<Unfrozen> {
    let pattern = &registry.institution.identifiers.number.pattern;
    let Ok(number) = RollNumber::parse(number, pattern) else {
        return Ok(Unfrozen::NoStudent);
    };
    let Some(person) = store.person_by_number(number.as_str()).await? else {
        return Ok(Unfrozen::NoStudent);
    };
    let bearer = Bearer::from(person.clone());
    let pen = registry.pen();
    for _ in 0..TRIES {
        let Some(account) = store.account_by_person(&person.id).await? else {
            return Ok(Unfrozen::NoAccount);
        };
        if account.state != AccountState::Frozen {
            return Ok(Unfrozen::NotFrozen);
        }
        let subject = Subject::account(&account.id);
        let mut writes = vec![pen.act(&subject, ActKind::AccountUnfrozen, &json!({}))];
        writes.extend(Write::shut_out(&account.id));
        writes.extend(pen.tell_all("", &account, &bearer, Change::Unfrozen, &[])?);
        writes.push(Write::ChangeAccount(Account {
            state: AccountState::Active,
            ..account
        }));
        match store.commit(writes).await {
            Ok(()) => return Ok(Unfrozen::Done),
            Err(StoreError::Conflict(Conflict::AccountMoved)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Fault::Busy)
}
