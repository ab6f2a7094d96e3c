//! Registration (S0.2, S2.1): who you are → e-mail → code → password → signed in.
//!
//! Personal data only locates the record, a code to the address proves it (norm 1, `declared`),
//! and nothing secret is asked before the proof. Where accounts are open to everybody there is no
//! record before: what people say of themselves becomes one with the account.

use miftah_rules::form::Posted;
use miftah_rules::profile::RobotPlace;
use miftah_rules::view::{RegisterStep, RegisterView, Typed, Unmet};
use miftah_rules::{Field, Place, Problem};
use serde::{Deserialize, Serialize};

use crate::fault::Fallible;
use crate::id::{AccountId, PersonId};
use crate::journey::{JOURNEY_MINUTES, Journey, Loaded, State, is_id};
use crate::model::Person;
use crate::portal::Portal;
use crate::proof::Proof;
use crate::query::Query;
use crate::robot::ANOTHER_PICTURE;
use crate::store::Write;
use crate::visitor::{Outcome, Visitor};

pub(crate) mod activate;
mod carried;
mod code;
mod contact;
pub(crate) mod declared;
mod password;
mod view;
mod who;

/// What a registration remembers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Register {
    /// Everything typed so far, in any step. Recovery takes it from here (S0.5).
    pub typed: Typed,
    step: RegisterStep,
    /// The record, once all data matched; where accounts are open, the one there will be.
    person: Option<PersonId>,
    /// The last code; kept when the address is changed, so that a new code has a new number.
    proof: Option<Proof>,
    mismatches: u32,
    /// Of the person last found, what keeps them from an account.
    #[serde(default)]
    unmet: Vec<Unmet>,
    /// Key of the address about which "did you mean …?" was asked: it is asked once.
    asked: Option<String>,
    /// It was shown here that it is no robot: once is enough.
    #[serde(default)]
    no_robot: bool,
    /// Set in the moment the journey ends.
    opened: Option<AccountId>,
}

impl State for Register {
    const KIND: &'static str = "register";

    fn step(&self) -> &'static str {
        self.step.name()
    }

    fn minutes(&self, portal: &Portal) -> i64 {
        let link = portal.institution.registration.activation_link;
        match self.step {
            RegisterStep::Code if link => activate::LINK_MINUTES,
            _ => JOURNEY_MINUTES,
        }
    }

    fn account(&self) -> Option<&AccountId> {
        self.opened.as_ref()
    }
}

impl Register {
    /// Takes over what was posted in these fields, emptied ones too.
    fn keep(&mut self, posted: &Posted, fields: &[Field]) {
        self.typed.retain(|field, _| !fields.contains(field));
        self.typed.extend(posted.keep(fields));
    }

    fn typed(&self, field: Field) -> &str {
        self.typed.get(&field).map_or("", String::as_str)
    }

    /// What was typed as a form, to be read as one.
    fn form(&self) -> Posted {
        let pairs = self
            .typed
            .iter()
            .map(|(f, value)| (f.name().to_owned(), value.clone()));
        Posted::new(pairs.collect())
    }
}

/// The page.
///
/// # Errors
/// Only when the store fails.
pub async fn show(portal: &Portal, visitor: &Visitor, query: &Query) -> Fallible<RegisterView> {
    view::show(portal, visitor, query).await
}

/// The form of any step.
///
/// # Errors
/// [`crate::fault::Fault::Busy`] when the hashing queue is full, and store failures.
pub async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    query: &Query,
    posted: &Posted,
) -> Fallible<Outcome> {
    if visitor.signed_in.is_some() || portal.institution.has_accounts_from_roll() {
        return Ok(back_to(query));
    }
    let mut journey = match find(portal, visitor, query).await? {
        Found::Here(journey) => *journey,
        Found::Opened if !is_first_step(posted) => return Ok(back_to(query)),
        Found::Opened | Found::Nothing => {
            let mut journey = begin(portal, visitor, query, posted).await?;
            if !is_first_step(posted) {
                if let Some(id) = query.journey() {
                    journey.state.typed = portal.left_behind(visitor, id).await?;
                }
                if contact::FIELDS.iter().any(|field| posted.has(*field)) {
                    journey.state.keep(posted, &contact::FIELDS);
                }
                journey.problems = vec![Problem::JourneyOver.alone()];
                return stand(portal, &journey, vec![]).await;
            }
            journey
        }
    };
    if !journey.is_at(posted.step()) {
        return Ok(Outcome::see(Place::Register).with_query(journey.query()));
    }
    if posted.switch_language().is_some() || posted.action() == ANOTHER_PICTURE {
        keep_step(portal, &mut journey.state, posted);
        return stand(portal, &journey, vec![]).await;
    }
    advance(portal, visitor, &mut journey, posted).await
}

/// Runs the step the journey is at.
async fn advance(
    portal: &Portal,
    visitor: &Visitor,
    journey: &mut Journey<Register>,
    posted: &Posted,
) -> Fallible<Outcome> {
    journey.problems.clear();
    if journey.state.step == RegisterStep::Who && portal.institution.is_open() {
        declared::submit(portal, visitor, journey, posted).await?;
        return stand(portal, journey, vec![]).await;
    }
    if journey.state.step == RegisterStep::Who {
        let writes = who::submit(portal, visitor, journey, posted).await?;
        return stand(portal, journey, writes).await;
    }
    let Some(person) = person(portal, &journey.state).await? else {
        journey.state.step = RegisterStep::Who;
        journey.problems = vec![Problem::JourneyOver.alone()];
        return stand(portal, journey, vec![]).await;
    };
    match journey.state.step {
        RegisterStep::Who | RegisterStep::Contact => {
            contact::submit(portal, visitor, journey, &person, posted).await
        }
        RegisterStep::Code => {
            let writes = code::submit(portal, visitor, journey, &person, posted).await?;
            stand(portal, journey, writes).await
        }
        RegisterStep::Password => password::submit(portal, visitor, journey, &person, posted).await,
    }
}

/// Whether the first step may be gone on from, as far as robots go (S3.3): once a journey.
async fn may_be_robot(
    portal: &Portal,
    visitor: &Visitor,
    journey: &mut Journey<Register>,
    posted: &Posted,
) -> Fallible<bool> {
    let has_failed = journey.state.mismatches > 0;
    if journey.state.no_robot || !asks_robot(portal, has_failed) {
        return Ok(false);
    }
    let suspected = portal.robot(RobotPlace::Register, has_failed, visitor, posted);
    journey.problems.extend(suspected.await?);
    journey.state.no_robot = journey.problems.is_empty();
    Ok(!journey.state.no_robot)
}

fn asks_robot(portal: &Portal, has_failed: bool) -> bool {
    let robot = &portal.institution.robot;
    robot.asks(RobotPlace::Register, has_failed)
}

/// What a language switch keeps: the fields of the step the person is at.
fn keep_step(portal: &Portal, state: &mut Register, posted: &Posted) {
    match state.step {
        RegisterStep::Who => state.keep(posted, &who::fields(portal)),
        RegisterStep::Contact => state.keep(posted, &contact::FIELDS),
        RegisterStep::Code | RegisterStep::Password => {}
    }
}

/// Stores the journey and shows where it stands.
async fn stand(
    portal: &Portal,
    journey: &Journey<Register>,
    writes: Vec<Write>,
) -> Fallible<Outcome> {
    let outcome = Outcome::see(Place::Register).with_query(journey.query());
    portal.settle(journey, writes, outcome).await
}

/// The record of somebody who says this of themselves, with a number nobody has (S2.1); nothing where
/// it is not whole.
///
/// # Errors
/// Only when the store fails.
pub async fn declare(portal: &Portal, typed: &Typed) -> Fallible<Option<Person>> {
    let id = PersonId::new(portal.clock.as_ref(), portal.random.as_ref());
    let Ok(person) = declared::person(portal, &id, typed) else {
        return Ok(None);
    };
    let number = declared::number(portal).await?;
    Ok(Some(Person { number, ..person }))
}

enum Found {
    Here(Box<Journey<Register>>),
    /// It has ended in an account.
    Opened,
    Nothing,
}

async fn find(portal: &Portal, visitor: &Visitor, query: &Query) -> Fallible<Found> {
    let Some(id) = query.journey() else {
        return Ok(Found::Nothing);
    };
    if let Loaded::Here(journey) = portal.journey(visitor, id).await? {
        return Ok(Found::Here(journey));
    }
    let opened = portal.has_opened_account::<Register>(visitor, id).await?;
    Ok(if opened {
        Found::Opened
    } else {
        Found::Nothing
    })
}

/// A new journey, with what another one of this browser brings along (S0.8).
async fn begin(
    portal: &Portal,
    visitor: &Visitor,
    query: &Query,
    posted: &Posted,
) -> Fallible<Journey<Register>> {
    let from = Some(posted.text("from"))
        .filter(|id| !id.is_empty())
        .or_else(|| query.from());
    let typed = match from {
        Some(id) => carried::typed(portal, visitor, id).await?,
        None => Typed::new(),
    };
    portal.begin(
        visitor,
        Register {
            typed,
            ..Register::default()
        },
    )
}

fn is_first_step(posted: &Posted) -> bool {
    posted
        .step()
        .is_none_or(|step| step == RegisterStep::Who.name())
}

/// The page as the browser has it: nothing of the post counts.
fn back_to(query: &Query) -> Outcome {
    let outcome = Outcome::see(Place::Register);
    // Ids are UUIDs; anything else is not carried into an address.
    match query.journey().filter(|id| is_id(id)) {
        Some(id) => outcome.with_query(format!("j={id}")),
        None => outcome,
    }
}

async fn person(portal: &Portal, state: &Register) -> Fallible<Option<Person>> {
    match &state.person {
        Some(id) if portal.institution.is_open() => {
            Ok(declared::person(portal, id, &state.typed).ok())
        }
        Some(id) => Ok(portal.store.person(id).await?),
        None => Ok(None),
    }
}
