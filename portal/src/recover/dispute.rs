//! "None of these addresses is mine", "I never made an account" (S0.5): the account is frozen until
//! the office has looked.
//!
//! Personal data alone can do this, so it takes nothing from anybody: nothing is deleted, all
//! addresses and the office are told, the office undoes it, and for one person it counts once a
//! day. A page says all this before; only its button freezes.

use miftah_rules::form::Posted;
use miftah_rules::view::DisputeReason;

use super::located::Located;
use super::{Recover, Stage, here, stay};
use crate::fault::{Fallible, Fault};
use crate::freeze::Ground;
use crate::id::AccountId;
use crate::journey::Journey;
use crate::letter::Dispute;
use crate::portal::{Portal, TRIES};
use crate::store::Conflict;
use crate::throttle::DISPUTE;
use crate::visitor::{Outcome, Visitor};

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Recover>,
    account: &AccountId,
    reason: DisputeReason,
    posted: &Posted,
) -> Fallible<Outcome> {
    journey.problems.clear();
    match posted.action() {
        "freeze" => freeze(portal, visitor, journey, account, reason).await,
        "back" => {
            journey.state.stage = Stage::Destination(Located::by_data(account.clone()));
            stay(portal, &journey).await
        }
        _ => Ok(here(&journey)),
    }
}

async fn freeze(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Recover>,
    id: &AccountId,
    reason: DisputeReason,
) -> Fallible<Outcome> {
    let reason = match reason {
        DisputeReason::NoneMine => Dispute::NoneMine,
        DisputeReason::NeverMade => Dispute::NeverMade,
    };
    for _ in 0..TRIES {
        let Some((account, bearer)) = portal.account_and_bearer(id).await? else {
            return Ok(super::over());
        };
        let of = &[bearer.key()];
        if let Some(wait) = portal.held_back(DISPUTE, of).await? {
            journey.problems = vec![wait];
            return stay(portal, &journey).await;
        }
        let mut moved = journey.clone();
        moved.state.stage = Stage::Frozen {
            account: id.clone(),
        };
        moved.state.typed.clear();
        let ground = Ground {
            reason,
            journey: Some(&journey.id),
            letter: None,
        };
        let mut writes = portal.freeze(visitor, &account, &bearer, ground).await?;
        writes.extend([
            portal.within(DISPUTE, of),
            portal.count_failure(DISPUTE, of),
        ]);
        match portal.settle(&moved, writes, here(&moved)).await {
            // Something else about the account changed meanwhile: it is frozen as it is now.
            Err(Fault::Conflict(Conflict::AccountMoved)) => {}
            answered => return answered,
        }
    }
    Err(Fault::Busy)
}
