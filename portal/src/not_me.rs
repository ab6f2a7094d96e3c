//! The page behind the "not me" link of a letter (norm 6).
//!
//! Opening it changes nothing, and neither does sending its form as it stands: mail scanners do
//! both (norm 3). Only the answer "it was not me" freezes the account. A link works for
//! [`NOT_ME_DAYS`], and no longer once the office has opened the account again: its letter tells of
//! something the office has looked at.

use miftah_rules::form::Posted;
use miftah_rules::view::{ActRow, NotMeState, NotMeView};
use miftah_rules::{ActKind, Field, Place, Problem};

use crate::account::act_row;
use crate::act::Subject;
use crate::bearer::Bearer;
use crate::fault::{Fallible, Fault};
use crate::freeze::Ground;
use crate::letter::{Dispute, NOT_ME, NOT_ME_DAYS, read_not_me};
use crate::model::{Account, AccountState};
use crate::portal::{Portal, TRIES};
use crate::ports::Millis;
use crate::query::Query;
use crate::stop;
use crate::store::{Conflict, StoreError};
use crate::visitor::{Outcome, Visitor};

const DAY_SECONDS: i64 = 24 * 3600;
/// Words of the query after an answer; they change nothing by themselves.
const ANSWER: &str = "answer";
const MISSING: &str = "missing";
const WAS_ME: &str = "was_me";

/// A letter and the act it tells of look at the clock one after the other, ms.
const MOMENT: i64 = 2_000;

/// A link that may still be used.
struct Link {
    account: Account,
    bearer: Bearer,
    letter: Millis,
    /// What was done in the moment that the letter tells of.
    told: Vec<ActRow>,
}

/// The page.
///
/// # Errors
/// Only when the store fails.
pub async fn show(portal: &Portal, query: &Query, token: &str) -> Fallible<NotMeView> {
    if let Some(view) = stop::show(portal, token, query.word(ANSWER)).await? {
        return Ok(view);
    }
    let Some(link) = read(portal, token).await? else {
        return Ok(NotMeView {
            state: NotMeState::Unknown,
            ..NotMeView::default()
        });
    };
    if link.account.state == AccountState::Frozen {
        return Ok(NotMeView {
            state: NotMeState::Frozen,
            ..NotMeView::default()
        });
    }
    Ok(match query.word(ANSWER) {
        Some(WAS_ME) => NotMeView {
            state: NotMeState::WasMe,
            ..NotMeView::default()
        },
        Some(MISSING) => NotMeView {
            problems: vec![Problem::Missing.at(Field::Verdict)],
            state: NotMeState::Ask,
            told: link.told,
            ..NotMeView::default()
        },
        _ => NotMeView {
            told: link.told,
            ..NotMeView::default()
        },
    })
}

/// The answer.
///
/// # Errors
/// Only when the store fails.
pub async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    token: &str,
    posted: &Posted,
) -> Fallible<Outcome> {
    let page = Outcome::see(Place::NotMe(token.to_owned()));
    if posted.switch_language().is_some() {
        return Ok(page);
    }
    match posted.value(Field::Verdict).trim() {
        "not_me" if stop::stop(portal, visitor, token).await? => Ok(page),
        "not_me" => freeze(portal, visitor, token, page).await,
        "it_was_me" => Ok(page.with_query(format!("{ANSWER}={WAS_ME}"))),
        _ => Ok(page.with_query(format!("{ANSWER}={MISSING}"))),
    }
}

async fn freeze(
    portal: &Portal,
    visitor: &Visitor,
    token: &str,
    page: Outcome,
) -> Fallible<Outcome> {
    for _ in 0..TRIES {
        let Some(link) = read(portal, token).await? else {
            return Ok(page);
        };
        if link.account.state == AccountState::Frozen {
            return Ok(page);
        }
        let ground = Ground {
            reason: Dispute::NotMe,
            journey: None,
            letter: Some(link.letter),
        };
        let writes = portal
            .freeze(visitor, &link.account, &link.bearer, ground)
            .await?;
        match portal.store.commit(writes).await {
            Ok(()) => return Ok(page),
            // Changed, or frozen by another click: looked at again.
            Err(StoreError::Conflict(Conflict::AccountMoved)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Fault::Busy)
}

async fn read(portal: &Portal, token: &str) -> Fallible<Option<Link>> {
    let about = portal.key.read_link(NOT_ME, token).and_then(read_not_me);
    let Some((id, letter)) = about else {
        return Ok(None);
    };
    if portal.clock.now() >= letter.plus_seconds(NOT_ME_DAYS * DAY_SECONDS) {
        return Ok(None);
    }
    let Some((account, bearer)) = portal.account_and_bearer(&id).await? else {
        return Ok(None);
    };
    if account.state == AccountState::Closed {
        return Ok(None);
    }
    let history = portal.store.acts(Subject::account(&id).as_str()).await?;
    let opened_since = history.iter().any(|sealed| {
        sealed.act.kind == ActKind::AccountUnfrozen.name() && sealed.act.at >= letter
    });
    let told = history
        .into_iter()
        .filter(|sealed| (sealed.act.at.0 - letter.0).abs() <= MOMENT)
        .map(|sealed| act_row(portal, sealed))
        .collect();
    Ok((!opened_since).then_some(Link {
        account,
        bearer,
        letter,
        told,
    }))
}
