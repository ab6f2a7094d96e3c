//! From a place to its page, and from a post to its verb: the one table of the portal.

use miftah_rules::form::Posted;
use miftah_rules::view::{HomeView, Page, ProblemView, TextKind};
use miftah_rules::{Place, Problem};

use crate::complaint::Door;
use crate::fault::{Fallible, Fault};
use crate::portal::{Portal, TRIES};
use crate::query::Query;
use crate::store::Conflict;
use crate::visitor::{Outcome, Visitor};
use crate::{
    account, catalogue, charter, complaint, desk, due, follow, home, legal, not_me, problems,
    recover, register, session, sign_in,
};

/// What a GET answers.
#[derive(Debug)]
pub enum Shown {
    Page(Box<Page>),
    /// Somewhere else first: the account pages of somebody who is not signed in.
    Elsewhere(Outcome),
    /// There is no such page.
    Missing,
}

impl From<Page> for Shown {
    fn from(page: Page) -> Self {
        Self::Page(Box::new(page))
    }
}

impl From<Option<Page>> for Shown {
    fn from(page: Option<Page>) -> Self {
        page.map_or(Self::Missing, Self::from)
    }
}

/// What a POST answers.
#[derive(Debug)]
pub enum Acted {
    Done(Box<Outcome>),
    /// The page takes no posts.
    Missing,
}

/// The page at `place`.
///
/// # Errors
/// Store failures.
pub async fn show(
    portal: &Portal,
    visitor: &Visitor,
    place: &Place,
    query: &Query,
) -> Fallible<Shown> {
    if let Some(terms) = charter::first(portal, visitor, place, query) {
        return Ok(Shown::Elsewhere(terms));
    }
    if let Some(due) = due::first(visitor, place) {
        return Ok(Shown::Elsewhere(due));
    }
    Ok(match place {
        Place::Home => home::show(portal, visitor, query).await?,
        Place::Login => Page::Login(sign_in::show(portal, visitor, query).await?).into(),
        Place::Register => Page::Register(register::show(portal, visitor, query).await?).into(),
        Place::Terms => legal::show(portal, visitor, query, TextKind::Terms).into(),
        Place::Privacy => legal::show(portal, visitor, query, TextKind::Privacy).into(),
        Place::Problems => Page::Problems(problems::show(visitor.lang, query)).into(),
        Place::Problem(code) => problem(code),
        Place::Services => catalogue::show(portal, visitor).into(),
        Place::Service(id) => catalogue::one(portal, visitor, id).into(),
        Place::Recover => Page::Recover(recover::show(portal, visitor, query).await?).into(),
        Place::Activate(token) => {
            Page::Activate(register::activate::show(portal, visitor, query, token).await?).into()
        }
        Place::NotMe(token) => Page::NotMe(not_me::show(portal, query, token).await?).into(),
        Place::Complain => complain(portal, visitor, query, Door::Complaint).await?,
        Place::Assisted => complain(portal, visitor, query, Door::Assisted).await?,
        Place::Complaints => Page::Follow(follow::show(portal, visitor, query, None).await?).into(),
        Place::Complaint(reference) => {
            Page::Follow(follow::show(portal, visitor, query, Some(reference)).await?).into()
        }
        _ if place.is_staff() => desk::show(portal, visitor, place, query).await?,
        _ if account::is_account(place) => match account::owner(visitor) {
            Some(owner) => account::show(portal, &owner, place, query).await?.into(),
            None => Shown::Elsewhere(account::sign_in_first(place)),
        },
        _ => Shown::Missing,
    })
}

async fn complain(
    portal: &Portal,
    visitor: &Visitor,
    query: &Query,
    door: Door,
) -> Fallible<Shown> {
    Ok(Page::Complain(complaint::show(portal, visitor, query, door).await?).into())
}

/// The public page of a problem (S0.11).
fn problem(code: &str) -> Shown {
    Problem::from_code(code).map_or(Shown::Missing, |problem| {
        Page::Problem(ProblemView {
            problem: problem.alone(),
            retry: None,
        })
        .into()
    })
}

/// The post to `place`. When somebody else's write came first (another click, another try), the
/// verb decides anew about things as they are now.
///
/// # Errors
/// [`Fault`] as the verb says.
pub async fn act(
    portal: &Portal,
    visitor: &Visitor,
    place: &Place,
    query: &Query,
    posted: &Posted,
) -> Fallible<Acted> {
    for _ in 0..TRIES {
        match act_once(portal, visitor, place, query, posted).await {
            Err(Fault::Conflict(
                Conflict::JourneyMoved
                | Conflict::AccountMoved
                | Conflict::ComplaintMoved
                | Conflict::RecordMoved
                | Conflict::HeldBack,
            )) => {}
            answered => return answered,
        }
    }
    Err(Fault::Busy)
}

async fn act_once(
    portal: &Portal,
    visitor: &Visitor,
    place: &Place,
    query: &Query,
    posted: &Posted,
) -> Fallible<Acted> {
    if let Some(terms) = charter::first(portal, visitor, place, query) {
        return Ok(Acted::Done(Box::new(terms)));
    }
    if let Some(due) = due::first(visitor, place) {
        return Ok(Acted::Done(Box::new(due)));
    }
    let mut outcome = match place {
        Place::Terms => charter::accept(portal, visitor, posted).await?,
        Place::Login => sign_in::submit(portal, visitor, query, posted).await?,
        Place::Register => register::submit(portal, visitor, query, posted).await?,
        Place::Logout => session::sign_out(portal, visitor).await?,
        Place::Recover => recover::submit(portal, visitor, query, posted).await?,
        Place::Activate(token) => {
            register::activate::submit(portal, visitor, token, posted).await?
        }
        Place::NotMe(token) => not_me::submit(portal, visitor, token, posted).await?,
        Place::Complain => {
            complaint::submit(portal, visitor, query, posted, Door::Complaint).await?
        }
        Place::Assisted => {
            complaint::submit(portal, visitor, query, posted, Door::Assisted).await?
        }
        Place::Complaints => follow::submit(portal, visitor, query, None, posted).await?,
        Place::Complaint(reference) => {
            follow::submit(portal, visitor, query, Some(reference), posted).await?
        }
        _ if place.is_staff() => match desk::act(portal, visitor, place, posted).await? {
            Some(outcome) => outcome,
            None => return Ok(Acted::Missing),
        },
        _ if account::is_account(place) => match account::owner(visitor) {
            Some(owner) => match account::act(portal, &owner, place, query, posted).await? {
                Some(outcome) => outcome,
                None => return Ok(Acted::Missing),
            },
            None => account::sign_in_first(place),
        },
        _ => return Ok(Acted::Missing),
    };
    outcome.lang = posted.switch_language();
    Ok(Acted::Done(Box::new(outcome)))
}

/// The home page of somebody who is not signed in needs nothing of the store.
pub const fn anonymous_home() -> Page {
    Page::Home(HomeView::Anonymous)
}
