//! Last step: the account's e-mail is shown, a new password opens the account and closes it
//! everywhere else.

use miftah_rules::ActKind;
use miftah_rules::Place;
use miftah_rules::complaint::CloseReason;
use miftah_rules::email::Email;
use miftah_rules::form::Posted;
use miftah_rules::view::{Channel, News, PasswordHints, RecoverView};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Recover, Stage, here, new_email, over, stay};
use crate::act::Subject;
use crate::bearer::Bearer;
use crate::fault::{Fallible, Fault};
use crate::id::AccountId;
use crate::journey::Journey;
use crate::letter::{Address, Change};
use crate::model::{Account, AccountState};
use crate::portal::{Portal, TRIES};
use crate::session::{Stay, regained};
use crate::store::{Conflict, StoreError, Write};
use crate::throttle::{PERSON, SIGN_IN};
use crate::visitor::{Outcome, SessionCookie, Visitor};

/// An account whose owner has proved to be here.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Proved {
    pub(super) account: AccountId,
    pub(super) by: Channel,
    /// The address that takes the place of the account's; a code has come back from it.
    pub(super) new_email: Option<String>,
}

pub(super) async fn show(portal: &Portal, proved: &Proved, view: &mut RecoverView) -> Fallible<()> {
    let Some((account, bearer)) = portal.account_and_bearer(&proved.account).await? else {
        return Ok(());
    };
    view.hints = PasswordHints {
        own: own_data(portal, &account, &bearer, proved),
    };
    let own = account.mailbox().map(str::to_owned);
    view.email = proved.new_email.clone().or(own);
    view.may_replace_email = may_replace_email(proved);
    Ok(())
}

/// Whoever reads the mailbox has not lost it.
fn may_replace_email(proved: &Proved) -> bool {
    proved.by == Channel::Phone
}

fn own_data(
    portal: &Portal,
    account: &Account,
    bearer: &Bearer,
    proved: &Proved,
) -> miftah_rules::password::OwnData {
    let emails: Vec<&str> = std::iter::once(account.email.as_str())
        .chain(proved.new_email.as_deref())
        .collect();
    portal.own_data(bearer, &emails, account.phone.as_deref())
}

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Recover>,
    proved: Proved,
    posted: &Posted,
) -> Fallible<Outcome> {
    journey.problems.clear();
    if posted.action() == "replace_email" && may_replace_email(&proved) {
        journey.state.stage = Stage::NewEmail(proved);
        return stay(portal, &journey).await;
    }
    let Some((account, bearer)) = portal.account_and_bearer(&proved.account).await? else {
        return Ok(over());
    };
    match portal.read_new_password(posted, &own_data(portal, &account, &bearer, &proved)) {
        Ok(password) => {
            let password = portal.hasher.hash(&password).await?;
            finish(portal, visitor, journey, proved, password).await
        }
        Err(problems) => {
            journey.problems = problems;
            stay(portal, &journey).await
        }
    }
}

/// Everything at once. Whatever else changed the account meanwhile is looked at and kept.
async fn finish(
    portal: &Portal,
    visitor: &Visitor,
    journey: Journey<Recover>,
    proved: Proved,
    password: String,
) -> Fallible<Outcome> {
    for _ in 0..TRIES {
        let Some((before, bearer)) = portal.account_and_bearer(&proved.account).await? else {
            return Ok(over());
        };
        if before.state != AccountState::Active {
            return Ok(over());
        }
        let mut account = recovered(portal, &before, &proved, &password);
        if let Some(proof) = &journey.state.code {
            account.take(&proof.to);
        }
        let (session, cookie) = portal.open_session(visitor, &account, Stay::Visit);
        let mut writes = vec![journey.end(portal)?];
        writes.extend(regained(visitor, &account));
        writes.push(Write::AddSession(session));
        writes.extend(forgiven(portal, visitor, &before, &account, &bearer));
        writes.extend(told(portal, visitor, &before, &account, &bearer, &proved)?);
        let ended = portal.end_assisted(visitor, &bearer, CloseReason::Overtaken);
        writes.extend(ended.await?);
        match portal.store.commit(writes).await {
            Ok(()) => return Ok(welcome(&before, &account, cookie)),
            Err(StoreError::Conflict(Conflict::AccountMoved)) => {}
            Err(StoreError::Conflict(Conflict::EmailTaken)) => {
                return new_email::taken(portal, journey, proved).await;
            }
            // A double click, or the account was frozen or recovered from elsewhere.
            Err(StoreError::Conflict(Conflict::JourneyMoved)) => return Ok(here(&journey)),
            Err(error) => return Err(error.into()),
        }
    }
    Err(Fault::Busy)
}

fn recovered(portal: &Portal, before: &Account, proved: &Proved, password: &str) -> Account {
    let mut account = before.clone();
    account.password = password.to_owned();
    account.password_changed_at = portal.clock.now();
    if let Some(Ok(email)) = proved.new_email.as_deref().map(Email::parse) {
        account.email_key = email.key();
        account.email = email.as_str().to_owned();
    }
    account
}

/// The owner is here: earlier wrong tries from this network no longer hold anybody back.
fn forgiven(
    portal: &Portal,
    visitor: &Visitor,
    before: &Account,
    account: &Account,
    bearer: &Bearer,
) -> Vec<Write> {
    let number = match bearer {
        Bearer::Person(person) => Some(person.number.as_str()),
        Bearer::Officer(_) => None,
    };
    let mut handles: Vec<&str> = Some(before.email_key.as_str())
        .filter(|key| !key.is_empty())
        .into_iter()
        .collect();
    handles.extend(number);
    if account.email_key != before.email_key {
        handles.push(&account.email_key);
    }
    let mut writes: Vec<_> = handles
        .into_iter()
        .map(|handle| portal.attempt(SIGN_IN, handle, visitor).forgiven())
        .collect();
    writes.extend(number.map(|number| portal.attempt(PERSON, number, visitor).forgiven()));
    writes
}

/// History, and a letter to every address, the replaced one too (norm 6).
fn told(
    portal: &Portal,
    visitor: &Visitor,
    before: &Account,
    account: &Account,
    bearer: &Bearer,
    proved: &Proved,
) -> Fallible<Vec<Write>> {
    let subject = Subject::account(&account.id);
    let device = &visitor.device;
    let values = json!({ "by": proved.by, "device": device });
    let mut writes = vec![portal.act(&subject, ActKind::AccountRecovered, &values)];
    if !has_replaced(before, account) {
        writes.extend(portal.tell_all(visitor, account, bearer, Change::Recovered, &[])?);
        return Ok(writes);
    }
    let former = [Address::email(&before.email)];
    writes.push(portal.act(
        &subject,
        ActKind::EmailChanged,
        &json!({ "device": device }),
    ));
    writes.extend(portal.tell_all(visitor, account, bearer, Change::Recovered, &former)?);
    writes.extend(portal.tell_all(visitor, account, bearer, Change::EmailChanged, &former)?);
    Ok(writes)
}

/// Whether another address has taken the place of the account's. One from the roll has had none.
fn has_replaced(before: &Account, account: &Account) -> bool {
    before.mailbox().is_some() && account.email_key != before.email_key
}

fn welcome(before: &Account, account: &Account, cookie: SessionCookie) -> Outcome {
    let news = if has_replaced(before, account) {
        News::AccountRecoveredEmailReplaced
    } else {
        News::AccountRecovered
    };
    Outcome::see(Place::Home)
        .with_query(format!("news={}", news.name()))
        .with_session(cookie)
}
