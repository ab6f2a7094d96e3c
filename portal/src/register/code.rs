//! Third step: the code proves that the address is the person's.

use miftah_rules::email::Email;
use miftah_rules::form::{Posted, read};
use miftah_rules::view::RegisterStep;
use miftah_rules::{Field, Lang, Problem};

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
        _ => {
            check(portal, journey, posted);
            Ok(vec![])
        }
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
    if let Some(wait) = portal.codes_held_back(&email.key()).await? {
        journey.problems = vec![wait];
        return Ok(vec![]);
    }
    contact::send(portal, visitor, journey, person, &email).await
}

fn check(portal: &Portal, journey: &mut Journey<Register>, posted: &Posted) {
    let brief = portal.institution.brief(Lang::default());
    let typed = read(Field::Code, posted.value(Field::Code), &brief).unwrap_or_default();
    let Some(proof) = &mut journey.state.proof else {
        journey.problems = vec![Problem::CodeExpired.at(Field::Code)];
        return;
    };
    proof.again = false;
    match portal.check_code(&journey.id, proof, &typed) {
        Ok(()) => journey.state.step = RegisterStep::Password,
        Err(problem) => journey.problems = vec![problem],
    }
}
