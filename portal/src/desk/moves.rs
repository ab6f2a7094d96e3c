//! What an officer does with a complaint. Each is one transaction: the complaint under the version
//! that was seen, history with its author, the letter to the person.

use miftah_rules::complaint::{CloseReason, ComplaintEvent, ComplaintState, RefusalReason};
use miftah_rules::form::Posted;
use miftah_rules::{ActKind, Field, Place, Problem};
use serde_json::json;

use super::{Clerk, MOVED, TOLD, case, correct};
use crate::act::Subject;
use crate::dossier::{Complaint, words};
use crate::fault::Fallible;
use crate::letter::Decision;
use crate::portal::Portal;
use crate::prove::{Wanted, prove};
use crate::store::Write;
use crate::visitor::Outcome;

/// A complaint as an officer moves it.
pub(super) struct Case<'a> {
    pub(super) portal: &'a Portal,
    pub(super) clerk: &'a Clerk<'a>,
    pub(super) complaint: Complaint,
    /// What typing the password wrote.
    proof: Vec<Write>,
}

pub(super) async fn submit(
    portal: &Portal,
    clerk: &Clerk<'_>,
    reference: &str,
    posted: &Posted,
) -> Fallible<Option<Outcome>> {
    let Some(complaint) = portal.complaint_called(reference).await? else {
        return Ok(None);
    };
    let here = Outcome::see(Place::StaffComplaint(complaint.reference.clone()));
    // Seen before somebody else moved it.
    if posted.text("version") != complaint.version.to_string() {
        return Ok(Some(here.with_query(format!("{MOVED}=1"))));
    }
    let case = Case {
        portal,
        clerk,
        complaint,
        proof: vec![],
    };
    if posted.action() == "link" {
        return Ok(Some(correct::link(&case, posted).await?));
    }
    let event = ComplaintEvent::from_name(posted.action())
        .filter(|event| case::may(clerk, &case.complaint).contains(event));
    let Some(event) = event else {
        return Ok(Some(here.with_query(format!("{MOVED}=1"))));
    };
    let case = match proved(case, event, posted).await? {
        Ok(case) => case,
        Err(refused) => return Ok(Some(refused)),
    };
    Ok(Some(match event {
        ComplaintEvent::Complete => correct::submit(&case, posted).await?,
        ComplaintEvent::Approve => super::assisted::approve(&case).await?,
        ComplaintEvent::Accept => super::assisted::accept(&case).await?,
        ComplaintEvent::Refuse => refuse(&case, posted).await?,
        ComplaintEvent::Close => close(&case, posted).await?,
        ComplaintEvent::Take => {
            let taken = Complaint {
                officer: Some(clerk.id().clone()),
                ..case.complaint.clone()
            };
            let act = ActKind::ComplaintTaken;
            case.commit(event, taken, act, &json!({}), vec![]).await?
        }
        ComplaintEvent::Reopen => {
            // It begins anew: what was decided is history, and one officer's word of then is none
            // of two now.
            let reopened = Complaint {
                officer: Some(clerk.id().clone()),
                approved_by: None,
                reason: None,
                answer: String::new(),
                opens_at: None,
                ..case.complaint.clone()
            };
            let act = ActKind::ComplaintReopened;
            case.commit(event, reopened, act, &json!({}), vec![])
                .await?
        }
        ComplaintEvent::Release => {
            let released = Complaint {
                officer: None,
                ..case.complaint.clone()
            };
            let act = ActKind::ComplaintReleased;
            case.commit(event, released, act, &json!({}), vec![])
                .await?
        }
        // Whoever made it does these.
        ComplaintEvent::Withdraw | ComplaintEvent::Stop => here,
    }))
}

/// Consent to an assisted recovery gives somebody an account another address: the officer's password
/// stands behind it (norm 6), typed within the last minutes. A browser left open is no officer.
async fn proved<'a>(
    mut case: Case<'a>,
    event: ComplaintEvent,
    posted: &Posted,
) -> Fallible<Result<Case<'a>, Outcome>> {
    if !matches!(event, ComplaintEvent::Approve | ComplaintEvent::Accept) {
        return Ok(Ok(case));
    }
    let here = (case.clerk.visitor, case.clerk.signed_in);
    let proof = prove(case.portal, here, posted, Wanted::Recently).await?;
    if let Some(met) = proof.problem {
        case.portal.store.commit(proof.writes).await?;
        let field = Field::CurrentPassword;
        return Ok(Err(case.undecided(event, met.problem, field)));
    }
    case.proof = proof.writes;
    Ok(Ok(case))
}

impl Case<'_> {
    pub(super) fn here(&self) -> Outcome {
        Outcome::see(Place::StaffComplaint(self.complaint.reference.clone()))
    }

    /// The page with a problem. What was typed is not kept: it is the officer's own sentence, and
    /// the browser has it one step back.
    pub(super) fn refused(&self, problem: Problem, field: Field) -> Outcome {
        self.here()
            .with_query(format!("problem={}&field={}", problem.code(), field.name()))
    }

    /// The same in the form of one decision.
    fn undecided(&self, event: ComplaintEvent, problem: Problem, field: Field) -> Outcome {
        let mut outcome = self.refused(problem, field);
        outcome.query = format!("{}&decide={}", outcome.query, event.name());
        outcome
    }

    /// Moves the complaint to what it is after `event`; `after` has what else the event changes.
    pub(super) async fn commit(
        &self,
        event: ComplaintEvent,
        after: Complaint,
        act: ActKind,
        values: &serde_json::Value,
        mut writes: Vec<Write>,
    ) -> Fallible<Outcome> {
        let Some(moved) = after.after(event, self.portal.clock.now()) else {
            return Ok(self.here().with_query(format!("{MOVED}=1")));
        };
        let state = moved.state;
        writes.extend(self.proof.iter().cloned());
        writes.push(self.act(act, values));
        writes.push(Write::MoveComplaint(moved));
        self.portal.store.commit(writes).await?;
        Ok(match state {
            // Nothing more to do with it here.
            ComplaintState::Submitted => Outcome::see(Place::Staff),
            ComplaintState::InReview => self.here(),
            _ => self.here().with_query(format!("{TOLD}=1")),
        })
    }

    /// An act in the complaint's history, with its author.
    pub(super) fn act(&self, kind: ActKind, values: &serde_json::Value) -> Write {
        let mut values = values.clone();
        if let Some(map) = values.as_object_mut() {
            map.insert("by".into(), json!(self.clerk.id().as_str()));
            map.insert("device".into(), json!(self.clerk.visitor.device));
        }
        self.portal
            .act(&Subject::complaint(&self.complaint.id), kind, &values)
    }
}

async fn refuse(case: &Case<'_>, posted: &Posted) -> Fallible<Outcome> {
    let Some(reason) = RefusalReason::from_name(posted.value(Field::Reason)) else {
        return Ok(case.undecided(ComplaintEvent::Refuse, Problem::Missing, Field::Reason));
    };
    let answer = words(posted.value(Field::Answer));
    if answer.is_empty() {
        return Ok(case.undecided(ComplaintEvent::Refuse, Problem::Missing, Field::Answer));
    }
    let mut writes =
        vec![
            case.portal
                .tell_decision(&case.complaint, Decision::Refused(reason), &answer)?,
        ];
    writes.extend(case.portal.assisted_ended(&case.complaint).await?);
    let refused = Complaint {
        reason: Some(reason.name().to_owned()),
        answer,
        officer: Some(case.clerk.id().clone()),
        opens_at: None,
        ..case.complaint.clone()
    };
    let (event, act) = (ComplaintEvent::Refuse, ActKind::ComplaintRefused);
    case.commit(event, refused, act, &json!({ "reason": reason }), writes)
        .await
}

async fn close(case: &Case<'_>, posted: &Posted) -> Fallible<Outcome> {
    let reason = CloseReason::from_name(posted.value(Field::Reason))
        .filter(|reason| matches!(reason, CloseReason::Duplicate | CloseReason::NotCompetent));
    let Some(reason) = reason else {
        return Ok(case.undecided(ComplaintEvent::Close, Problem::Missing, Field::Reason));
    };
    let answer = words(posted.value(Field::Answer));
    let mut writes =
        vec![
            case.portal
                .tell_decision(&case.complaint, Decision::Closed(reason), &answer)?,
        ];
    writes.extend(case.portal.assisted_ended(&case.complaint).await?);
    let closed = Complaint {
        reason: Some(reason.name().to_owned()),
        answer,
        ..case.complaint.clone()
    };
    let (event, act) = (ComplaintEvent::Close, ActKind::ComplaintClosed);
    case.commit(event, closed, act, &json!({ "reason": reason }), writes)
        .await
}
