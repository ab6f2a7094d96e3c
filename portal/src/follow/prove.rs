//! Before the new password of an assisted recovery: a fresh code to the address that was confirmed when
//! it was asked for (norm 1). Reference and code lie on paper and in letters for weeks; they show
//! whose request it is, and open nothing.

use miftah_rules::email::Email;
use miftah_rules::form::Posted;
use miftah_rules::view::Onward;

use super::{Follow, here, onward};
use crate::budget::Budget;
use crate::dossier::Complaint;
use crate::fault::Fallible;
use crate::journey::Journey;
use crate::letter::{Address, Purpose, Reality};
use crate::portal::Portal;
use crate::proof::NextCode;
use crate::visitor::{Outcome, Visitor};

/// The `step` of the form with the code.
pub(super) const STEP: &str = "code";

/// A code, unless the last one was sent a moment ago.
pub(super) async fn send(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Follow>,
    complaint: &Complaint,
) -> Fallible<Outcome> {
    let here = here(complaint, &journey);
    if onward(portal, &journey.state, complaint) != Some(Onward::Prove) {
        return Ok(here);
    }
    let last = journey.state.proof.as_ref();
    if last.is_some_and(|last| portal.resend_in(last) > 0) {
        return portal.settle(&journey, vec![], here).await;
    }
    let Ok(key) = Email::parse(&complaint.email).map(|email| email.key()) else {
        return Ok(here);
    };
    let budget = Budget::own(&key);
    let to = Address::email(&complaint.email);
    if let Some(wait) = portal.codes_held_back(visitor, budget, &to).await? {
        journey.problems = vec![wait];
        return portal.settle(&journey, vec![], here).await;
    }
    let (proof, writes) = portal
        .send_code(
            visitor,
            &journey.id,
            NextCode {
                purpose: Purpose::Recover,
                to,
                reality: Reality::Real,
                instead: None,
                budget,
                previous: last,
            },
        )
        .await?;
    journey.state.proof = Some(proof);
    portal.settle(&journey, writes, here).await
}

/// The code came back, or not.
pub(super) async fn check(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Follow>,
    complaint: &Complaint,
    posted: &Posted,
) -> Fallible<Outcome> {
    let here = here(complaint, &journey);
    if onward(portal, &journey.state, complaint) != Some(Onward::Prove) {
        return Ok(here);
    }
    let Some(proof) = &mut journey.state.proof else {
        return Ok(here);
    };
    proof.again = false;
    let checked = portal
        .check_code(visitor, &journey.id, proof, posted)
        .await?;
    journey.state.proved = checked.problem.is_none();
    journey.problems = checked.problem.into_iter().collect();
    portal.settle(&journey, checked.writes, here).await
}
