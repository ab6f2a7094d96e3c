//! Fourth question: the documents. Each is cleaned and kept as soon as it comes, so that a problem
//! with one costs nothing of the others (norm 10).

use miftah_rules::complaint::Slot;
use miftah_rules::form::{Attached, Posted};
use miftah_rules::view::ComplainStep;
use miftah_rules::{Problem, ProblemAt};

use super::{Attachment, Complain, here, stay};
use crate::dossier::Paper;
use crate::fault::{Fallible, Fault};
use crate::id::FileId;
use crate::journey::{Journey, Loaded};
use crate::portal::{Portal, TRIES};
use crate::ports::Unclean;
use crate::store::{Conflict, Write};
use crate::strays;
use crate::visitor::{Outcome, Visitor};

/// Files one complaint may bring in all, replaced ones too: each lies on the disk for a while.
const KEPT: usize = 24;

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Complain>,
    posted: &Posted,
) -> Fallible<Outcome> {
    let removed = posted
        .action()
        .strip_prefix("remove_")
        .and_then(Slot::from_name);
    if let Some(slot) = removed {
        journey.state.attached.retain(|one| one.slot != slot);
        return stay(portal, &journey, vec![]).await;
    }
    let (mut kept, mut problems) = (Vec::new(), Vec::new());
    for slot in Slot::ALL.iter().copied() {
        let Some(file) = posted.file(slot.field()) else {
            continue;
        };
        let before = usize::try_from(journey.state.kept).unwrap_or(KEPT);
        let is_full = before.saturating_add(kept.len()) >= KEPT;
        match keep(portal, &journey, slot, file, is_full).await? {
            Ok(attached) => kept.push(attached),
            Err(problem) => problems.push(problem),
        }
    }
    for _ in 0..TRIES {
        put(&mut journey.state, &kept);
        journey.problems.clone_from(&problems);
        journey.problems.extend(missing(&journey.state, posted));
        if journey.problems.is_empty() && posted.action() != "add" {
            journey.state.step = ComplainStep::Check;
        }
        let moved = vec![journey.write(portal)?];
        match portal.store.commit(moved).await.map_err(Fault::from) {
            Ok(()) => return Ok(here(&journey)),
            // A file from another tab, or another field's own post, came first: both are kept.
            Err(Fault::Conflict(Conflict::JourneyMoved)) => {}
            Err(fault) => return Err(fault),
        }
        match portal
            .journey::<Complain>(visitor, journey.id.as_str())
            .await?
        {
            Loaded::Here(now) if now.state.step == ComplainStep::Papers => journey = *now,
            _ => return Ok(here(&journey)),
        }
    }
    Err(Fault::Busy)
}

/// Puts documents into their slots, in the place of others.
fn put(state: &mut Complain, kept: &[Attachment]) {
    let count = u32::try_from(kept.len()).unwrap_or(u32::MAX);
    state.kept = state.kept.saturating_add(count);
    state
        .attached
        .retain(|one| kept.iter().all(|new| new.slot != one.slot));
    state.attached.extend(kept.iter().cloned());
    state.attached.sort_by_key(|one| one.slot as u8);
}

/// Documents that are asked for and were neither sent nor refused just now.
fn missing(state: &Complain, posted: &Posted) -> Vec<ProblemAt> {
    if posted.action() == "add" {
        return vec![];
    }
    let is_there = |slot: Slot| state.attached.iter().any(|one| one.slot == slot);
    state
        .kind
        .required()
        .iter()
        .copied()
        .filter(|slot| !is_there(*slot) && posted.file(slot.field()).is_none())
        .map(|slot| Problem::FileMissing.at(slot.field()))
        .collect()
}

/// Cleans a file and keeps it for its slot.
///
/// # Errors
/// Faults of ours; inside, what is wrong with the file.
async fn keep(
    portal: &Portal,
    journey: &Journey<Complain>,
    slot: Slot,
    file: &Attached,
    is_full: bool,
) -> Fallible<Result<Attachment, ProblemAt>> {
    let refused = |problem: Problem| Ok(Err(problem.at(slot.field())));
    if file.cut {
        return refused(Problem::FileTooBig);
    }
    if is_full {
        return refused(Problem::TooManyTries);
    }
    if portal.store.stray_bytes().await? >= strays::MOST_BYTES {
        return Err(Fault::Busy);
    }
    let clean = match portal.cleaner.clean(file.bytes.clone()).await {
        Ok(clean) => clean,
        Err(Unclean::Busy) => return Err(Fault::Busy),
        Err(Unclean::Empty | Unclean::Unreadable) => return refused(Problem::FileUnreadable),
        Err(Unclean::TooBig) => return refused(Problem::FileTooBig),
        Err(Unclean::Type) => return refused(Problem::FileType),
        Err(Unclean::Protected) => return refused(Problem::FileProtected),
        Err(Unclean::Active) => return refused(Problem::FileActive),
    };
    let paper = Paper {
        id: FileId::new(portal.clock.as_ref(), portal.random.as_ref()),
        journey: journey.id.clone(),
        complaint: None,
        slot,
        media: clean.media,
        size: i64::try_from(clean.bytes.len()).unwrap_or(i64::MAX),
        added_at: portal.clock.now(),
    };
    let id = paper.id.clone();
    // The row first: a file without one would never be swept.
    portal.store.commit(vec![Write::AddPaper(paper)]).await?;
    portal.files.put(&id, &clean.bytes).await?;
    Ok(Ok(Attachment {
        slot,
        id,
        media: clean.media,
        size: clean.bytes.len() as u64,
    }))
}
