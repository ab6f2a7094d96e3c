//! Documents that nobody submitted: their files go, then their rows.

use crate::fault::Fallible;
use crate::portal::Portal;

/// Hours a document may lie without a complaint: longer than any journey lives.
const HOURS: i64 = 6;
/// Bytes that all of them may take together: whoever sends and never submits fills no disk. Beyond it
/// new documents are refused as busy (E902) until some are swept or submitted.
pub(crate) const MOST_BYTES: u64 = 2_000_000_000;
/// Documents removed in one go.
const BATCH: i64 = 100;

/// Removes those that are older; answers how many.
///
/// # Errors
/// When store or files fail; what is left goes the next time.
pub async fn remove(portal: &Portal) -> Fallible<u64> {
    let before = portal.clock.now().plus_minutes(-HOURS * 60);
    let mut removed = 0;
    loop {
        let strays = portal.store.stray_papers(before, BATCH).await?;
        if strays.is_empty() {
            return Ok(removed);
        }
        for id in &strays {
            // The file first: a row without one is found again, a file without a row never.
            portal.files.remove(id).await?;
            portal.store.forget_paper(id).await?;
            removed += 1;
        }
    }
}
