//! Second question: how to reach the person. The address gets a code; for assisted recovery it will
//! be the account's.

use miftah_rules::email::Email;
use miftah_rules::form::{Posted, read, read_optional};
use miftah_rules::view::ComplainStep;
use miftah_rules::{Field, Lang, Problem, ProblemAt};

use super::{Complain, Door, stay};
use crate::budget::{Budget, Sender};
use crate::fault::Fallible;
use crate::journey::Journey;
use crate::letter::{Address, Purpose, Reality};
use crate::portal::Portal;
use crate::proof::{Instead, NextCode};
use crate::store::Write;
use crate::visitor::{Outcome, Visitor};

pub(super) const FIELDS: [Field; 3] = [Field::Email, Field::Phone, Field::Note];

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Complain>,
    posted: &Posted,
) -> Fallible<Outcome> {
    journey.state.keep(posted, &FIELDS);
    let email = match read_reach(portal, &journey.state) {
        Ok(email) => email,
        Err(problems) => {
            journey.problems = problems;
            return stay(portal, &journey, vec![]).await;
        }
    };
    if journey.state.confirmed.as_deref() == Some(email.as_str()) {
        journey.state.step = ComplainStep::Papers;
        return stay(portal, &journey, vec![]).await;
    }
    journey.state.confirmed = None;
    let to = Address::email(email.as_str());
    if portal.is_on_its_way(journey.state.proof.as_ref(), &to) {
        journey.state.step = ComplainStep::Code;
        return stay(portal, &journey, vec![]).await;
    }
    // The office's mail for the day is used up: on without a code, as where none arrives.
    if journey.state.door() == Door::Complaint && portal.has_mailed_enough_strangers().await? {
        journey.state.step = ComplainStep::Papers;
        return stay(portal, &journey, vec![]).await;
    }
    let writes = match send(portal, visitor, &mut journey, &email).await? {
        Ok(writes) => writes,
        Err(wait) => {
            journey.problems = vec![wait];
            return stay(portal, &journey, vec![]).await;
        }
    };
    if let Some(proof) = &mut journey.state.proof {
        proof.again = false;
    }
    journey.state.step = ComplainStep::Code;
    stay(portal, &journey, writes).await
}

fn read_reach(portal: &Portal, state: &Complain) -> Result<Email, Vec<ProblemAt>> {
    let brief = portal.institution.brief(Lang::default());
    let form = super::claim::form(state);
    let email = read(Field::Email, state.typed(Field::Email), &brief)
        .and_then(|email| Email::parse(&email).map_err(|_| Problem::EmailShape))
        .map_err(|problem| problem.at(Field::Email));
    let phone = read_optional(&form, Field::Phone, &brief);
    match (email, phone) {
        (Ok(email), Ok(_)) => Ok(email),
        (email, phone) => Err([email.err(), phone.err()].into_iter().flatten().collect()),
    }
}

/// A code to the address. For assisted recovery an address that has an account cannot become this
/// one's: its owner is told, at the same cost and with the same page (S0.6, norm 2).
///
/// # Errors
/// Only when the store fails; inside, the wait for whoever has asked for too many.
pub(super) async fn send(
    portal: &Portal,
    visitor: &Visitor,
    journey: &mut Journey<Complain>,
    email: &Email,
) -> Fallible<Result<Vec<Write>, ProblemAt>> {
    let key = email.key();
    let to = Address::email(email.as_str());
    let number = super::claim(portal, &journey.state)
        .ok()
        .and_then(|claim| claim.get(&portal.institution.key_field()).cloned())
        .unwrap_or_default();
    let budget = Budget {
        of: &key,
        sender: match journey.state.door() {
            Door::Assisted => Sender::Known(&number),
            Door::Complaint => Sender::Stranger(&number),
        },
    };
    if let Some(wait) = portal.codes_held_back(visitor, budget, &to).await? {
        return Ok(Err(wait));
    }
    let owner = match journey.state.door() {
        Door::Assisted => portal.store.account_by_email(&key).await?,
        Door::Complaint => None,
    };
    let reality = if owner.is_none() {
        Reality::Real
    } else {
        Reality::Decoy
    };
    let (proof, writes) = portal
        .send_code(
            visitor,
            &journey.id,
            NextCode {
                purpose: Purpose::Complaint,
                to,
                reality,
                instead: owner.as_ref().map(Instead::in_use),
                budget,
                previous: journey.state.proof.as_ref(),
            },
        )
        .await?;
    journey.state.proof = Some(proof);
    Ok(Ok(writes))
}
