//! `/account/contact`: confirming, changing and removing addresses.
//!
//! A new address counts only after its code (norm 1). Asking for a code, a first or another one,
//! needs the password typed within 10 minutes (norm 6); the code itself lives 10 minutes more.
//! A change keeps the sessions, since nobody's password became known, and ends the account's other
//! journeys: codes on their way to an address that is gone must open nothing.

use miftah_rules::form::Posted;
use miftah_rules::view::{Channel, ContactChange, ContactStep, ContactView, Trail, Typed};
use miftah_rules::{Field, Place, Problem};
use serde::{Deserialize, Serialize};

use super::{Owner, addresses, overtaken, told};
use crate::fault::Fallible;
use crate::id::AccountId;
use crate::journey::{Journey, Loaded, State};
use crate::portal::Portal;
use crate::proof::{Proof, Sight};
use crate::query::Query;
use crate::visitor::Outcome;

mod ask;
mod confirm;
mod remove;

/// What the journey remembers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Contact {
    account: AccountId,
    change: ContactChange,
    typed: Typed,
    /// The code on its way; the journey is at its second step while there is one.
    proof: Option<Proof>,
    /// The last code before the person went back to the address. The next one goes on counting:
    /// a code that went to one address must never prove another.
    past: Option<Proof>,
}

impl Contact {
    fn at(&self) -> ContactStep {
        if self.proof.is_some() {
            ContactStep::Code
        } else {
            ContactStep::Choose
        }
    }

    /// To the address again, with the code on its way dead.
    fn go_back(&mut self) {
        self.past = self.proof.take().or(self.past.take());
    }
}

impl State for Contact {
    const KIND: &'static str = "contact";

    fn step(&self) -> &'static str {
        self.at().name()
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }
}

/// The page.
///
/// # Errors
/// Only when the store fails.
pub(super) async fn show(
    portal: &Portal,
    owner: &Owner<'_>,
    query: &Query,
) -> Fallible<ContactView> {
    let account = owner.account();
    let mut view = ContactView {
        addresses: addresses(portal, account),
        change: change(query).filter(|change| possible(portal, owner, *change)),
        problems: overtaken(query),
        ask_password: !portal.proved_recently(owner.signed_in),
        done: told(query),
        ..ContactView::default()
    };
    if view.change == Some(ContactChange::Phone) {
        // A number that waits for its code need not be typed again.
        let waiting = account.phone.clone().filter(|_| !account.phone_confirmed);
        view.typed
            .extend(waiting.map(|phone| (Field::Phone, phone)));
    }
    let Some(id) = query.journey() else {
        return Ok(view);
    };
    let Some(journey) = own_journey(portal, owner, id).await? else {
        view.problems = vec![Problem::JourneyOver.alone()];
        return Ok(view);
    };
    view.trail = Trail {
        journey: Some(id.to_owned()),
        from: None,
    };
    view.step = journey.state.at();
    view.change = Some(journey.state.change);
    // A code needs no password besides it.
    view.ask_password &= view.step == ContactStep::Choose;
    let proof = journey.state.proof.as_ref();
    view.code = portal.code_view(&journey.id, proof, Sight::Whole).await?;
    view.typed = journey.state.typed;
    view.problems = journey.problems;
    Ok(view)
}

/// The forms of the page.
///
/// # Errors
/// [`crate::fault::Fault::Busy`] when the hashing queue is full, and store failures.
pub(super) async fn submit(
    portal: &Portal,
    owner: &Owner<'_>,
    query: &Query,
    posted: &Posted,
) -> Fallible<Outcome> {
    let known = match query.journey() {
        Some(id) => own_journey(portal, owner, id).await?,
        None => None,
    };
    let mut journey = match known {
        Some(journey) => journey,
        // A code is worth nothing without its journey; the page says that it is over.
        None if posted.step() == Some(ContactStep::Code.name()) => {
            let id = query.journey().filter(|id| is_id(id)).unwrap_or("over");
            return Ok(Outcome::see(Place::Contact).with_query(format!("j={id}")));
        }
        None => match asked_for(query, posted).filter(|change| possible(portal, owner, *change)) {
            Some(change) => portal.begin(owner.visitor, fresh(owner, change))?,
            None => return Ok(Outcome::see(Place::Contact)),
        },
    };
    let here = Outcome::see(Place::Contact).with_query(journey.query());
    let step = journey.state.at();
    if posted.switch_language().is_some() {
        if step == ContactStep::Choose {
            journey.state.typed = posted.keep(&[Field::Email, Field::Phone]);
        }
        return portal.settle(&journey, vec![], here).await;
    }
    if !journey.is_at(posted.step()) {
        return Ok(here);
    }
    journey.problems.clear();
    match (step, posted.action()) {
        (ContactStep::Choose, _) if journey.state.change == ContactChange::RemovePhone => {
            remove::remove(portal, owner, journey, posted).await
        }
        (ContactStep::Choose, _) => ask::ask(portal, owner, journey, posted).await,
        (ContactStep::Code, "resend") => ask::resend(portal, owner, journey).await,
        (ContactStep::Code, "change") => {
            journey.state.go_back();
            portal.settle(&journey, vec![], here).await
        }
        (ContactStep::Code, _) => confirm::confirm(portal, owner, journey, posted).await,
    }
}

fn fresh(owner: &Owner<'_>, change: ContactChange) -> Contact {
    let account = owner.account().id.clone();
    Contact {
        account,
        change,
        typed: Typed::new(),
        proof: None,
        past: None,
    }
}

/// A journey of this account alone: two people may share a browser, one after the other.
async fn own_journey(
    portal: &Portal,
    owner: &Owner<'_>,
    id: &str,
) -> Fallible<Option<Journey<Contact>>> {
    Ok(match portal.journey::<Contact>(owner.visitor, id).await? {
        Loaded::Here(journey) if journey.state.account == owner.account().id => Some(*journey),
        Loaded::Here(_) | Loaded::Gone => None,
    })
}

/// Whether a word may stand in an address of ours.
fn is_id(word: &str) -> bool {
    word.len() <= 36 && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn change(query: &Query) -> Option<ContactChange> {
    query.word("change").and_then(ContactChange::from_name)
}

/// What a form without a journey is about: its address says so, or the form itself.
fn asked_for(query: &Query, posted: &Posted) -> Option<ContactChange> {
    change(query).or_else(|| ContactChange::from_name(posted.text("change")))
}

/// Only a number that is there can be removed, and only where SMS go out is one confirmed.
fn possible(portal: &Portal, owner: &Owner<'_>, change: ContactChange) -> bool {
    match change {
        ContactChange::Email => true,
        ContactChange::Phone => portal.ways.sms,
        ContactChange::RemovePhone => owner.account().phone.is_some(),
    }
}

/// The field an address is typed into.
const fn field(channel: Channel) -> Field {
    match channel {
        Channel::Email => Field::Email,
        Channel::Phone => Field::Phone,
    }
}
