//! Seats for those who bring files: a few in all, half of them at most for one network, so that
//! nobody keeps everybody else from sending documents.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Where forms with files are taken in.
#[derive(Clone, Debug)]
pub struct Desk {
    seats: Arc<Semaphore>,
    most: usize,
    taken: Taken,
}

/// How many seats each network has; who has none is not in it.
#[derive(Clone, Debug, Default)]
struct Taken(Arc<Mutex<HashMap<String, usize>>>);

impl Taken {
    fn counts(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A seat, given back when it is dropped.
#[derive(Debug)]
pub struct Seat {
    network: String,
    taken: Taken,
    _permit: OwnedSemaphorePermit,
}

impl Desk {
    pub(super) fn with_seats(seats: usize) -> Self {
        Self {
            seats: Arc::new(Semaphore::new(seats)),
            most: seats.div_ceil(2),
            taken: Taken::default(),
        }
    }

    #[cfg(test)]
    pub(super) fn free(&self) -> usize {
        self.seats.available_permits()
    }

    /// A seat, if there is one for this network.
    pub(super) fn sit(&self, network: &str) -> Option<Seat> {
        let mut counts = self.taken.counts();
        if counts.get(network).is_some_and(|count| *count >= self.most) {
            return None;
        }
        let permit = Arc::clone(&self.seats).try_acquire_owned().ok()?;
        *counts.entry(network.to_owned()).or_default() += 1;
        Some(Seat {
            network: network.to_owned(),
            taken: self.taken.clone(),
            _permit: permit,
        })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut counts = self.taken.counts();
        if let Some(count) = counts.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Desk;

    #[test]
    fn one_network_has_half_of_them_and_others_the_rest() {
        let desk = Desk::with_seats(4);
        let mut held: Vec<_> = (0..2).filter_map(|_| desk.sit("192.0.2.1")).collect();
        assert_eq!(held.len(), 2);
        assert!(desk.sit("192.0.2.1").is_none());
        let others: Vec<_> = ["a", "b", "c"].iter().filter_map(|n| desk.sit(n)).collect();
        assert_eq!(others.len(), 2, "four in all");
        held.pop();
        assert!(desk.sit("192.0.2.1").is_some());
        drop((held, others));
        assert!(desk.taken.counts().is_empty(), "nobody is remembered");
    }
}
