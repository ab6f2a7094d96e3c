//! What an import is measured against in `cargo xtask bench`: a loop that writes people row by row into
//! the tables that the roll's people stand in, with the same indexes and settings.

use std::str::FromStr as _;

use miftah_portal::model::Person;
use miftah_portal::store::StoreResult;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Executor as _, SqliteConnection};

use crate::fault::Fault;
use crate::sqlite::shared::corrections;

/// People a transaction: as many as an import may take.
const BATCH: u64 = 2000;

const PERSON: &str = "insert into person (id, number) values ($1, $2)";
const RECORD: &str = "insert into record (person, version, national_id_kind, national_id, \
    last_name_ar, first_name_ar, last_name_latin, first_name_latin, birth_date, \
    pension_number, email, phone, programme, year, status, further) values \
    ($1, 1000000, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";

/// A loop that is under way, on SQLite.
#[derive(Debug)]
pub struct ByRow {
    conn: SqliteConnection,
    added: u64,
}

impl ByRow {
    /// Makes the tables and begins.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn open(url: &str) -> StoreResult<Self> {
        drop(crate::open(url).await?);
        Ok(Self::begin(url).await?)
    }

    async fn begin(url: &str) -> Result<Self, Fault> {
        let options = SqliteConnectOptions::from_str(url)?
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let mut conn = options.connect().await?;
        conn.execute("begin immediate").await?;
        Ok(Self { conn, added: 0 })
    }

    /// Adds one.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn add(&mut self, person: &Person) -> StoreResult<()> {
        Ok(self.write(person).await?)
    }

    async fn write(&mut self, person: &Person) -> Result<(), Fault> {
        sqlx::query(PERSON)
            .bind(person.id.as_str())
            .bind(&person.number)
            .execute(&mut self.conn)
            .await?;
        corrections::record(&mut self.conn, RECORD, person).await?;
        self.added += 1;
        if self.added.is_multiple_of(BATCH) {
            self.conn.execute("commit").await?;
            self.conn.execute("begin immediate").await?;
        }
        Ok(())
    }

    /// Ends it; answers how many were added.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn finish(mut self) -> StoreResult<u64> {
        let ended: Result<(), Fault> =
            async { Ok(self.conn.execute("commit").await.map(drop)?) }.await;
        ended?;
        Ok(self.added)
    }
}
