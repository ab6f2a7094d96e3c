//! Third step: the code. From here on the account is proved.

use miftah_rules::form::Posted;
use miftah_rules::{Field, Problem};

use super::located::{By, Located};
use super::password::Proved;
use super::{Recover, Stage, here, over, stay};
use crate::fault::Fallible;
use crate::id::AccountId;
use crate::journey::Journey;
use crate::letter::Address;
use crate::portal::Portal;
use crate::proof::{Proof, Sight};
use crate::visitor::{Outcome, Visitor};

/// Whether the person may see where the code went.
pub(super) const fn sight(located: &Located) -> Sight {
    match located.by {
        By::Data => Sight::Masked,
        By::Email | By::Number => Sight::Nothing,
    }
}

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Recover>,
    located: Located,
    posted: &Posted,
) -> Fallible<Outcome> {
    let Some(proof) = journey.state.code.clone() else {
        return Ok(over());
    };
    match posted.action() {
        "resend" => {
            // Too soon: the page says how long to wait.
            if portal.resend_in(&proof) > 0 {
                return Ok(here(&journey));
            }
            let channel = proof.to.channel;
            located
                .send(portal, visitor, journey, channel, proof.to)
                .await
        }
        "change" => {
            journey.problems.clear();
            match located.by {
                By::Email => journey.state.begin_again(),
                By::Data | By::Number => journey.state.stage = Stage::Destination(located),
            }
            stay(portal, &journey).await
        }
        _ => check(portal, visitor, journey, located, proof, posted).await,
    }
}

async fn check(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Recover>,
    located: Located,
    mut proof: Proof,
    posted: &Posted,
) -> Fallible<Outcome> {
    proof.again = false;
    let checked = portal
        .check_code(visitor, &journey.id, &mut proof, posted)
        .await?;
    let to = proof.to.clone();
    journey.state.code = Some(proof);
    journey.problems.clear();
    match (checked.problem, located.account) {
        (None, Some(account)) if !is_address_of(portal, &account, &to).await? => {
            journey.problems = vec![Problem::CodeExpired.at(Field::Code)];
        }
        (None, Some(account)) => {
            // What located the account is of no more use.
            journey.state.typed.clear();
            let proved = Proved {
                account,
                by: to.channel,
                new_email: None,
            };
            journey.state.stage = Stage::Password(proved);
        }
        (None, None) => return Ok(here(&journey)),
        (Some(problem), _) => journey.problems = vec![problem],
    }
    portal
        .settle(&journey, checked.writes, here(&journey))
        .await
}

/// Whether a code to this address still proves the account: an address that was replaced while the
/// code was on its way is somebody else's now.
async fn is_address_of(portal: &Portal, account: &AccountId, to: &Address) -> Fallible<bool> {
    let known = portal.account_and_bearer(account).await?;
    Ok(known.is_some_and(|(account, bearer)| account.reachable(&bearer).contains(to)))
}
