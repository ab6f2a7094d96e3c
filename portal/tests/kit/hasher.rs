//! A hasher that costs nothing and counts, so that stories can tell how often one was needed.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use async_trait::async_trait;
use miftah_portal::key::token_hash;
use miftah_portal::ports::{HashError, Hasher, Secret, Verified};

/// Hashes by SHA-256; never stores what was typed.
#[derive(Debug, Default)]
pub struct CheapHasher {
    hashed: AtomicU32,
    verified: AtomicU32,
    busy: AtomicBool,
}

impl CheapHasher {
    /// The hash of a password, as an account holds it.
    pub fn phc(password: &str) -> String {
        format!("$cheap${}", token_hash(password))
    }

    /// Hashes and verifications so far: both are the same work.
    pub fn work(&self) -> u32 {
        self.hashed.load(Ordering::SeqCst) + self.verified.load(Ordering::SeqCst)
    }

    /// From now on the queue is full.
    pub fn be_busy(&self) {
        self.busy.store(true, Ordering::SeqCst);
    }

    fn queue(&self) -> Result<(), HashError> {
        if self.busy.load(Ordering::SeqCst) {
            Err(HashError::Busy)
        } else {
            Ok(())
        }
    }
}

#[async_trait]
impl Hasher for CheapHasher {
    async fn hash(&self, password: &Secret) -> Result<String, HashError> {
        self.queue()?;
        self.hashed.fetch_add(1, Ordering::SeqCst);
        Ok(Self::phc(password.expose()))
    }

    async fn verify(&self, password: &Secret, phc: Option<&str>) -> Result<Verified, HashError> {
        self.queue()?;
        self.verified.fetch_add(1, Ordering::SeqCst);
        let same = phc == Some(Self::phc(password.expose()).as_str());
        Ok(if same { Verified::Yes } else { Verified::No })
    }

    fn is_common(&self, password: &str) -> bool {
        ["password", "password1", "12345678", "azertyuiop"].contains(&password)
    }
}
