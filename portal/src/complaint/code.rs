//! Third question: the code shows that letters reach the person. A complaint goes on without it,
//! because mail that does not arrive may be what it is about; assisted recovery does not.

use miftah_rules::email::Email;
use miftah_rules::form::Posted;
use miftah_rules::view::ComplainStep;
use miftah_rules::{Field, Problem};

use super::{Complain, Door, reach, stay};
use crate::fault::Fallible;
use crate::journey::Journey;
use crate::portal::Portal;
use crate::visitor::{Outcome, Visitor};

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Complain>,
    posted: &Posted,
) -> Fallible<Outcome> {
    match posted.action() {
        "change" => {
            journey.state.step = ComplainStep::Reach;
            stay(portal, &journey, vec![]).await
        }
        "skip" if journey.state.door() == Door::Complaint => {
            journey.state.step = ComplainStep::Papers;
            stay(portal, &journey, vec![]).await
        }
        "resend" => resend(portal, visitor, journey).await,
        _ => check(portal, visitor, journey, posted).await,
    }
}

/// A new code, unless the last one was sent a moment ago: then the page shows how long to wait.
async fn resend(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Complain>,
) -> Fallible<Outcome> {
    let due = journey
        .state
        .proof
        .as_ref()
        .filter(|last| portal.resend_in(last) == 0);
    let Some(Ok(email)) = due.map(|last| Email::parse(&last.to.to)) else {
        return stay(portal, &journey, vec![]).await;
    };
    match reach::send(portal, visitor, &mut journey, &email).await? {
        Ok(writes) => stay(portal, &journey, writes).await,
        Err(wait) => {
            journey.problems = vec![wait];
            stay(portal, &journey, vec![]).await
        }
    }
}

async fn check(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Complain>,
    posted: &Posted,
) -> Fallible<Outcome> {
    let Some(proof) = &mut journey.state.proof else {
        journey.problems = vec![Problem::CodeExpired.at(Field::Code)];
        return stay(portal, &journey, vec![]).await;
    };
    proof.again = false;
    let checked = portal
        .check_code(visitor, &journey.id, proof, posted)
        .await?;
    match checked.problem {
        None => {
            journey.state.confirmed = Some(proof.to.to.clone());
            journey.state.step = ComplainStep::Papers;
        }
        Some(problem) => journey.problems = vec![problem],
    }
    stay(portal, &journey, checked.writes).await
}
