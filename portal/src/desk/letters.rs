//! Letters that could not be delivered: seen by an administrator, and sent once more.

use miftah_rules::form::Posted;
use miftah_rules::view::{ParkedRow, StaffContent};
use miftah_rules::{ActKind, Place};
use serde_json::json;

use super::Clerk;
use crate::act::Subject;
use crate::fault::Fallible;
use crate::id::LetterId;
use crate::letter::Address;
use crate::moment::moment;
use crate::pages::Shown;
use crate::portal::Portal;
use crate::proof::masked;
use crate::visitor::Outcome;

/// Letters that are shown, the last parked first.
const SHOWN: i64 = 200;

pub(super) async fn show(portal: &Portal, clerk: &Clerk<'_>) -> Fallible<Shown> {
    let parked = portal.store.parked_letters(SHOWN).await?;
    let rows = parked
        .into_iter()
        .map(|letter| ParkedRow {
            to: masked(&Address {
                channel: letter.channel,
                to: letter.to,
            }),
            id: letter.id.as_str().to_owned(),
            kind: letter.kind,
            channel: letter.channel,
            parked_on: moment(portal, letter.parked_at),
            attempts: letter.attempts,
            said: letter.last_error,
            dead: letter.of_code,
        })
        .collect();
    Ok(clerk.page(vec![], StaffContent::Letters(rows)))
}

pub(super) async fn submit(
    portal: &Portal,
    clerk: &Clerk<'_>,
    posted: &Posted,
) -> Fallible<Outcome> {
    let here = Outcome::see(Place::StaffLetters);
    let id = posted.text("letter");
    if posted.action() != "release" || !crate::journey::is_id(id) {
        return Ok(here);
    }
    let now = portal.clock.now();
    let id = LetterId(id.to_owned());
    if !portal.store.release_letter(&id, now).await? {
        return Ok(here);
    }
    let act = portal.act(
        &Subject::account(clerk.id()),
        ActKind::LetterReleased,
        &json!({ "letter": id, "device": clerk.visitor.device }),
    );
    portal.store.commit(vec![act]).await?;
    Ok(here.with_query("released=1"))
}
