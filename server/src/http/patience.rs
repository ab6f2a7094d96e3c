//! Posts from a network with many failures wait a moment before anything is done for them (norm 5).
//!
//! Those who wait are counted: memory is not for the one who sends the most. Whoever finds no place
//! is told to come back.

use std::sync::Arc;
use std::time::Duration;

use miftah_portal::fault::{Fallible, Fault};
use miftah_portal::ports::Random;
use tokio::sync::Semaphore;

/// Posts that wait at the same time. Each holds a form of at most 64 kB.
const PLACES: usize = 256;

/// Where posts wait.
#[derive(Clone, Debug)]
pub struct WaitingRoom(Arc<Semaphore>);

impl Default for WaitingRoom {
    fn default() -> Self {
        Self::with_places(PLACES)
    }
}

impl WaitingRoom {
    fn with_places(places: usize) -> Self {
        Self(Arc::new(Semaphore::new(places)))
    }

    /// Waits for `delay`.
    ///
    /// # Errors
    /// [`Fault::Busy`] at once when there is no place left.
    pub async fn wait(&self, delay: Duration) -> Fallible<()> {
        if delay.is_zero() {
            return Ok(());
        }
        let Ok(_place) = self.0.try_acquire() else {
            return Err(Fault::Busy);
        };
        tokio::time::sleep(delay).await;
        Ok(())
    }
}

/// The longest time that the answer to a form that tells nothing is held back, in milliseconds.
const BLUR: u64 = 16;

/// An uneven moment before such an answer. Known and unknown handles cost the same look-ups, hashes
/// and writes, but not the same microseconds: a row that is there is read, an index gets an entry.
/// What is left of that drowns in this (norm 2).
pub fn blur(random: &dyn Random) -> Duration {
    let mut bytes = [0; 2];
    random.fill(&mut bytes);
    let micros = u64::from(u16::from_be_bytes(bytes)) * BLUR * 1000 / u64::from(u16::MAX);
    Duration::from_micros(micros)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::WaitingRoom;

    #[tokio::test]
    #[expect(clippy::disallowed_methods, reason = "the delay itself is measured")]
    async fn who_finds_a_place_waits_and_who_finds_none_is_sent_away_at_once() {
        let room = WaitingRoom::with_places(1);
        let (delay, begun) = (Duration::from_millis(50), Instant::now());
        let (first, second) = tokio::join!(room.wait(delay), room.wait(Duration::from_secs(60)));
        assert!(first.is_ok());
        assert!(second.is_err());
        let took = begun.elapsed();
        assert!(took >= delay && took < Duration::from_secs(30), "{took:?}");
        assert!(room.wait(Duration::ZERO).await.is_ok());
        assert!(room.wait(delay).await.is_ok(), "the place is free again");
    }

    #[test]
    fn the_blur_is_short_and_uneven() {
        let blurs: Vec<_> = (0..200)
            .map(|_| super::blur(&crate::world::OsRandom))
            .collect();
        assert!(blurs.iter().all(|blur| *blur <= Duration::from_millis(16)));
        assert!(blurs.iter().min() < Some(&Duration::from_millis(3)));
        assert!(blurs.iter().max() > Some(&Duration::from_millis(13)));
    }
}
