//! What can go wrong inside this crate, before it is told to the portal.

use miftah_portal::store::{Conflict, StoreError};

#[derive(Debug)]
pub(crate) enum Fault {
    Conflict(Conflict),
    /// Another import has the roll.
    RollTaken,
    Sql(sqlx::Error),
    /// A stored value that this program does not know; names table and column, never the value.
    Unknown(&'static str),
    /// Told to the operator as it is.
    Told(String),
}

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<Conflict> for Fault {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Conflict(conflict) => Self::Conflict(conflict),
            Fault::RollTaken => Self::RollTaken,
            Fault::Sql(error) => Self::Broken(error.to_string()),
            Fault::Unknown(column) => Self::Broken(format!("{column} holds an unknown value")),
            Fault::Told(text) => Self::Broken(text),
        }
    }
}

/// Something whose order matters across transactions. SQLite has one writer, so every transaction
/// has its turn; PostgreSQL takes a lock until the transaction ends.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Turn<'a> {
    /// Committing beside others that do.
    Together,
    /// Committing while nobody else does.
    Alone,
    /// Applying migrations.
    Schema,
    /// Loading a roll.
    Roll,
    /// Adding to a subject's chain of acts, or trying under a throttle's key.
    Named(&'a str),
}
