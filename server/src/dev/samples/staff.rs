//! Sample officers, from `staff.csv` beside the sample roll.

use std::io;
use std::path::Path;

use miftah_portal::Portal;
use miftah_portal::act::Subject;
use miftah_portal::fault::{Fallible, Fault};
use miftah_portal::id::{AccountId, OfficerId};
use miftah_portal::model::{Holder, Officer};
use miftah_portal::store::Write;
use miftah_rules::email::Email;
use miftah_rules::{ActKind, Role};
use serde::Deserialize;

use super::{PASSWORD, SampleStaff, act, is_unchanged, opened};

/// A line of `staff.csv` beside the sample roll.
#[derive(Debug, Deserialize)]
struct StaffLine {
    role: Role,
    email: String,
    name: String,
}

/// The officers, as things stand now.
///
/// # Errors
/// Only when the store fails.
pub(super) async fn list(portal: &Portal) -> Fallible<Vec<SampleStaff>> {
    let mut staff = Vec::new();
    for (officer, account) in portal.store.officers().await? {
        let acts = portal
            .store
            .acts(Subject::account(&account.id).as_str())
            .await?;
        staff.push(SampleStaff {
            name: officer.name,
            role: officer.role,
            password: is_unchanged(&account, &acts).then_some(PASSWORD),
            email: account.email,
        });
    }
    Ok(staff)
}

/// The sample staff, where the institution has some.
///
/// # Errors
/// With one sentence for the operator: a line is no officer, the database does not answer.
pub(super) async fn add(portal: &Portal, file: &Path) -> io::Result<()> {
    if !file.is_file() {
        return Ok(());
    }
    let mut lines = csv::Reader::from_path(file).map_err(io::Error::other)?;
    for line in lines.deserialize() {
        let line: StaffLine = line.map_err(io::Error::other)?;
        let account = sample_account(portal, &line)
            .await
            .map_err(io::Error::other)?;
        portal
            .store
            .commit(account)
            .await
            .map_err(io::Error::other)?;
    }
    Ok(())
}

async fn sample_account(portal: &Portal, line: &StaffLine) -> Fallible<Vec<Write>> {
    let now = portal.clock.now();
    let officer = Officer {
        id: OfficerId::new(portal.clock.as_ref(), portal.random.as_ref()),
        name: line.name.clone(),
        role: line.role,
        added_at: now,
    };
    let id = AccountId::new(portal.clock.as_ref(), portal.random.as_ref());
    let subject = Subject::account(&id);
    let email = Email::parse(&line.email)
        .map_err(|_| Fault::Broken(format!("no e-mail address: {}", line.email)))?;
    let holder = Holder::Officer(officer.id.clone());
    let account = opened(portal, id, holder, &email).await?;
    Ok(vec![
        Write::AddOfficer(officer),
        Write::OpenAccount(account),
        act(portal, &subject, ActKind::OfficerAdded, now),
    ])
}
