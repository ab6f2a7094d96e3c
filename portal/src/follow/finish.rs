//! The end of an assisted recovery (S0.12): two officers have agreed, the waiting period is over, and
//! nobody has stopped it. A new password is chosen; the address that was confirmed becomes the
//! account's.

use miftah_rules::complaint::ComplaintEvent;
use miftah_rules::email::Email;
use miftah_rules::form::Posted;
use miftah_rules::view::{News, Onward, PasswordHints};
use miftah_rules::{ActKind, Field, Place, Problem};
use serde_json::json;

use super::{Follow, here, onward};
use crate::act::Subject;
use crate::bearer::Bearer;
use crate::dossier::Complaint;
use crate::fault::{Fallible, Fault};
use crate::journey::Journey;
use crate::letter::{Address, Change};
use crate::model::{Account, AccountState};
use crate::portal::{Portal, TRIES};
use crate::session::{Stay, regained};
use crate::store::{Conflict, Write};
use crate::visitor::{Outcome, Visitor};

/// What the password must not contain.
pub(super) async fn hints(portal: &Portal, complaint: &Complaint) -> Fallible<PasswordHints> {
    Ok(match portal.account_of_assisted(complaint).await? {
        Some((account, bearer)) => PasswordHints {
            own: portal.own_data(
                &bearer,
                &[&account.email, &complaint.email],
                account.phone.as_deref(),
            ),
        },
        None => PasswordHints::default(),
    })
}

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Follow>,
    complaint: Complaint,
    posted: &Posted,
) -> Fallible<Outcome> {
    let onward = onward(portal, &journey.state, &complaint);
    if !complaint.email_confirmed || onward != Some(Onward::Password) {
        return Ok(here(&complaint, &journey));
    }
    let own = hints(portal, &complaint).await?.own;
    let password = match portal.read_new_password(posted, &own) {
        Ok(password) => portal.hasher.hash(&password).await?,
        Err(problems) => {
            journey.problems = problems;
            let here = here(&complaint, &journey);
            return portal.settle(&journey, vec![], here).await;
        }
    };
    for _ in 0..TRIES {
        let Some((before, bearer)) = portal.account_of_assisted(&complaint).await? else {
            return Ok(here(&complaint, &journey));
        };
        if before.state != AccountState::Active {
            journey.problems = vec![Problem::AccountFrozen.alone()];
            let here = here(&complaint, &journey);
            return portal.settle(&journey, vec![], here).await;
        }
        let recovered = Recovered {
            complaint: &complaint,
            before: &before,
            bearer: &bearer,
            password: &password,
        };
        match recover(portal, visitor, &journey, recovered).await {
            Err(Fault::Conflict(Conflict::AccountMoved)) => {}
            // Somebody has opened an account with this address meanwhile.
            Err(Fault::Conflict(Conflict::EmailTaken)) => {
                journey.problems = vec![Problem::EmailInUse.at(Field::Email)];
                let here = here(&complaint, &journey);
                return portal.settle(&journey, vec![], here).await;
            }
            Err(Fault::Conflict(Conflict::ComplaintMoved | Conflict::JourneyMoved)) => {
                return Ok(here(&complaint, &journey));
            }
            answered => return answered,
        }
    }
    Err(Fault::Busy)
}

struct Recovered<'a> {
    complaint: &'a Complaint,
    before: &'a Account,
    bearer: &'a Bearer,
    password: &'a str,
}

/// Everything at once: the account, the end of every session and journey about it, the complaint,
/// history, and a letter to every address, the lost ones too.
async fn recover(
    portal: &Portal,
    visitor: &Visitor,
    journey: &Journey<Follow>,
    what: Recovered<'_>,
) -> Fallible<Outcome> {
    let Recovered {
        complaint,
        before,
        bearer,
        password,
    } = what;
    let mut account = before.clone();
    account.password = password.to_owned();
    account.password_changed_at = portal.clock.now();
    if let Ok(email) = Email::parse(&complaint.email) {
        account.email_key = email.key();
        account.email = email.as_str().to_owned();
    }
    // The phone is lost too: it proves nothing any more.
    account.phone = None;
    account.phone_confirmed = false;
    let former: Vec<Address> = before
        .mailbox()
        .map(Address::email)
        .into_iter()
        .chain(before.phone.as_ref().map(Address::phone))
        .collect();
    let (session, cookie) = portal.open_session(visitor, &account, Stay::Visit);
    let subject = Subject::account(&account.id);
    let device = json!({ "by": "office", "device": visitor.device });
    let mut writes = vec![journey.end(portal)?];
    writes.extend(regained(visitor, &account));
    writes.extend([
        Write::AddSession(session),
        portal.act(&subject, ActKind::AccountRecovered, &device),
        portal.act(&subject, ActKind::EmailChanged, &device),
        portal.act(
            &Subject::complaint(&complaint.id),
            ActKind::ComplaintCompleted,
            &json!({ "device": visitor.device }),
        ),
    ]);
    for change in [Change::Recovered, Change::EmailChanged] {
        writes.extend(portal.tell_all(visitor, &account, bearer, change, &former)?);
    }
    let Some(completed) = complaint.after(ComplaintEvent::Complete, portal.clock.now()) else {
        return Ok(here(complaint, journey));
    };
    writes.push(Write::MoveComplaint(completed));
    portal.store.commit(writes).await?;
    let news = News::AccountRecoveredEmailReplaced.name();
    Ok(Outcome::see(Place::Home)
        .with_query(format!("news={news}"))
        .with_session(cookie))
}
