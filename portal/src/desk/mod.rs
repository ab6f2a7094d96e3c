//! The desk (S0.9, S0.12): what officers see and decide. Whoever is no officer finds no page here.
//!
//! Documents are shown to the officer who has taken the complaint, so that history says who has seen
//! them. Two officers never overwrite each other: the second is told who was faster.

use miftah_rules::form::Posted;
use miftah_rules::view::{Page, StaffContent, StaffView};
use miftah_rules::{Place, Problem, ProblemAt};

use crate::account::sign_in_first;
use crate::bearer::Bearer;
use crate::fault::{Fallible, Fault};
use crate::id::AccountId;
use crate::model::Officer;
use crate::pages::Shown;
use crate::portal::Portal;
use crate::query::Query;
use crate::store::Conflict;
use crate::visitor::{Outcome, SignedIn, Visitor};

mod assisted;
mod case;
mod correct;
mod letters;
mod moves;
mod paper;
mod queue;

pub use paper::{Served, paper};

/// The word in the query after somebody else was faster.
const MOVED: &str = "moved";

/// The word in the query after a decision of which the person is told.
const TOLD: &str = "told";

/// An officer at the desk.
#[derive(Clone, Debug)]
struct Clerk<'v> {
    visitor: &'v Visitor,
    signed_in: &'v SignedIn,
    officer: Officer,
}

impl Clerk<'_> {
    const fn id(&self) -> &AccountId {
        &self.signed_in.account.id
    }

    fn page(&self, problems: Vec<ProblemAt>, content: StaffContent) -> Shown {
        Page::Staff(StaffView {
            officer: self.officer.name.clone(),
            role: self.officer.role,
            problems,
            content,
        })
        .into()
    }
}

/// Who is asking.
enum At<'v> {
    Desk(Clerk<'v>),
    /// Signed in, but no officer.
    NotHere,
    SignedOut,
}

fn at(visitor: &Visitor) -> At<'_> {
    let Some(signed_in) = &visitor.signed_in else {
        return At::SignedOut;
    };
    match &signed_in.bearer {
        Bearer::Officer(officer) => At::Desk(Clerk {
            visitor,
            signed_in,
            officer: officer.clone(),
        }),
        Bearer::Person(_) => At::NotHere,
    }
}

/// The page at `place`.
///
/// # Errors
/// Only when the store fails.
pub(crate) async fn show(
    portal: &Portal,
    visitor: &Visitor,
    place: &Place,
    query: &Query,
) -> Fallible<Shown> {
    let clerk = match at(visitor) {
        At::Desk(clerk) => clerk,
        At::NotHere => return Ok(Shown::Missing),
        At::SignedOut => return Ok(Shown::Elsewhere(sign_in_first(place))),
    };
    match place {
        Place::Staff => queue::show(portal, &clerk, query).await,
        Place::StaffComplaint(reference) => case::show(portal, &clerk, reference, query).await,
        Place::StaffLetters if clerk.officer.role.sees_letters() => {
            letters::show(portal, &clerk).await
        }
        _ => Ok(Shown::Missing),
    }
}

/// The post to `place`; nothing when it takes none from this visitor.
///
/// # Errors
/// [`Fault`] as the verb says.
pub(crate) async fn act(
    portal: &Portal,
    visitor: &Visitor,
    place: &Place,
    posted: &Posted,
) -> Fallible<Option<Outcome>> {
    let clerk = match at(visitor) {
        At::Desk(clerk) => clerk,
        At::NotHere => return Ok(None),
        At::SignedOut => return Ok(Some(sign_in_first(place))),
    };
    if posted.switch_language().is_some() {
        return Ok(Some(Outcome::see(place.clone())));
    }
    match place {
        Place::StaffComplaint(reference) => {
            let done = moves::submit(portal, &clerk, reference, posted).await;
            match done {
                Err(Fault::Conflict(Conflict::ComplaintMoved)) => Ok(Some(
                    Outcome::see(place.clone()).with_query(format!("{MOVED}=1")),
                )),
                Err(Fault::Conflict(Conflict::AssistedOpen)) => {
                    let code = Problem::AssistedOpen.code();
                    Ok(Some(
                        Outcome::see(place.clone()).with_query(format!("problem={code}")),
                    ))
                }
                done => done,
            }
        }
        Place::StaffLetters if clerk.officer.role.sees_letters() => {
            Ok(Some(letters::submit(portal, &clerk, posted).await?))
        }
        _ => Ok(None),
    }
}

impl Portal {
    /// The officer behind an account, as history and colleagues name them.
    async fn officer_name(&self, id: &AccountId) -> Fallible<Option<String>> {
        let found = self.account_and_bearer(id).await?;
        Ok(found.and_then(|(_, bearer)| match bearer {
            Bearer::Officer(officer) => Some(officer.name),
            Bearer::Person(_) => None,
        }))
    }
}
