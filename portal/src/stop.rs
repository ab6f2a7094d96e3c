//! The page behind the link that stops an assisted recovery (S0.12): the same questions as behind a
//! "not me" link, and as little changes by opening it. Only the request ends; the account stays as
//! it is, because whoever answers may have every reason to go on using it.

use miftah_rules::complaint::{CloseReason, ComplaintEvent, ComplaintKind, ComplaintState};
use miftah_rules::view::{NotMeMatter, NotMeState, NotMeView};
use miftah_rules::{Field, Problem};

use crate::dossier::Complaint;
use crate::fault::{Fallible, Fault};
use crate::id::ComplaintId;
use crate::letter::STOP;
use crate::portal::{Portal, TRIES};
use crate::store::{Conflict, StoreError};
use crate::visitor::Visitor;

/// What the link is about, if it is one that stops something.
async fn read(portal: &Portal, token: &str) -> Fallible<Option<Complaint>> {
    let Some(id) = portal.key.read_link(STOP, token) else {
        return Ok(None);
    };
    let found = portal.store.complaint(&ComplaintId(id.to_owned())).await?;
    Ok(found.filter(|complaint| complaint.kind == ComplaintKind::Assisted))
}

/// The page; nothing when the token is no link of this kind.
///
/// # Errors
/// Only when the store fails.
pub(crate) async fn show(
    portal: &Portal,
    token: &str,
    answer: Option<&str>,
) -> Fallible<Option<NotMeView>> {
    let Some(complaint) = read(portal, token).await? else {
        return Ok(None);
    };
    let stopped = complaint.state == ComplaintState::Closed;
    let state = match answer {
        _ if stopped => NotMeState::Frozen,
        _ if complaint.state.after(ComplaintEvent::Stop).is_none() => NotMeState::Unknown,
        Some("was_me") => NotMeState::WasMe,
        _ => NotMeState::Ask,
    };
    let problems = match (state, answer) {
        (NotMeState::Ask, Some("missing")) => vec![Problem::Missing.at(Field::Verdict)],
        _ => vec![],
    };
    Ok(Some(NotMeView {
        problems,
        state,
        matter: NotMeMatter::Assisted,
        told: vec![],
    }))
}

/// Stops the request; answers whether the token is a link of this kind.
///
/// # Errors
/// Only when the store fails, or when others keep moving the complaint.
pub(crate) async fn stop(portal: &Portal, visitor: &Visitor, token: &str) -> Fallible<bool> {
    for _ in 0..TRIES {
        let Some(complaint) = read(portal, token).await? else {
            return Ok(false);
        };
        let writes = portal
            .stop_assisted(visitor, &complaint, CloseReason::Stopped)
            .await?;
        if writes.is_empty() {
            return Ok(true);
        }
        match portal.store.commit(writes).await {
            Ok(()) => return Ok(true),
            Err(StoreError::Conflict(Conflict::ComplaintMoved)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Fault::Busy)
}
