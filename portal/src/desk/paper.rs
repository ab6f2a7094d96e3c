//! A document of a complaint, for the officer who has taken it.

use miftah_rules::complaint::Slot;

use super::{At, at, case};
use crate::fault::Fallible;
use crate::portal::Portal;
use crate::ports::Media;
use crate::visitor::Visitor;

/// A document to be sent. Pictures may be shown in a page; everything else is downloaded (norm 10).
#[derive(Debug)]
pub struct Served {
    pub name: String,
    pub media: Media,
    pub bytes: Vec<u8>,
}

/// The document in a slot; nothing for anybody else.
///
/// # Errors
/// When the store or the files fail.
pub async fn paper(
    portal: &Portal,
    visitor: &Visitor,
    reference: &str,
    slot: &str,
) -> Fallible<Option<Served>> {
    let At::Desk(clerk) = at(visitor) else {
        return Ok(None);
    };
    let Some(complaint) = portal.complaint_called(reference).await? else {
        return Ok(None);
    };
    let slot = Slot::from_name(slot).filter(|_| case::is_mine(&clerk, &complaint));
    let Some(slot) = slot else {
        return Ok(None);
    };
    let papers = portal.store.papers(&complaint.id).await?;
    let Some(paper) = papers.into_iter().find(|paper| paper.slot == slot) else {
        return Ok(None);
    };
    let bytes = portal.files.get(&paper.id).await?;
    Ok(bytes.map(|bytes| Served {
        name: format!(
            "{}-{}.{}",
            complaint.reference,
            slot.name(),
            paper.media.extension()
        ),
        media: paper.media,
        bytes,
    }))
}
