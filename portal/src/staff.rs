//! Members of staff are added and removed by whoever runs the portal (docs/operating.md).
//!
//! Nobody chooses a password for somebody else: an officer gets a letter, and chooses their own by
//! recovering the account that was made for them.

use std::fmt;

use miftah_rules::email::Email;
use miftah_rules::{ActKind, Lang, Role};
use serde_json::json;

use crate::act::Subject;
use crate::bearer::bearer;
use crate::fault::{Fallible, Fault};
use crate::id::{AccountId, OfficerId};
use crate::letter::{Address, Body, Change};
use crate::model::{Account, Holder, NO_PASSWORD, Officer};
use crate::portal::TRIES;
use crate::roll::Registry;
use crate::store::{Conflict, Store, StoreError, Write};

/// Somebody who is to be a member of staff.
#[derive(Clone, Debug)]
pub struct Newcomer {
    pub name: String,
    pub email: String,
    pub role: Role,
    /// Of the letters.
    pub lang: Lang,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    Done,
    /// No e-mail address.
    NoEmail,
    NoName,
    /// Another account has this address.
    EmailTaken,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removed {
    Done,
    /// No member of staff has this address.
    Nobody,
}

/// Makes the account of a member of staff, and invites them by mail.
///
/// # Errors
/// Only when the store fails.
pub async fn add(
    store: &dyn Store,
    registry: Registry<'_>,
    newcomer: &Newcomer,
) -> Fallible<Added> {
    let Ok(email) = Email::parse(&newcomer.email) else {
        return Ok(Added::NoEmail);
    };
    let name = miftah_rules::text::tidy(&newcomer.name);
    if name.is_empty() {
        return Ok(Added::NoName);
    }
    let pen = registry.pen();
    let (now, terms) = (registry.clock.now(), &registry.institution.terms.version);
    let officer = Officer {
        id: OfficerId::new(registry.clock, registry.random),
        name: name.clone(),
        role: newcomer.role,
        added_at: now,
    };
    let account = Account::opened(
        AccountId::new(registry.clock, registry.random),
        Holder::Officer(officer.id.clone()),
        &email,
        NO_PASSWORD.to_owned(),
        newcomer.lang,
        terms,
        now,
    );
    let invited = Body::StaffInvited {
        name,
        role: newcomer.role,
    };
    let writes = vec![
        pen.letter(&Address::email(email.as_str()), newcomer.lang, &invited)?,
        pen.act(
            &Subject::account(&account.id),
            ActKind::OfficerAdded,
            &json!({ "role": newcomer.role }),
        ),
        Write::AddOfficer(officer),
        Write::OpenAccount(account),
    ];
    match store.commit(writes).await {
        Ok(()) => Ok(Added::Done),
        Err(StoreError::Conflict(Conflict::EmailTaken)) => Ok(Added::EmailTaken),
        Err(error) => Err(error.into()),
    }
}

/// Closes the account of a member of staff: they are signed out everywhere, and what they have
/// goes back to the queue when an administrator releases it.
///
/// # Errors
/// Only when the store fails, or when others keep changing the account.
pub async fn remove(store: &dyn Store, registry: Registry<'_>, email: &str) -> Fallible<Removed> {
    let Ok(email) = Email::parse(email) else {
        return Ok(Removed::Nobody);
    };
    let pen = registry.pen();
    for _ in 0..TRIES {
        let account = store.account_by_email(&email.key()).await?;
        let Some(account) = account.filter(|account| account.holder.officer().is_some()) else {
            return Ok(Removed::Nobody);
        };
        let bearer = bearer(store, &account).await?;
        let mut writes = pen.tell_all("", &account, &bearer, Change::Closed, &[])?;
        writes.extend(Write::shut_out(&account.id));
        writes.extend([
            pen.act(
                &Subject::account(&account.id),
                ActKind::OfficerRemoved,
                &json!({}),
            ),
            Write::ChangeAccount(account.closed()),
        ]);
        match store.commit(writes).await {
            Ok(()) => return Ok(Removed::Done),
            Err(StoreError::Conflict(Conflict::AccountMoved)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Fault::Busy)
}

/// A member of staff, as a list shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub name: String,
    pub email: String,
    pub role: Role,
    /// Whether they have chosen a password.
    pub has_password: bool,
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\t{}\t{}", self.role.name(), self.email, self.name)
    }
}

/// All members of staff, by name.
///
/// # Errors
/// Only when the store fails.
pub async fn list(store: &dyn Store) -> Fallible<Vec<Listed>> {
    let all = store.officers().await?;
    Ok(all
        .into_iter()
        .map(|(officer, account)| Listed {
            name: officer.name,
            email: account.email,
            role: officer.role,
            has_password: account.password != NO_PASSWORD,
        })
        .collect())
}
