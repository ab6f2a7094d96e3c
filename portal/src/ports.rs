//! What the use-cases need of the world. `store` and `server` implement these traits; tests put
//! doubles at `Clock`, `Random`, `Hasher`, `Mail`, `Sms`, `Cleaner` and `Files`, never at `Store`.

use std::fmt;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

mod files;

pub use files::{Clean, Cleaner, FileError, Files, Media, Unclean};

/// Milliseconds since 1970-01-01T00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub i64);

impl Millis {
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    pub const fn plus_minutes(self, minutes: i64) -> Self {
        self.plus_seconds(minutes.saturating_mul(60))
    }

    /// Whether it was written before the clock was set back: it lies in the future, by more than what
    /// servers that share a database may differ. What it began neither lives longer for that nor keeps
    /// anybody waiting.
    pub const fn is_ahead(self, now: Self) -> bool {
        const APART: i64 = 60;
        self.0 > now.plus_seconds(APART).0
    }

    /// Whether `now` is within `seconds` after this moment.
    pub const fn is_recent(self, now: Self, seconds: i64) -> bool {
        now.0 < self.plus_seconds(seconds).0 && !self.is_ahead(now)
    }

    /// Whole seconds from `self` until `later`, rounded up; 0 when `later` has passed.
    pub const fn seconds_until(self, later: Self) -> u64 {
        let left = later.0.saturating_sub(self.0);
        if left <= 0 {
            0
        } else {
            (left as u64).div_ceil(1000)
        }
    }
}

pub trait Clock: Send + Sync {
    fn now(&self) -> Millis;
}

pub trait Random: Send + Sync {
    /// Fills `bytes` from a cryptographically secure source.
    fn fill(&self, bytes: &mut [u8]);
}

/// Password hashing is slow on purpose and shared by all requests, hence a port with a queue.
#[async_trait]
pub trait Hasher: Send + Sync {
    /// Hashes a password with a fresh salt; the result is a PHC string.
    ///
    /// # Errors
    /// [`HashError::Busy`] at once when the queue is full.
    async fn hash(&self, password: &Secret) -> Result<String, HashError>;

    /// Compares a password with a PHC string. `None` verifies against a dummy of the same cost
    /// and answers [`Verified::No`]: an unknown handle takes as long as a wrong password (norm 2).
    ///
    /// # Errors
    /// [`HashError::Busy`] at once when the queue is full.
    async fn verify(&self, password: &Secret, phc: Option<&str>) -> Result<Verified, HashError>;

    /// Whether the password is on the list of common ones (norm 4). Cheap.
    fn is_common(&self, password: &str) -> bool;
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verified {
    No,
    Yes,
    /// Right, but hashed with weaker parameters than today's: hash again.
    YesRehash,
}

#[derive(Debug, thiserror::Error)]
pub enum HashError {
    #[error("the hashing queue is full")]
    Busy,
    #[error("hashing failed: {0}")]
    Failed(String),
}

/// A letter ready to be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    pub id: String,
    pub to: String,
    pub lang: miftah_rules::Lang,
    pub subject: String,
    pub text: String,
    /// Empty for SMS.
    pub html: String,
}

/// Hands a mail to the next server. Accepted means: that server has taken responsibility.
#[async_trait]
pub trait Mail: Send + Sync {
    /// # Errors
    /// [`SendError`] tells whether trying again makes sense.
    async fn send(&self, letter: &Rendered) -> Result<(), SendError>;
}

#[async_trait]
pub trait Sms: Send + Sync {
    /// # Errors
    /// [`SendError`] tells whether trying again makes sense.
    async fn send(&self, letter: &Rendered) -> Result<(), SendError>;
}

#[derive(Debug, thiserror::Error)]
pub enum SendError {
    #[error("refused for now: {0}")]
    Later(Refusal),
    #[error("refused for good: {0}")]
    Never(Refusal),
}

/// What the next server said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub said: String,
    pub about: About,
}

/// What a refusal is about, as far as its codes tell (RFC 3463).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// There is no such mailbox.
    Mailbox,
    /// It is full.
    Full,
    Other,
}

impl<T: Into<String>> From<T> for Refusal {
    fn from(said: T) -> Self {
        Self {
            said: said.into(),
            about: About::Other,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.said)
    }
}

/// A typed secret on its way to the hasher: never printed, never stored, wiped by nobody else.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
