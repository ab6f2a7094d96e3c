//! Another program that keeps SQLite's write lock.

use std::str::FromStr as _;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Executor as _, SqliteConnection};

/// The lock, until it is dropped.
#[derive(Debug)]
pub struct Locked {
    _conn: SqliteConnection,
}

impl Locked {
    /// # Panics
    /// When the lock is not to be had.
    pub async fn hold(url: &str) -> Self {
        let options = SqliteConnectOptions::from_str(url).expect("a SQLite URL");
        let mut conn = options.connect().await.expect("the file opens");
        conn.execute("begin immediate").await.expect("the lock");
        Self { _conn: conn }
    }
}
