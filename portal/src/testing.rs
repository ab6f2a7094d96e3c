//! Doubles at the ports for time, chance and files, for tests of every crate. Never for the store.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use sha2::{Digest, Sha256};

use crate::id::FileId;
use crate::ports::{Clean, Cleaner, Clock, FileError, Files, Media, Millis, Random, Unclean};

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

/// Files in memory, on a disk that can be full.
#[derive(Debug, Default)]
pub struct MemoryFiles {
    kept: Mutex<BTreeMap<FileId, Vec<u8>>>,
    full: AtomicBool,
}

impl MemoryFiles {
    fn kept(&self) -> MutexGuard<'_, BTreeMap<FileId, Vec<u8>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on there is no room, or there is again.
    pub fn be_full(&self, full: bool) {
        self.full.store(full, Ordering::SeqCst);
    }

    /// What is kept, oldest first.
    pub fn ids(&self) -> Vec<FileId> {
        self.kept().keys().cloned().collect()
    }
}

#[async_trait]
impl Files for MemoryFiles {
    async fn put(&self, id: &FileId, bytes: &[u8]) -> Result<(), FileError> {
        if self.full.load(Ordering::SeqCst) {
            return Err(FileError::Full);
        }
        self.kept().insert(id.clone(), bytes.to_vec());
        Ok(())
    }

    async fn get(&self, id: &FileId) -> Result<Option<Vec<u8>>, FileError> {
        Ok(self.kept().get(id).cloned())
    }

    async fn remove(&self, id: &FileId) -> Result<(), FileError> {
        self.kept().remove(id);
        Ok(())
    }
}

/// A cleaner that looks at how a file begins and passes the rest unseen. What the real one refuses
/// can be asked for: a file that holds `/Encrypt` is protected, one with `/JavaScript` active, and
/// a JPEG or PNG that is nothing but its beginning unreadable.
#[derive(Debug, Default)]
pub struct PassingCleaner {
    busy: AtomicBool,
}

impl PassingCleaner {
    /// From now on the queue is full, or it is not any more.
    pub fn be_busy(&self, busy: bool) {
        self.busy.store(busy, Ordering::SeqCst);
    }
}

#[async_trait]
impl Cleaner for PassingCleaner {
    async fn clean(&self, bytes: Vec<u8>) -> Result<Clean, Unclean> {
        const BEGINNINGS: [(&[u8], Media); 3] = [
            (b"%PDF-", Media::Pdf),
            (b"\xff\xd8\xff", Media::Jpeg),
            (b"\x89PNG\r\n\x1a\n", Media::Png),
        ];
        if self.busy.load(Ordering::SeqCst) {
            return Err(Unclean::Busy);
        }
        if bytes.is_empty() {
            return Err(Unclean::Empty);
        }
        let (beginning, media) = BEGINNINGS
            .into_iter()
            .find(|(beginning, _)| bytes.starts_with(beginning))
            .ok_or(Unclean::Type)?;
        let has = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
        if has(b"/Encrypt") {
            return Err(Unclean::Protected);
        }
        if has(b"/JavaScript") {
            return Err(Unclean::Active);
        }
        if media != Media::Pdf && bytes.len() == beginning.len() {
            return Err(Unclean::Unreadable);
        }
        Ok(Clean { media, bytes })
    }
}
