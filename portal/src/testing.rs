//! Doubles at the ports for time and chance, for tests of every crate. Never for the store.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use sha2::{Digest, Sha256};

use crate::ports::{Clock, Millis, Random};

/// A clock that stands until it is moved.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    pub const fn at(now: Millis) -> Self {
        Self(AtomicI64::new(now.0))
    }

    pub fn advance_ms(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Millis {
        Millis(self.0.load(Ordering::SeqCst))
    }
}

/// Reproducible bytes: SHA-256 of seed and counter.
#[derive(Debug)]
pub struct SeededRandom {
    seed: u64,
    counter: AtomicU64,
}

impl SeededRandom {
    pub const fn new(seed: u64) -> Self {
        Self {
            seed,
            counter: AtomicU64::new(0),
        }
    }
}

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let counter = self.counter.fetch_add(1, Ordering::SeqCst);
            let mut sha = Sha256::new();
            sha.update(self.seed.to_be_bytes());
            sha.update(counter.to_be_bytes());
            for (target, source) in chunk.iter_mut().zip(sha.finalize()) {
                *target = source;
            }
        }
    }
}
