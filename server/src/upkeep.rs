//! What nobody needs any more is deleted: journeys that are over hold personal data, and anybody can
//! begin one.

use std::time::Duration;

use miftah_portal::throttle::MEMORY_HOURS;
use miftah_portal::{Portal, strays};
use tokio::task::JoinHandle;

/// Between two rounds.
const PAUSE: Duration = Duration::from_secs(3600);
/// Days for which a letter that was refused for good is kept for the office to see.
const PARKED_DAYS: i64 = 30;

/// Sweeps now and every hour, until it is aborted. What ended within [`MEMORY_HOURS`] is kept: a
/// second click finds words, and throttles remember as long.
pub fn start(portal: Portal) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            let now = portal.clock.now();
            let before = now.plus_seconds(-MEMORY_HOURS * 3600);
            let parked_before = now.plus_seconds(-PARKED_DAYS * 24 * 3600);
            match portal.store.sweep(before, parked_before).await {
                Ok(rows) => tracing::info!(rows, "swept"),
                Err(error) => tracing::warn!(%error, "not swept"),
            }
            match strays::remove(&portal).await {
                Ok(0) => {}
                Ok(files) => tracing::info!(files, "removed documents that nobody submitted"),
                Err(error) => tracing::warn!(%error, "documents that nobody submitted stay"),
            }
            tokio::time::sleep(PAUSE).await;
        }
    })
}
