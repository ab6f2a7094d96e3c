//! A complaint is written (S0.9), or help asked for by whoever has lost every address (S0.12): the
//! right values → how to reach the person → a code to that address → documents → everything once
//! more → sent. Without an account.
//!
//! Nothing here opens anything: an officer looks at it, and for assisted recovery two of them.

use miftah_rules::complaint::{ComplaintKind, Slot};
use miftah_rules::form::Posted;
use miftah_rules::view::{ComplainStep, ComplainView, PaperView, Trail, Typed};
use miftah_rules::{Field, Place, Problem};
use serde::{Deserialize, Serialize};

use crate::fault::Fallible;
use crate::id::{FileId, JourneyId, PersonId};
use crate::journey::{Journey, Loaded, State};
use crate::portal::Portal;
use crate::ports::Media;
use crate::proof::{Proof, Sight};
use crate::query::Query;
use crate::store::Write;
use crate::visitor::{Outcome, Visitor};

mod claim;
mod code;
mod data;
mod papers;
mod reach;
mod send;

pub(crate) use claim::claim;

/// Which page it is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    Complaint,
    Assisted,
}

impl Door {
    const fn place(self) -> Place {
        match self {
            Self::Complaint => Place::Complain,
            Self::Assisted => Place::Assisted,
        }
    }

    /// What it is about as long as nobody has said so.
    const fn kind(self) -> ComplaintKind {
        match self {
            Self::Complaint => ComplaintKind::WrongData,
            Self::Assisted => ComplaintKind::Assisted,
        }
    }
}

/// A document that was attached so far.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Attachment {
    slot: Slot,
    id: FileId,
    media: Media,
    /// Bytes.
    size: u64,
}

/// What writing a complaint remembers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Complain {
    typed: Typed,
    step: ComplainStep,
    kind: ComplaintKind,
    problem: Option<Problem>,
    /// The last code; kept when the address is changed, so that a new code has a new number.
    proof: Option<Proof>,
    /// The address from which a code came back.
    confirmed: Option<String>,
    attached: Vec<Attachment>,
    /// How many files were kept in all, replaced ones too.
    kept: u32,
    /// Assisted recovery: whom it is about, once all data matched.
    about: Option<PersonId>,
    /// Once it is sent: its reference, and the journey that shows it.
    sent: Option<(String, JourneyId)>,
}

impl Complain {
    fn new(door: Door) -> Self {
        Self {
            typed: Typed::new(),
            step: ComplainStep::default(),
            kind: door.kind(),
            problem: None,
            proof: None,
            confirmed: None,
            attached: vec![],
            kept: 0,
            about: None,
            sent: None,
        }
    }

    /// What is left of it after it has expired: everything but what was shown or located then.
    fn resumed(self) -> Self {
        Self {
            step: ComplainStep::default(),
            proof: None,
            confirmed: None,
            about: None,
            sent: None,
            ..self
        }
    }

    /// Takes over what was posted in these fields, emptied ones too.
    fn keep(&mut self, posted: &Posted, fields: &[Field]) {
        self.typed.retain(|field, _| !fields.contains(field));
        self.typed.extend(posted.keep(fields));
    }

    fn typed(&self, field: Field) -> &str {
        self.typed.get(&field).map_or("", String::as_str)
    }

    const fn door(&self) -> Door {
        match self.kind {
            ComplaintKind::Assisted => Door::Assisted,
            ComplaintKind::WrongData | ComplaintKind::CannotRegister => Door::Complaint,
        }
    }

    fn is_confirmed(&self) -> bool {
        self.confirmed.is_some()
    }
}

impl State for Complain {
    const KIND: &'static str = "complain";

    fn step(&self) -> &'static str {
        self.step.name()
    }
}

/// The page.
///
/// # Errors
/// Only when the store fails.
pub async fn show(
    portal: &Portal,
    visitor: &Visitor,
    query: &Query,
    door: Door,
) -> Fallible<ComplainView> {
    let Some(id) = query.journey() else {
        return first(portal, visitor, query, door).await;
    };
    match portal.journey::<Complain>(visitor, id).await? {
        Loaded::Here(journey) if journey.state.door() == door => view(portal, &journey).await,
        _ => {
            let mut view = blank(door);
            view.problems = vec![Problem::JourneyOver.alone()];
            Ok(view)
        }
    }
}

fn blank(door: Door) -> ComplainView {
    ComplainView {
        trail: Trail::default(),
        step: ComplainStep::default(),
        kind: door.kind(),
        problem: None,
        typed: Typed::new(),
        problems: vec![],
        code: None,
        papers: vec![],
        required: vec![],
        unconfirmed: false,
    }
}

/// The first page, before anything was posted: a GET writes nothing.
async fn first(
    portal: &Portal,
    visitor: &Visitor,
    query: &Query,
    door: Door,
) -> Fallible<ComplainView> {
    let mut view = blank(door);
    view.problem = query.word("problem").and_then(Problem::from_code);
    if let Some(from) = query.from() {
        view.typed = data::carried(portal, visitor, from).await?;
        view.trail.from = (!view.typed.is_empty()).then(|| from.to_owned());
    } else if door == Door::Complaint {
        view.typed = data::on_record(portal, visitor);
    }
    Ok(view)
}

async fn view(portal: &Portal, journey: &Journey<Complain>) -> Fallible<ComplainView> {
    let state = &journey.state;
    let code = match state.step {
        ComplainStep::Code => {
            let proof = state.proof.as_ref();
            portal.code_view(&journey.id, proof, Sight::Whole).await?
        }
        _ => None,
    };
    Ok(ComplainView {
        trail: Trail {
            journey: Some(journey.id.as_str().to_owned()),
            from: None,
        },
        step: state.step,
        kind: state.kind,
        problem: state.problem,
        typed: state.typed.clone(),
        problems: journey.problems.clone(),
        code,
        papers: state.attached.iter().map(paper).collect(),
        required: state.kind.required().to_vec(),
        unconfirmed: !state.is_confirmed(),
    })
}

fn paper(attached: &Attachment) -> PaperView {
    PaperView {
        slot: attached.slot,
        ending: attached.media.extension().to_owned(),
        kilobytes: attached.size.div_ceil(1000),
    }
}

/// The form of any step.
///
/// # Errors
/// [`crate::fault::Fault::Busy`] when too many files come at once, and store failures.
pub async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    query: &Query,
    posted: &Posted,
    door: Door,
) -> Fallible<Outcome> {
    let found = match query.journey() {
        Some(id) => match portal.journey::<Complain>(visitor, id).await? {
            Loaded::Here(journey) if journey.state.door() == door => Some(*journey),
            _ => None,
        },
        None => None,
    };
    let mut journey = match found {
        Some(journey) => journey,
        None => {
            let mut journey = begin(portal, visitor, query, posted, door).await?;
            if !is_first_step(posted) {
                let left = match query.journey() {
                    Some(id) => portal.expired::<Complain>(visitor, id).await?,
                    None => None,
                };
                if let Some(left) = left.filter(|left| left.door() == door) {
                    journey.state = left.resumed();
                }
                journey.problems = vec![Problem::JourneyOver.alone()];
                return stay(portal, &journey, vec![]).await;
            }
            journey
        }
    };
    if let Some((reference, follow)) = &journey.state.sent {
        // A second click: it was sent once.
        return Ok(receipt(reference, follow));
    }
    if !journey.is_at(posted.step()) {
        return Ok(here(&journey));
    }
    if posted.switch_language().is_some() {
        keep_step(portal, &mut journey.state, posted);
        return stay(portal, &journey, vec![]).await;
    }
    journey.problems.clear();
    if posted.action() == "back" {
        back(portal, &mut journey.state, posted);
        return stay(portal, &journey, vec![]).await;
    }
    match journey.state.step {
        ComplainStep::Data => data::submit(portal, visitor, journey, posted).await,
        ComplainStep::Reach => reach::submit(portal, visitor, journey, posted).await,
        ComplainStep::Code => code::submit(portal, visitor, journey, posted).await,
        ComplainStep::Papers => papers::submit(portal, visitor, journey, posted).await,
        ComplainStep::Check => send::submit(portal, visitor, journey, posted).await,
        ComplainStep::Sent => Ok(here(&journey)),
    }
}

/// A new one, with what another journey of this browser brings along: nothing is typed twice.
async fn begin(
    portal: &Portal,
    visitor: &Visitor,
    query: &Query,
    posted: &Posted,
    door: Door,
) -> Fallible<Journey<Complain>> {
    let mut state = Complain::new(door);
    let from = Some(posted.text("from"))
        .filter(|id| !id.is_empty())
        .or_else(|| query.from());
    if let Some(from) = from {
        state.typed = data::carried(portal, visitor, from).await?;
    } else if door == Door::Complaint {
        state.typed = data::on_record(portal, visitor);
        // A code came back from it when the account was opened.
        state.confirmed = state.typed.get(&Field::Email).cloned();
    }
    state.problem = Some(posted.text("problem"))
        .filter(|code| !code.is_empty())
        .or_else(|| query.word("problem"))
        .and_then(Problem::from_code);
    portal.begin(visitor, state)
}

fn is_first_step(posted: &Posted) -> bool {
    posted
        .step()
        .is_none_or(|step| step == ComplainStep::Data.name())
}

/// What a language switch keeps: the fields of the step the person is at.
fn keep_step(portal: &Portal, state: &mut Complain, posted: &Posted) {
    match state.step {
        ComplainStep::Data => data::keep(portal, state, posted),
        ComplainStep::Reach => state.keep(posted, &reach::FIELDS),
        ComplainStep::Code | ComplainStep::Papers | ComplainStep::Check | ComplainStep::Sent => {}
    }
}

/// One question back, or to the one that a change link names.
fn back(portal: &Portal, state: &mut Complain, posted: &Posted) {
    keep_step(portal, state, posted);
    let before = match state.step {
        ComplainStep::Data | ComplainStep::Reach => ComplainStep::Data,
        ComplainStep::Code | ComplainStep::Papers => ComplainStep::Reach,
        ComplainStep::Check => match posted.text("to") {
            "data" => ComplainStep::Data,
            "reach" => ComplainStep::Reach,
            _ => ComplainStep::Papers,
        },
        ComplainStep::Sent => return,
    };
    state.step = before;
}

fn here(journey: &Journey<Complain>) -> Outcome {
    Outcome::see(journey.state.door().place()).with_query(journey.query())
}

/// Stores the journey as it is now and shows it.
async fn stay(
    portal: &Portal,
    journey: &Journey<Complain>,
    writes: Vec<Write>,
) -> Fallible<Outcome> {
    portal.settle(journey, writes, here(journey)).await
}

fn receipt(reference: &str, follow: &JourneyId) -> Outcome {
    Outcome::see(Place::Complaint(reference.to_owned()))
        .with_query(format!("j={}", follow.as_str()))
}
