//! Third step: the code proves that the address is the person's.

use miftah_rules::email::Email;
use miftah_rules::form::Posted;
use miftah_rules::view::RegisterStep;
use miftah_rules::{Field, Problem};

use super::{Register, contact};
use crate::fault::Fallible;
use crate::journey::Journey;
use crate::model::Person;
use crate::portal::Portal;
use crate::store::Write;
use crate::visitor::Visitor;

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    journey: &mut Journey<Register>,
    person: &Person,
    posted: &Posted,
) -> Fallible<Vec<Write>> {
    match posted.action() {
        "change" => {
            journey.state.step = RegisterStep::Contact;
            Ok(vec![])
        }
        "resend" => resend(portal, visitor, journey, person).await,
        _ => check(portal, visitor, journey, posted).await,
    }
}

/// A new code, unless the last one was sent a moment ago: then the page shows how long to wait.
async fn resend(
    portal: &Portal,
    visitor: &Visitor,
    journey: &mut Journey<Register>,
    person: &Person,
) -> Fallible<Vec<Write>> {
    let Some(proof) = &journey.state.proof else {
        return Ok(vec![]);
    };
    if portal.resend_in(proof) > 0 {
        return Ok(vec![]);
    }
    let Ok(email) = Email::parse(&proof.to.to) else {
        return Ok(vec![]);
    };
    let key = email.key();
    let budget = contact::budget(portal, &key, person);
    if let Some(wait) = portal.codes_held_back(visitor, budget, &proof.to).await? {
        journey.problems = vec![wait];
        return Ok(vec![]);
    }
    contact::send(portal, visitor, journey, person, &email).await
}

async fn check(
    portal: &Portal,
    visitor: &Visitor,
    journey: &mut Journey<Register>,
    posted: &Posted,
) -> Fallible<Vec<Write>> {
    let Some(proof) = &mut journey.state.proof else {
        journey.problems = vec![Problem::CodeExpired.at(Field::Code)];
        return Ok(vec![]);
    };
    proof.again = false;
    let checked = portal
        .check_code(visitor, &journey.id, proof, posted)
        .await?;
    match checked.problem {
        None => journey.state.step = RegisterStep::Password,
        Some(problem) => journey.problems = vec![problem],
    }
    Ok(checked.writes)
}
