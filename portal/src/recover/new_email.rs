//! The mailbox is lost, the phone has proved: another address takes its place in the same journey,
//! once a code has come back from it.
//!
//! An address that opens another account is answered like any other; its mailbox is told (S0.6).

use miftah_rules::email::Email;
use miftah_rules::form::{Posted, read};
use miftah_rules::view::{RecoverView, Typed};
use miftah_rules::{Field, Problem};

use super::password::Proved;
use super::{Recover, Stage, here, over, stay};
use crate::budget::{Budget, Sender};
use crate::fault::Fallible;
use crate::journey::Journey;
use crate::letter::{Address, Purpose, Reality};
use crate::portal::Portal;
use crate::proof::{Instead, NextCode};
use crate::visitor::{Outcome, Visitor};

pub(super) fn typed(posted: &Posted) -> Typed {
    posted.keep(&[Field::Email])
}

pub(super) async fn show(portal: &Portal, proved: &Proved, view: &mut RecoverView) -> Fallible<()> {
    let account = portal.store.account(&proved.account).await?;
    view.email = account.and_then(|account| account.mailbox().map(str::to_owned));
    Ok(())
}

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Recover>,
    proved: Proved,
    posted: &Posted,
) -> Fallible<Outcome> {
    journey.problems.clear();
    if posted.action() == "keep" {
        return choose_password(
            portal,
            journey,
            Proved {
                new_email: None,
                ..proved
            },
        )
        .await;
    }
    journey.state.typed = typed(posted);
    let brief = portal.institution.brief(visitor.lang);
    match read(Field::Email, posted.value(Field::Email), &brief) {
        Ok(email) => send(portal, visitor, journey, proved, &email).await,
        Err(problem) => {
            journey.problems = vec![problem.at(Field::Email)];
            stay(portal, &journey).await
        }
    }
}

async fn send(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Recover>,
    proved: Proved,
    email: &str,
) -> Fallible<Outcome> {
    let key = Email::parse(email).map_or_else(|_| email.to_owned(), |email| email.key());
    let holder = portal.store.account_by_email(&key).await?;
    let own = holder
        .as_ref()
        .is_some_and(|account| account.id == proved.account);
    if own {
        // It is the account's already: nothing to replace.
        return choose_password(
            portal,
            journey,
            Proved {
                new_email: None,
                ..proved
            },
        )
        .await;
    }
    let to = Address::email(email);
    if let Some(last) = journey.state.code.as_ref()
        && last.to == to
        && !last.is_burnt()
        && portal.resend_in(last) > 0
    {
        journey.state.stage = Stage::NewEmailCode(proved);
        return stay(portal, &journey).await;
    }
    let budget = Budget {
        of: &key,
        sender: Sender::Known(proved.account.as_str()),
    };
    if let Some(wait) = portal.codes_held_back(visitor, budget, &to).await? {
        journey.problems = vec![wait];
        return stay(portal, &journey).await;
    }
    let reality = if holder.is_some() {
        Reality::Decoy
    } else {
        Reality::Real
    };
    let last = journey.state.code.as_ref();
    let (mut proof, writes) = portal
        .send_code(
            visitor,
            &journey.id,
            NextCode {
                purpose: Purpose::Recover,
                to: to.clone(),
                reality,
                instead: holder.as_ref().map(Instead::in_use),
                budget,
                previous: last,
            },
        )
        .await?;
    proof.again = last.is_some_and(|last| last.to == to);
    journey.state.code = Some(proof);
    journey.state.asked = None;
    journey.state.stage = Stage::NewEmailCode(proved);
    portal.settle(&journey, writes, here(&journey)).await
}

pub(super) async fn submit_code(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Recover>,
    proved: Proved,
    posted: &Posted,
) -> Fallible<Outcome> {
    let Some(mut proof) = journey.state.code.clone() else {
        return Ok(over());
    };
    journey.problems.clear();
    match posted.action() {
        "resend" => {
            // Too soon: the page says how long to wait.
            if portal.resend_in(&proof) > 0 {
                return Ok(here(&journey));
            }
            return send(portal, visitor, journey, proved, &proof.to.to).await;
        }
        "change" => {
            journey.state.stage = Stage::NewEmail(proved);
            return stay(portal, &journey).await;
        }
        _ => {}
    }
    proof.again = false;
    let checked = portal
        .check_code(visitor, &journey.id, &mut proof, posted)
        .await?;
    let new_email = Some(proof.to.to.clone());
    journey.state.code = Some(proof);
    match checked.problem {
        None => {
            journey.state.stage = Stage::Password(Proved {
                new_email,
                ..proved
            });
        }
        Some(problem) => journey.problems = vec![problem],
    }
    portal
        .settle(&journey, checked.writes, here(&journey))
        .await
}

/// The address opened an account of somebody else's while the password was chosen. Its mailbox was
/// proved here, so that may be said.
pub(super) async fn taken(
    portal: &Portal,
    mut journey: Journey<Recover>,
    proved: Proved,
) -> Fallible<Outcome> {
    journey.problems = vec![Problem::EmailInUse.at(Field::Email)];
    journey.state.stage = Stage::NewEmail(Proved {
        new_email: None,
        ..proved
    });
    stay(portal, &journey).await
}

async fn choose_password(
    portal: &Portal,
    mut journey: Journey<Recover>,
    proved: Proved,
) -> Fallible<Outcome> {
    journey.state.stage = Stage::Password(proved);
    stay(portal, &journey).await
}
