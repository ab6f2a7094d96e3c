//! Failures that are ours. The person sees E900 with an incident number or E902; the operator's
//! log gets the rest, once (idea 3).

use crate::ports::{FileError, HashError};
use crate::store::{Conflict, StoreError};

#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The hashing queue is full: E902 with Retry-After (norm 5).
    #[error("busy")]
    Busy,
    /// Somebody else's write came first; the verb answers by showing where things stand now.
    #[error("conflict: {0:?}")]
    Conflict(Conflict),
    #[error("{0}")]
    Broken(String),
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(conflict) => Self::Conflict(conflict),
            StoreError::RollTaken => Self::Broken(error.to_string()),
            StoreError::Broken(why) => Self::Broken(why),
        }
    }
}

impl From<HashError> for Fault {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::Busy,
            HashError::Failed(why) => Self::Broken(why),
        }
    }
}

impl From<FileError> for Fault {
    fn from(error: FileError) -> Self {
        match error {
            // Somebody makes room; until then everybody is told to come back.
            FileError::Full => Self::Busy,
            FileError::Broken(_) => Self::Broken(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(format!("stored JSON: {error}"))
    }
}

pub type Fallible<T> = Result<T, Fault>;
