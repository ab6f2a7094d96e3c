//! Closing the account for good: with the current password and a tick under what it entails.
//!
//! The row stays for the history's sake, without addresses and password; e-mail and person are
//! free for another account at once.

use miftah_rules::ActKind;
use miftah_rules::complaint::CloseReason;
use miftah_rules::form::Posted;
use miftah_rules::view::CloseView;
use miftah_rules::{Field, Place, Problem};
use serde_json::json;

use super::refusal::{Form, refusal_at, refuse};
use super::{Owner, change_account};
use crate::fault::Fallible;
use crate::letter::Change;
use crate::portal::Portal;
use crate::prove::{Wanted, prove};
use crate::query::Query;
use crate::store::Write;
use crate::visitor::{Outcome, SessionCookie};

/// The page.
///
/// # Errors
/// Only when the store fails.
pub(super) async fn show(portal: &Portal, owner: &Owner<'_>, query: &Query) -> Fallible<CloseView> {
    let (trail, problems) = refusal_at(portal, owner, Form::Close, query).await?;
    Ok(CloseView { trail, problems })
}

/// The form.
///
/// # Errors
/// [`crate::fault::Fault::Busy`] when the hashing queue is full, and store failures.
pub(super) async fn submit(
    portal: &Portal,
    owner: &Owner<'_>,
    query: &Query,
    posted: &Posted,
) -> Fallible<Outcome> {
    if posted.switch_language().is_some() {
        return Ok(Outcome::see(Place::CloseAccount));
    }
    let unticked = (!posted.ticked(Field::Consent)).then(|| Problem::Missing.at(Field::Consent));
    let proof = prove(portal, owner.here(), posted, Wanted::Now).await?;
    let problems: Vec<_> = proof.problem.into_iter().chain(unticked).collect();
    if !problems.is_empty() {
        return refuse(portal, owner, Form::Close, query, problems, proof.writes).await;
    }
    let account = owner.account();
    // The letters go to the addresses the account had; the row forgets them.
    let mut writes = portal.tell_all(owner.visitor, account, &owner.bearer, Change::Closed, &[])?;
    writes.extend(proof.writes);
    let ended = portal.end_assisted(owner.visitor, &owner.bearer, CloseReason::Overtaken);
    writes.extend(ended.await?);
    writes.extend(Write::shut_out(&account.id));
    writes.extend([
        portal.act(
            &owner.subject(),
            ActKind::AccountClosed,
            &json!({ "device": owner.visitor.device }),
        ),
        Write::ChangeAccount(account.clone().closed()),
    ]);
    let mut closed = Outcome::see(Place::Login).with_query("closed=1");
    closed.session = SessionCookie::Clear;
    closed.browser = Some(String::new());
    change_account(portal, writes, closed, &Place::CloseAccount).await
}
