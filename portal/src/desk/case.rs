//! One complaint: claim and record side by side, documents, what this officer may do.

use miftah_rules::complaint::{ComplaintEvent, ComplaintKind, ComplaintState};
use miftah_rules::view::{CaseAct, CasePaper, CaseView, RecordRow, RecordView, StaffContent};
use miftah_rules::{Field, Problem, Role};

use super::{Clerk, MOVED, TOLD, queue};
use crate::act::Subject;
use crate::dossier::Complaint;
use crate::fault::Fallible;
use crate::id::AccountId;
use crate::model::{Account, Person};
use crate::moment::moment;
use crate::pages::Shown;
use crate::portal::Portal;
use crate::ports::Media;
use crate::query::Query;
use crate::store::Wanted;

/// Other complaints about the same number that are shown.
const OTHERS: i64 = 5;

pub(super) async fn show(
    portal: &Portal,
    clerk: &Clerk<'_>,
    reference: &str,
    query: &Query,
) -> Fallible<Shown> {
    let Some(complaint) = portal.complaint_called(reference).await? else {
        return Ok(Shown::Missing);
    };
    let mut problems = Vec::new();
    if let Some(code) = query.word("problem").and_then(Problem::from_code) {
        let field = query.word("field").and_then(Field::from_name);
        problems.push(field.map_or_else(|| code.alone(), |field| code.at(field)));
    }
    let mine = is_mine(clerk, &complaint);
    let officer = match &complaint.officer {
        Some(id) if complaint.state == ComplaintState::InReview => portal.officer_name(id).await?,
        _ => None,
    };
    let approved_by = match &complaint.approved_by {
        Some(id) => portal.officer_name(id).await?,
        None => None,
    };
    let claim = complaint.claim.clone().into_iter().collect();
    let view = CaseView {
        reference: complaint.reference.clone(),
        version: complaint.version,
        kind: complaint.kind,
        state: complaint.state,
        problem: complaint.problem,
        note: complaint.note.clone(),
        email: complaint.email.clone(),
        email_confirmed: complaint.email_confirmed,
        phone: complaint.phone.clone(),
        lang: complaint.lang,
        submitted_on: moment(portal, complaint.submitted_at),
        officer,
        mine,
        moved: query.has(MOVED),
        told: query.has(TOLD),
        claim,
        records: records(portal, &complaint).await?,
        papers: match mine {
            true => papers(portal, &complaint).await?,
            false => vec![],
        },
        may: may(clerk, &complaint),
        ask_password: !portal.proved_recently(clerk.signed_in),
        decide: query.word("decide").and_then(ComplaintEvent::from_name),
        history: history(portal, &complaint).await?,
        refused: complaint.refusal(),
        closed: complaint.closing(),
        answer: complaint.answer.clone(),
        opens_on: complaint.opens_at.map(|at| moment(portal, at)),
        approved_by,
        statuses: portal.institution.registration.eligible.clone(),
        others: others(portal, &complaint).await?,
    };
    Ok(clerk.page(problems, StaffContent::Case(Box::new(view))))
}

pub(super) fn is_mine(clerk: &Clerk<'_>, complaint: &Complaint) -> bool {
    complaint.state == ComplaintState::InReview && complaint.officer.as_ref() == Some(clerk.id())
}

/// What this officer may do with it now, in the order of the buttons.
pub(super) fn may(clerk: &Clerk<'_>, complaint: &Complaint) -> Vec<ComplaintEvent> {
    use ComplaintEvent as E;
    let is_first = complaint.approved_by.as_ref() == Some(clerk.id());
    let assisted = complaint.kind == ComplaintKind::Assisted;
    let wanted: &[E] = match complaint.state {
        // Two different officers: the first one does not get it again.
        ComplaintState::Submitted if is_first => &[],
        ComplaintState::Submitted => &[E::Take],
        ComplaintState::InReview if is_mine(clerk, complaint) => match (assisted, is_first) {
            (true, true) => &[E::Refuse, E::Close, E::Release],
            (true, false) if complaint.approved_by.is_none() => {
                &[E::Approve, E::Refuse, E::Close, E::Release]
            }
            (true, false) => &[E::Accept, E::Refuse, E::Close, E::Release],
            (false, _) => &[E::Complete, E::Refuse, E::Close, E::Release],
        },
        // A colleague who is away.
        ComplaintState::InReview if clerk.officer.role == Role::Administrator => &[E::Release],
        ComplaintState::Accepted => &[E::Refuse],
        ComplaintState::Refused | ComplaintState::Closed => &[E::Reopen],
        ComplaintState::InReview | ComplaintState::Completed => &[],
    };
    wanted
        .iter()
        .copied()
        .filter(|event| complaint.state.after(*event).is_some())
        .collect()
}

/// Records it may be about: the one an officer chose, else the one with the claimed number and those
/// with the claimed document.
pub(super) async fn candidates(portal: &Portal, complaint: &Complaint) -> Fallible<Vec<Person>> {
    if let Some(id) = &complaint.person {
        return Ok(portal.store.person(id).await?.into_iter().collect());
    }
    let number = complaint.number();
    let mut found: Vec<Person> = portal
        .store
        .person_by_number(number)
        .await?
        .into_iter()
        .collect();
    let document = complaint.claimed(Field::NationalId);
    for person in portal.store.persons_by_national_id(document).await? {
        if found.iter().all(|known| known.id != person.id) {
            found.push(person);
        }
    }
    Ok(found)
}

async fn records(portal: &Portal, complaint: &Complaint) -> Fallible<Vec<RecordView>> {
    let mut views = Vec::new();
    for person in candidates(portal, complaint).await? {
        let account = portal.store.account_by_person(&person.id).await?;
        views.push(RecordView {
            rows: rows(portal, complaint, &person, account.as_ref()),
            has_account: account.is_some(),
            number: person.number,
            programme: person.programme,
            year: person.year,
            status: person.status,
        });
    }
    Ok(views)
}

/// Claim and record, field by field. Addresses are ticked by the officer alone: a code went to the
/// one, and nothing is known of the other.
fn rows(
    portal: &Portal,
    complaint: &Complaint,
    person: &Person,
    account: Option<&Account>,
) -> Vec<RecordRow> {
    let reach = [Field::Email, Field::Phone];
    let fields = complaint.kind.fields(&portal.institution.asks());
    fields
        .into_iter()
        .chain(reach)
        .map(|field| {
            let claimed = complaint.claimed(field).to_owned();
            let recorded = match (field, account) {
                // No roll has it.
                (Field::Handle, Some(account)) => account.email_key.clone(),
                _ => person.value(field),
            };
            let is_reach = reach.contains(&field);
            let same = match is_reach {
                true => claimed.eq_ignore_ascii_case(&recorded),
                false => claimed == recorded,
            };
            let differs = !claimed.is_empty() && !same && field != Field::Handle;
            RecordRow {
                field,
                claimed,
                recorded,
                differs,
                ticked: differs && !is_reach,
            }
        })
        .collect()
}

async fn papers(portal: &Portal, complaint: &Complaint) -> Fallible<Vec<CasePaper>> {
    let mut papers = portal.store.papers(&complaint.id).await?;
    papers.sort_by_key(|paper| paper.slot as u8);
    Ok(papers
        .into_iter()
        .map(|paper| CasePaper {
            slot: paper.slot,
            picture: paper.media != Media::Pdf,
            kilobytes: paper.size.unsigned_abs().div_ceil(1000),
        })
        .collect())
}

async fn history(portal: &Portal, complaint: &Complaint) -> Fallible<Vec<CaseAct>> {
    let acts = portal
        .store
        .acts(Subject::complaint(&complaint.id).as_str())
        .await?;
    let mut rows = Vec::with_capacity(acts.len());
    for sealed in acts {
        let by = match by(&sealed.act.values) {
            Some(id) => portal.officer_name(&id).await?,
            None => None,
        };
        rows.push(CaseAct {
            act: sealed.act.kind,
            on: moment(portal, sealed.act.at),
            by,
        });
    }
    Ok(rows)
}

/// The officer whom an act names.
fn by(values: &str) -> Option<AccountId> {
    let values: serde_json::Value = serde_json::from_str(values).ok()?;
    Some(AccountId(values.get("by")?.as_str()?.to_owned()))
}

async fn others(
    portal: &Portal,
    complaint: &Complaint,
) -> Fallible<Vec<miftah_rules::view::QueueRow>> {
    let number = complaint.number().to_owned();
    let found = portal
        .store
        .complaints(&Wanted::Named(number), 0, OTHERS + 1)
        .await?;
    let mut rows = Vec::new();
    for other in found.iter().filter(|other| other.id != complaint.id) {
        rows.push(queue::row(portal, other).await?);
    }
    Ok(rows)
}
