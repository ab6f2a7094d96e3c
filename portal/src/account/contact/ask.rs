//! The first step: a new address is typed, and a code goes there.

use miftah_rules::email::Email;
use miftah_rules::form::{Posted, read};
use miftah_rules::view::{Channel, ContactChange, Done};
use miftah_rules::{Field, Place, Problem};

use super::{Contact, field};
use crate::account::{Owner, change_account, done};
use crate::budget::{Budget, Sender};
use crate::fault::Fallible;
use crate::journey::Journey;
use crate::letter::{Address, Purpose, Reality};
use crate::portal::Portal;
use crate::proof::{Instead, NextCode, Proof};
use crate::prove::{Wanted, prove};
use crate::store::Write;
use crate::visitor::Outcome;

/// The form with the new address.
///
/// # Errors
/// [`crate::fault::Fault::Busy`] when the hashing queue is full, and store failures.
pub(super) async fn ask(
    portal: &Portal,
    owner: &Owner<'_>,
    mut journey: Journey<Contact>,
    posted: &Posted,
) -> Fallible<Outcome> {
    let channel = match journey.state.change {
        ContactChange::Email => Channel::Email,
        ContactChange::Phone | ContactChange::RemovePhone => Channel::Phone,
    };
    let at = field(channel);
    journey.state.typed = posted.keep(&[at]);
    let here = Outcome::see(Place::Contact).with_query(journey.query());
    let brief = portal.institution.brief(owner.visitor.lang);
    let address = read(at, posted.value(at), &brief);
    let proof = prove(portal, owner.here(), posted, Wanted::Recently).await?;
    let mut writes = proof.writes;
    let address = match (address, proof.problem) {
        (Ok(address), None) => address,
        (address, problem) => {
            journey.problems = address
                .err()
                .map(|e| e.at(at))
                .into_iter()
                .chain(problem)
                .collect();
            return portal.settle(&journey, writes, here).await;
        }
    };
    if is_own(owner, channel, &address) {
        // Nothing to prove and nothing to change: the journey ends before it began.
        writes.push(journey.end(portal)?);
        let same = done(Place::Contact, Done::AlreadyYours);
        return change_account(portal, writes, same, &Place::Contact).await;
    }
    let to = Address {
        channel,
        to: address,
    };
    let of = to.key();
    let held = portal
        .codes_held_back(owner.visitor, budget(owner, &of), &to)
        .await?;
    if let Some(wait) = held {
        journey.problems = vec![wait];
        return portal.settle(&journey, writes, here).await;
    }
    let past = journey.state.past.take();
    let (code, sent) = send(portal, owner, &journey, to, past.as_ref()).await?;
    journey.state.proof = Some(Proof {
        again: false,
        ..code
    });
    writes.extend(sent);
    portal.settle(&journey, writes, here).await
}

/// Another code to the same address.
///
/// # Errors
/// Only when the store fails.
pub(super) async fn resend(
    portal: &Portal,
    owner: &Owner<'_>,
    mut journey: Journey<Contact>,
) -> Fallible<Outcome> {
    let here = Outcome::see(Place::Contact).with_query(journey.query());
    let Some(previous) = journey.state.proof.clone() else {
        return Ok(here);
    };
    if portal.resend_in(&previous) > 0 {
        // The page says how long to wait.
        return Ok(here);
    }
    if !portal.proved_recently(owner.signed_in) {
        // Back to the address, which is still there, and to the password.
        journey.state.go_back();
        journey.problems = vec![Problem::SignInAgain.at(Field::CurrentPassword)];
        return portal.settle(&journey, vec![], here).await;
    }
    let of = previous.to.key();
    let held = portal
        .codes_held_back(owner.visitor, budget(owner, &of), &previous.to)
        .await?;
    if let Some(wait) = held {
        journey.problems = vec![wait];
        return portal.settle(&journey, vec![], here).await;
    }
    let to = previous.to.clone();
    let (code, sent) = send(portal, owner, &journey, to, Some(&previous)).await?;
    journey.state.proof = Some(code);
    portal.settle(&journey, sent, here).await
}

/// The code letter; or, when the e-mail has an account already, a letter that tells its owner so
/// (S0.6). Either way one letter and two counts are written and the page looks the same (norm 2).
async fn send(
    portal: &Portal,
    owner: &Owner<'_>,
    journey: &Journey<Contact>,
    to: Address,
    previous: Option<&Proof>,
) -> Fallible<(Proof, Vec<Write>)> {
    let holder = match to.channel {
        Channel::Email => portal.store.account_by_email(&to.key()).await?,
        Channel::Phone => None,
    };
    let reality = if holder.is_some() {
        Reality::Decoy
    } else {
        Reality::Real
    };
    let of = to.key();
    portal
        .send_code(
            owner.visitor,
            &journey.id,
            NextCode {
                purpose: Purpose::Contact,
                to: to.clone(),
                reality,
                instead: holder.as_ref().map(Instead::in_use),
                budget: budget(owner, &of),
                previous,
            },
        )
        .await
}

/// Codes are counted for the address, whoever asks, and for the account, whatever it asks for.
fn budget<'a>(owner: &'a Owner<'_>, key: &'a str) -> Budget<'a> {
    Budget {
        of: key,
        sender: Sender::Known(owner.account().id.as_str()),
    }
}

/// Whether the account has this address already, confirmed.
fn is_own(owner: &Owner<'_>, channel: Channel, address: &str) -> bool {
    let account = owner.account();
    match channel {
        Channel::Email => Email::parse(address).is_ok_and(|email| email.key() == account.email_key),
        Channel::Phone => account.phone_confirmed && account.phone.as_deref() == Some(address),
    }
}
