//! `/account/sessions`: where the account is open, and closing it there (norm 7).

use miftah_rules::ActKind;
use miftah_rules::Place;
use miftah_rules::form::Posted;
use miftah_rules::view::{Done, SessionRow, SessionsView};
use serde_json::json;

use super::{Owner, done, told};
use crate::fault::Fallible;
use crate::id::SessionId;
use crate::moment::moment;
use crate::portal::Portal;
use crate::query::Query;
use crate::session::sign_out;
use crate::store::Write;
use crate::visitor::Outcome;

/// The page.
///
/// # Errors
/// Only when the store fails.
pub(super) async fn show(
    portal: &Portal,
    owner: &Owner<'_>,
    query: &Query,
) -> Fallible<SessionsView> {
    let now = portal.clock.now();
    let here = &owner.signed_in.session.id;
    let mut rows: Vec<_> = portal
        .store
        .sessions(&owner.account().id, now)
        .await?
        .into_iter()
        .map(|session| SessionRow {
            current: session.id == *here,
            id: session.id.0,
            device: session.device,
            last_seen: session.last_seen_at.0,
            started: session.started_at.0,
            started_on: moment(portal, session.started_at),
        })
        .collect();
    // This device first; the store's order, last used first, for the rest.
    rows.sort_by_key(|row| !row.current);
    Ok(SessionsView {
        sessions: rows,
        now: now.0,
        done: told(query),
    })
}

/// The buttons: end one, end all others.
///
/// # Errors
/// Only when the store fails.
pub(super) async fn submit(
    portal: &Portal,
    owner: &Owner<'_>,
    posted: &Posted,
) -> Fallible<Outcome> {
    let named = posted.text("session");
    match posted.action() {
        "end_others" => end_others(portal, owner).await,
        _ if named.is_empty() => Ok(Outcome::see(Place::Sessions)),
        _ if named == owner.signed_in.session.id.as_str() => {
            // From another tab of the same browser: this is signing out.
            sign_out(portal, owner.visitor).await
        }
        _ => end_one(portal, owner, named).await,
    }
}

/// Ends the session if it is this account's. The answer is the same when it is not, or has ended
/// already: a double click succeeds, and nobody learns whose session an id is.
async fn end_one(portal: &Portal, owner: &Owner<'_>, named: &str) -> Fallible<Outcome> {
    let account = &owner.account().id;
    let open = portal.store.sessions(account, portal.clock.now()).await?;
    let ended = done(Place::Sessions, Done::SessionEnded);
    let Some(session) = open
        .into_iter()
        .find(|session| session.id.as_str() == named)
    else {
        return Ok(ended);
    };
    let values = json!({ "device": session.device });
    let writes = vec![
        Write::EndSession {
            id: session.id,
            account: account.clone(),
        },
        portal.act(&owner.subject(), ActKind::SessionEnded, &values),
    ];
    portal.store.commit(writes).await?;
    Ok(ended)
}

async fn end_others(portal: &Portal, owner: &Owner<'_>) -> Fallible<Outcome> {
    let account = &owner.account().id;
    let here: &SessionId = &owner.signed_in.session.id;
    let open = portal.store.sessions(account, portal.clock.now()).await?;
    let others = open.iter().filter(|session| session.id != *here).count();
    let ended = done(Place::Sessions, Done::OthersEnded);
    if others == 0 {
        return Ok(ended);
    }
    let writes = vec![
        Write::EndSessions {
            account: account.clone(),
            except: Some(here.clone()),
        },
        portal.act(
            &owner.subject(),
            ActKind::SessionsEnded,
            &json!({ "count": others }),
        ),
    ];
    portal.store.commit(writes).await?;
    Ok(ended)
}
