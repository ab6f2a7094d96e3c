//! What became of a complaint: asked for by reference and code, or by the link of a letter.
//!
//! Whoever has shown that it is theirs gets a journey; the code is asked for once. Opening a link
//! shows nothing, its button does (norm 3).

use miftah_rules::code::CodeForm;
use miftah_rules::complaint::{
    ComplaintEvent, ComplaintKind, ComplaintState, is_reference, read_reference,
};
use miftah_rules::form::Posted;
use miftah_rules::view::{FollowView, Followed, Onward, PasswordHints, Trail, Typed};
use miftah_rules::{Field, Place, Problem};
use serde::{Deserialize, Serialize};

use crate::dossier::Complaint;
use crate::fault::Fallible;
use crate::id::ComplaintId;
use crate::journey::{Journey, Loaded, State};
use crate::key::ServerKey;
use crate::letter::Address;
use crate::moment::moment;
use crate::portal::Portal;
use crate::proof::{Proof, Sight, masked};
use crate::query::Query;
use crate::throttle::COMPLAINT_CODE;
use crate::visitor::{Outcome, Visitor};

mod finish;
mod prove;
mod steps;
mod withdraw;

/// Purpose of the links that show a complaint.
pub(crate) const COMPLAINT: &str = "complaint";
/// Days such a link works after the complaint was last moved.
const LINK_DAYS: i64 = 60;

/// Somebody who has shown that a complaint is theirs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Follow {
    complaint: ComplaintId,
    /// What registration and recovery take over from here.
    typed: Typed,
    /// It was sent just now, here: its code is shown.
    receipt: bool,
    /// The last code to the confirmed address, before a new password is chosen.
    #[serde(default)]
    proof: Option<Proof>,
    /// Such a code came back.
    #[serde(default)]
    proved: bool,
    /// Whether to withdraw it is being asked.
    #[serde(default)]
    withdrawing: bool,
}

impl Follow {
    pub(crate) fn receipt(complaint: &Complaint) -> Self {
        Self {
            receipt: true,
            ..Self::of(complaint)
        }
    }

    fn of(complaint: &Complaint) -> Self {
        Self {
            complaint: complaint.id.clone(),
            typed: complaint.claim.clone(),
            receipt: false,
            proof: None,
            proved: false,
            withdrawing: false,
        }
    }
}

impl State for Follow {
    const KIND: &'static str = "follow";

    fn step(&self) -> &'static str {
        "complaint"
    }
}

/// A reference was typed, and perhaps not with the right code.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Ask {
    reference: String,
}

impl State for Ask {
    const KIND: &'static str = "ask";

    fn step(&self) -> &'static str {
        "ask"
    }
}

impl ServerKey {
    /// The code that is asked for together with a complaint's reference: derived, like all codes.
    pub(crate) fn complaint_code(&self, id: &ComplaintId) -> String {
        self.code(&code_of(id), 0, CodeForm::Letters)
    }

    fn is_complaint_code(&self, id: &ComplaintId, typed: &str) -> bool {
        self.code_matches(&code_of(id), 0, CodeForm::Letters, typed)
    }
}

/// What the code is derived from, in the place of a journey.
fn code_of(id: &ComplaintId) -> String {
    format!("complaint {}", id.as_str())
}

/// The page; `reference` is the one of the address, if it has one.
///
/// # Errors
/// Only when the store fails.
pub async fn show(
    portal: &Portal,
    visitor: &Visitor,
    query: &Query,
    reference: Option<&str>,
) -> Fallible<FollowView> {
    let mut view = FollowView {
        reference: reference
            .filter(|text| is_reference(text))
            .unwrap_or_default()
            .to_owned(),
        token: query.word("k").filter(|k| k.len() < 120).map(str::to_owned),
        ..FollowView::default()
    };
    let Some(id) = query.journey() else {
        return Ok(view);
    };
    view.token = None;
    view.trail.journey = Some(id.to_owned());
    if let Loaded::Here(journey) = portal.journey::<Follow>(visitor, id).await? {
        if let Some(complaint) = portal.store.complaint(&journey.state.complaint).await? {
            view.reference.clone_from(&complaint.reference);
            view.problems.clone_from(&journey.problems);
            view.open = Some(followed(portal, &journey, &complaint).await?);
        }
        return Ok(view);
    }
    match portal.journey::<Ask>(visitor, id).await? {
        Loaded::Here(journey) => {
            view.reference = journey.state.reference;
            view.problems = journey.problems;
        }
        Loaded::Gone => {
            view.trail = Trail::default();
            view.problems = vec![Problem::JourneyOver.alone()];
        }
    }
    Ok(view)
}

async fn followed(
    portal: &Portal,
    journey: &Journey<Follow>,
    complaint: &Complaint,
) -> Fallible<Followed> {
    let state = &journey.state;
    let onward = onward(portal, state, complaint);
    let proof = match (onward, &state.proof) {
        (Some(Onward::Prove), Some(proof)) => {
            let sight = Sight::Masked;
            portal.code_view(&journey.id, Some(proof), sight).await?
        }
        _ => None,
    };
    let may_withdraw = complaint.state.after(ComplaintEvent::Withdraw).is_some();
    let hints = match onward {
        Some(Onward::Password) => finish::hints(portal, complaint).await?,
        _ => PasswordHints::default(),
    };
    Ok(Followed {
        kind: complaint.kind,
        state: complaint.state,
        code: state
            .receipt
            .then(|| portal.key.complaint_code(&complaint.id)),
        steps: steps::of(portal, &complaint.id).await?,
        sent_to: masked(&Address::email(&complaint.email)),
        unconfirmed: !complaint.email_confirmed,
        refused: complaint.refusal(),
        closed: complaint.closing(),
        answer: complaint.answer.clone(),
        opens_on: complaint.opens_at.map(|at| moment(portal, at)),
        onward,
        proof,
        may_withdraw,
        withdrawing: state.withdrawing && may_withdraw,
        hints,
    })
}

/// What the person can do now that the office has decided.
fn onward(portal: &Portal, state: &Follow, complaint: &Complaint) -> Option<Onward> {
    match (complaint.kind, complaint.state) {
        (ComplaintKind::Assisted, _) => {
            complaint
                .is_granted(portal.clock.now())
                .then_some(match state.proved {
                    true => Onward::Password,
                    false => Onward::Prove,
                })
        }
        (_, ComplaintState::Completed) => {
            let recovering = complaint.problem.is_some_and(Problem::is_of_recovery);
            Some(match recovering {
                true => Onward::Recover,
                false => Onward::Register,
            })
        }
        _ => None,
    }
}

/// The form: reference and code, a link's button, or what can be done with an open complaint.
///
/// # Errors
/// [`crate::fault::Fault::Busy`] when the hashing queue is full, and store failures.
pub async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    query: &Query,
    reference: Option<&str>,
    posted: &Posted,
) -> Fallible<Outcome> {
    if let Some(id) = query.journey()
        && let Loaded::Here(journey) = portal.journey::<Follow>(visitor, id).await?
    {
        return open(portal, visitor, *journey, posted).await;
    }
    if posted.switch_language().is_some() {
        return Ok(match reference.filter(|text| is_reference(text)) {
            Some(reference) => Outcome::see(Place::Complaint(reference.to_owned())),
            None => Outcome::see(Place::Complaints),
        });
    }
    let token = posted.text("token");
    if !token.is_empty() {
        return by_link(portal, visitor, token).await;
    }
    by_code(portal, visitor, query, reference, posted).await
}

/// What can be done with a complaint that is shown.
async fn open(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Follow>,
    posted: &Posted,
) -> Fallible<Outcome> {
    journey.problems.clear();
    let Some(complaint) = portal.store.complaint(&journey.state.complaint).await? else {
        return Ok(Outcome::see(Place::Complaints));
    };
    let here = here(&complaint, &journey);
    if posted.switch_language().is_some() {
        return Ok(here);
    }
    match posted.action() {
        "withdraw" | "keep" | "withdraw_now" => {
            withdraw::submit(portal, visitor, journey, complaint, posted.action()).await
        }
        "password" => finish::submit(portal, visitor, journey, complaint, posted).await,
        "send" | "resend" => prove::send(portal, visitor, journey, &complaint).await,
        _ if posted.step() == Some(prove::STEP) => {
            prove::check(portal, visitor, journey, &complaint, posted).await
        }
        _ => Ok(here),
    }
}

fn here(complaint: &Complaint, journey: &Journey<Follow>) -> Outcome {
    Outcome::see(Place::Complaint(complaint.reference.clone())).with_query(journey.query())
}

async fn by_code(
    portal: &Portal,
    visitor: &Visitor,
    query: &Query,
    reference: Option<&str>,
    posted: &Posted,
) -> Fallible<Outcome> {
    let typed = read_reference(posted.value(Field::Reference));
    let reference = if typed.is_empty() {
        reference.unwrap_or_default().to_owned()
    } else {
        typed
    };
    let found = match query.journey() {
        Some(id) => match portal.journey::<Ask>(visitor, id).await? {
            Loaded::Here(journey) => Some(*journey),
            Loaded::Gone => None,
        },
        None => None,
    };
    let mut ask = match found {
        Some(journey) => journey,
        None => portal.begin(visitor, Ask::default())?,
    };
    ask.state.reference.clone_from(&reference);
    ask.problems.clear();
    let refused = |ask: &Journey<Ask>| Outcome::see(Place::Complaints).with_query(ask.query());
    let code = posted.value(Field::Code);
    for (field, value) in [(Field::Reference, reference.as_str()), (Field::Code, code)] {
        if value.trim().is_empty() {
            ask.problems.push(Problem::Missing.at(field));
        }
    }
    if !ask.problems.is_empty() {
        return portal.settle(&ask, vec![], refused(&ask)).await;
    }
    let mut attempt = portal.attempt(COMPLAINT_CODE, &reference, visitor);
    if let Some(wait) = attempt.held_back().await? {
        ask.problems = vec![wait];
        return portal.settle(&ask, vec![], refused(&ask)).await;
    }
    let known = match is_reference(&reference) {
        true => portal.store.complaint_id(&reference).await?,
        false => None,
    };
    // An unknown reference costs what a wrong code costs (norm 2): the complaint itself is read only
    // after its code was right.
    let nobody = ComplaintId(String::new());
    let typed = miftah_rules::code::read(code).unwrap_or_default();
    let right = portal
        .key
        .is_complaint_code(known.as_ref().unwrap_or(&nobody), &typed);
    let found = match known.filter(|_| right) {
        Some(id) => portal.store.complaint(&id).await?,
        None => None,
    };
    match found {
        None => {
            ask.problems = vec![Problem::ComplaintUnknown.alone()];
            portal.settle(&ask, attempt.failed(), refused(&ask)).await
        }
        Some(complaint) => {
            let follow = portal.begin(visitor, Follow::of(&complaint))?;
            let here = here(&complaint, &follow);
            let mut writes = attempt.succeeded();
            writes.push(ask.end(portal)?);
            portal.settle(&follow, writes, here).await
        }
    }
}

/// A letter's link, pressed. It went to an address that a code had come back from.
async fn by_link(portal: &Portal, visitor: &Visitor, token: &str) -> Fallible<Outcome> {
    let id = portal.key.read_link(COMPLAINT, token);
    let complaint = match id {
        Some(id) => portal.store.complaint(&ComplaintId(id.to_owned())).await?,
        None => None,
    };
    let lives = |complaint: &Complaint| {
        let until = complaint
            .moved_at
            .max(complaint.opens_at.unwrap_or_default());
        portal.clock.now() < until.plus_seconds(LINK_DAYS * 24 * 3600)
    };
    match complaint.filter(lives) {
        None => {
            let mut ask = portal.begin(visitor, Ask::default())?;
            ask.problems = vec![Problem::ComplaintUnknown.alone()];
            let outcome = Outcome::see(Place::Complaints).with_query(ask.query());
            portal.settle(&ask, vec![], outcome).await
        }
        Some(complaint) => {
            let follow = portal.begin(visitor, Follow::of(&complaint))?;
            let here = here(&complaint, &follow);
            portal.settle(&follow, vec![], here).await
        }
    }
}
