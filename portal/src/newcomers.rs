//! How many journeys one network begins: each is a row, and anybody can begin one.
//!
//! Counted in memory, by each server for itself: counting must not be a row, too.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::ports::Millis;

/// Journeys that one network may begin at once. A campus behind one address opens its registration
/// on one morning.
const BURST: i64 = 2000;
/// Milliseconds until one more may begin: 20 a second.
const REFILL_MS: i64 = 50;
/// Networks that are remembered, some 5 MB. Beyond it, those that have calmed down are forgotten.
const NETWORKS: usize = 50_000;

/// What each network has begun lately.
#[derive(Debug, Default)]
pub struct Newcomers(
    /// When all of a network's journeys may be begun again.
    Mutex<HashMap<String, Millis>>,
);

impl Newcomers {
    /// Whether one more journey may begin; counts it if so.
    pub(crate) fn admit(&self, network: &str, now: Millis) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let full_at = seen
            .get(network)
            .map_or(now.0, |full_at| full_at.0.max(now.0));
        // Further away than all of them together: the clock was set back.
        let full_at = match full_at.saturating_sub(now.0) > BURST * REFILL_MS {
            true => now.0,
            false => full_at,
        };
        let next = full_at.saturating_add(REFILL_MS);
        if next.saturating_sub(now.0) > BURST * REFILL_MS {
            return false;
        }
        if seen.len() >= NETWORKS {
            seen.retain(|_, full_at| *full_at > now);
        }
        // More networks than that at work at the same time are no longer one attacker's.
        if seen.len() < NETWORKS {
            seen.insert(network.to_owned(), Millis(next));
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{BURST, NETWORKS, Newcomers};
    use crate::ports::Millis;

    #[test]
    fn a_network_begins_two_thousand_at_once_and_then_twenty_a_second() {
        let newcomers = Newcomers::default();
        let begun = |at| {
            (0..BURST + 10)
                .filter(|_| newcomers.admit("192.0.2.1", Millis(at)))
                .count()
        };
        assert_eq!(begun(0), 2000);
        assert!(
            newcomers.admit("192.0.2.2", Millis(0)),
            "others are not concerned"
        );
        assert_eq!(begun(1000), 20);
        assert_eq!(begun(1_000_000), 2000);
    }

    #[test]
    fn networks_that_have_calmed_down_are_forgotten() {
        let newcomers = Newcomers::default();
        for n in 0..NETWORKS {
            newcomers.admit(&n.to_string(), Millis(0));
        }
        assert!(newcomers.admit("one more", Millis(1)));
        assert_eq!(newcomers.0.lock().unwrap().len(), NETWORKS);
        newcomers.admit("and later", Millis(60_000));
        assert_eq!(newcomers.0.lock().unwrap().len(), 1);
    }
}
