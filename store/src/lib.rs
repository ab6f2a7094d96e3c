//! All SQL: the portal's [`Store`] on SQLite (a file, the default) and on PostgreSQL.
//!
//! Statements and the mapping of rows are the same text on both databases, but `sqlx` gives each
//! its own types. So `shared/` is written once and compiled twice, as a child of `sqlite` and of
//! `postgres`; each of these two files holds what differs: opening, beginning a transaction,
//! taking turns, and telling which constraint refused.

#![expect(
    clippy::duplicate_mod,
    reason = "`shared/` is compiled once for each database, on purpose"
)]

use std::sync::Arc;

use miftah_portal::store::{Store, StoreError};

#[macro_use]
mod statements;
mod fault;
mod lanes;
mod migrations;
mod postgres;
mod sqlite;
#[cfg(feature = "testing")]
pub mod testing;
mod turn;

/// Opens the database of `url` and brings its tables up to date.
///
/// - `sqlite://path`: a file, made if missing, with its folder. `sqlite::memory:`: gone when the
///   store is dropped.
/// - `postgres://user@host/database`.
///
/// Servers may start together: one migrates, the others wait.
///
/// # Errors
/// [`StoreError::Broken`] when the URL names neither, when the database does not answer, or when
/// its tables are newer than this program.
pub async fn open(url: &str) -> Result<Arc<dyn Store>, StoreError> {
    match url.split_once(':').map(|(scheme, _)| scheme) {
        Some("sqlite") => Ok(Arc::new(sqlite::open(url).await?)),
        Some("postgres" | "postgresql") => Ok(Arc::new(postgres::open(url).await?)),
        _ => Err(StoreError::Broken(
            "a database URL begins with sqlite: or postgres:".into(),
        )),
    }
}
