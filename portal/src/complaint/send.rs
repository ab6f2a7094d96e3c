//! The last question: is all of it right? Then it is sent, once: the complaint, its documents, the
//! receipt and every letter in one transaction.

use miftah_rules::complaint::{CloseReason, ComplaintKind, ComplaintState, reference};
use miftah_rules::email::Email;
use miftah_rules::form::{Posted, read};
use miftah_rules::view::{ComplainStep, Typed};
use miftah_rules::{ActKind, Field, Lang, Problem};
use serde_json::json;

use super::{Complain, Door, claim, data, receipt, stay};
use crate::act::Subject;
use crate::dossier::{Complaint, words};
use crate::fault::{Fallible, Fault};
use crate::follow::Follow;
use crate::id::ComplaintId;
use crate::journey::Journey;
use crate::letter::{Address, Body};
use crate::portal::{Portal, TRIES};
use crate::store::{Conflict, Write};
use crate::throttle::COMPLAINTS;
use crate::visitor::{Outcome, Visitor};

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Complain>,
    posted: &Posted,
) -> Fallible<Outcome> {
    if !posted.ticked(Field::Consent) {
        journey.problems = vec![Problem::Missing.at(Field::Consent)];
        return stay(portal, &journey, vec![]).await;
    }
    let Ok(claim) = claim(portal, &journey.state) else {
        journey.state.step = ComplainStep::Data;
        return stay(portal, &journey, vec![]).await;
    };
    if journey.state.door() == Door::Assisted {
        let about = match &journey.state.about {
            Some(person) if journey.state.is_confirmed() => person.clone(),
            _ => {
                journey.state.step = ComplainStep::Data;
                return stay(portal, &journey, vec![]).await;
            }
        };
        // Much may have happened to the account since its data were asked for.
        if let Some(problem) = data::hindrance(portal, &about).await? {
            journey.problems = vec![problem.alone()];
            return stay(portal, &journey, vec![]).await;
        }
    }
    let number = claim
        .get(&portal.institution.key_field())
        .cloned()
        .unwrap_or_default();
    let mut attempt = portal.attempt(COMPLAINTS, &number, visitor);
    if let Some(wait) = attempt.held_back().await? {
        journey.problems = vec![wait];
        return stay(portal, &journey, vec![]).await;
    }
    for _ in 0..TRIES {
        let complaint = complaint(portal, visitor, &journey.state, claim.clone());
        let mut writes = attempt.counted();
        writes.extend(told(portal, visitor, &complaint).await?);
        let follow = portal.begin(visitor, Follow::receipt(&complaint))?;
        writes.push(follow.write(portal)?);
        let outcome = receipt(&complaint.reference, &follow.id);
        let mut sent = journey.clone();
        sent.state.step = ComplainStep::Sent;
        sent.state.sent = Some((complaint.reference.clone(), follow.id));
        sent.state.typed.clear();
        let papers = sent.state.attached.drain(..).map(|one| one.id).collect();
        writes.extend([
            Write::GivePapers {
                papers,
                complaint: complaint.id.clone(),
            },
            Write::AddComplaint(complaint),
        ]);
        writes.insert(0, sent.write(portal)?);
        match portal.store.commit(writes).await.map_err(Fault::from) {
            Ok(()) => return Ok(outcome),
            // Another one has this reference.
            Err(Fault::Conflict(Conflict::ReferenceTaken)) => {}
            Err(Fault::Conflict(Conflict::AssistedOpen)) => {
                journey.problems = vec![Problem::AssistedOpen.alone()];
                return stay(portal, &journey, vec![]).await;
            }
            // Another click came first: asked anew, it is shown that one's receipt.
            Err(fault) => return Err(fault),
        }
    }
    Err(Fault::Busy)
}

fn complaint(portal: &Portal, visitor: &Visitor, state: &Complain, claim: Typed) -> Complaint {
    let mut random = [0; 8];
    portal.random.fill(&mut random);
    let now = portal.clock.now();
    let brief = portal.institution.brief(Lang::default());
    let phone = read(Field::Phone, state.typed(Field::Phone), &brief).ok();
    Complaint {
        id: ComplaintId::new(portal.clock.as_ref(), portal.random.as_ref()),
        reference: reference(&portal.institution.complaints.prefix, &random),
        kind: state.kind,
        state: ComplaintState::Submitted,
        lang: visitor.lang,
        person: state.about.clone(),
        problem: state.problem,
        claim,
        note: words(state.typed(Field::Note)),
        email: state
            .confirmed
            .clone()
            .unwrap_or_else(|| typed_email(state)),
        email_confirmed: state.is_confirmed(),
        phone,
        officer: None,
        approved_by: None,
        reason: None,
        answer: String::new(),
        submitted_at: now,
        moved_at: now,
        opens_at: None,
        version: 0,
    }
}

/// The address that nobody has confirmed, as it was read (S0.3).
fn typed_email(state: &Complain) -> String {
    let email = Email::parse(state.typed(Field::Email));
    email.map_or_else(|_| String::new(), |email| email.as_str().to_owned())
}

/// The receipt, history, and for assisted recovery a word to every address that is known (norm 6).
async fn told(portal: &Portal, visitor: &Visitor, complaint: &Complaint) -> Fallible<Vec<Write>> {
    let received = Body::ComplaintReceived {
        complaint: complaint.id.clone(),
        reference: complaint.reference.clone(),
        about: complaint.kind,
        confirmed: complaint.email_confirmed,
    };
    let values = json!({ "kind": complaint.kind, "device": visitor.device });
    let mut writes = vec![portal.act(
        &Subject::complaint(&complaint.id),
        ActKind::ComplaintSubmitted,
        &values,
    )];
    // The page has shown reference and code: to an unproved address the receipt is a courtesy.
    if complaint.email_confirmed || !portal.has_mailed_enough_strangers().await? {
        let to = Address::email(&complaint.email);
        writes.push(portal.letter(&to, visitor.lang, &received)?);
    }
    if !complaint.email_confirmed {
        writes.extend(portal.count_stranger(visitor));
    }
    if complaint.kind != ComplaintKind::Assisted {
        return Ok(writes);
    }
    writes.extend(lapsed(portal, visitor, complaint).await?);
    if let Some((account, bearer)) = portal.account_of_assisted(complaint).await? {
        writes.extend(portal.tell_of_assisted(
            &account,
            &bearer,
            complaint,
            None,
            &visitor.device,
        )?);
        writes.push(portal.act(
            &Subject::account(&account.id),
            ActKind::AssistedAsked,
            &json!({ "device": visitor.device }),
        ));
    }
    Ok(writes)
}

/// One that was granted and never taken up makes way.
async fn lapsed(portal: &Portal, visitor: &Visitor, next: &Complaint) -> Fallible<Vec<Write>> {
    let Some(person) = &next.person else {
        return Ok(vec![]);
    };
    let open = portal.store.open_assisted(person).await?;
    match open.filter(|open| open.has_lapsed(portal.clock.now())) {
        Some(open) => {
            portal
                .stop_assisted(visitor, &open, CloseReason::Lapsed)
                .await
        }
        None => Ok(vec![]),
    }
}
