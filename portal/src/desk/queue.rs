//! The queue: complaints that wait, those an officer has, those decided, those looked for.

use miftah_rules::Field;
use miftah_rules::complaint::{ComplaintState, read_reference};
use miftah_rules::view::{QueueKind, QueueRow, QueueView, StaffContent};

use super::Clerk;
use crate::dossier::Complaint;
use crate::fault::Fallible;
use crate::moment::moment;
use crate::pages::Shown;
use crate::portal::Portal;
use crate::query::Query;
use crate::store::Wanted;

/// Complaints on one page.
const PAGE: i64 = 30;
const DAY_MS: i64 = 24 * 3_600_000;

pub(super) async fn show(portal: &Portal, clerk: &Clerk<'_>, query: &Query) -> Fallible<Shown> {
    let sought = query.word("q").unwrap_or_default().trim().to_owned();
    let kind = match query.word("show").and_then(QueueKind::from_name) {
        _ if !sought.is_empty() => QueueKind::Found,
        Some(QueueKind::Found) | None => QueueKind::Waiting,
        Some(kind) => kind,
    };
    let page = query
        .word("page")
        .and_then(|page| page.parse::<i64>().ok())
        .unwrap_or(1)
        .clamp(1, 10_000);
    let wanted = match kind {
        QueueKind::Waiting => Wanted::Waiting,
        QueueKind::Mine => Wanted::With(clerk.id().clone()),
        QueueKind::Decided => Wanted::Decided,
        // A student number is written like a reference: capitals and digits.
        QueueKind::Found => Wanted::Named(read_reference(&sought)),
    };
    let skip = (page - 1) * PAGE;
    let mut found = portal.store.complaints(&wanted, skip, PAGE + 1).await?;
    let more = found.len() > PAGE.unsigned_abs() as usize;
    found.truncate(PAGE.unsigned_abs() as usize);
    let mut rows = Vec::with_capacity(found.len());
    for complaint in &found {
        rows.push(row(portal, complaint).await?);
    }
    let waiting = portal
        .store
        .count_complaints(ComplaintState::Submitted)
        .await?;
    let content = StaffContent::Queue(QueueView {
        kind,
        waiting,
        rows,
        page: page.unsigned_abs(),
        more,
        sought,
    });
    Ok(clerk.page(vec![], content))
}

pub(super) async fn row(portal: &Portal, complaint: &Complaint) -> Fallible<QueueRow> {
    let claimed = |field| complaint.claimed(field);
    let mut name = format!(
        "{} {}",
        claimed(Field::FirstNameAr),
        claimed(Field::LastNameAr)
    );
    if name.trim().is_empty()
        && let Some(person) = &complaint.person
        && let Some(person) = portal.store.person(person).await?
    {
        name = person.full_name(portal.institution.default_lang);
    }
    let officer = match complaint
        .officer
        .as_ref()
        .filter(|_| complaint.state != ComplaintState::Submitted)
    {
        Some(id) => portal.officer_name(id).await?,
        None => None,
    };
    let waited = portal
        .clock
        .now()
        .0
        .saturating_sub(complaint.submitted_at.0);
    Ok(QueueRow {
        reference: complaint.reference.clone(),
        kind: complaint.kind,
        state: complaint.state,
        name: name.trim().to_owned(),
        number: complaint.number().to_owned(),
        submitted_on: moment(portal, complaint.submitted_at),
        days: waited.max(0).unsigned_abs() / DAY_MS.unsigned_abs(),
        officer,
        approved_once: complaint.approved_by.is_some()
            && complaint.state == ComplaintState::Submitted,
    })
}
