//! What is SQLite's own: a file, one writer and several readers, write-ahead log, and asking the
//! open transaction which invariant a refused write met, because SQLite does not name it.

use std::path::Path;
use std::str::FromStr as _;

use miftah_portal::id::PersonId;
use miftah_portal::model::Account;
use miftah_portal::store::Conflict;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Pool, Row as _};

use crate::fault::{Fault, Turn};
use crate::lanes::{LOCK_PATIENCE, Lanes};
use crate::migrations::Migration;

pub(crate) type Db = sqlx::Sqlite;
pub(crate) type Readers = Lanes;
pub(crate) type Writers = Lanes;
type Conn = sqlx::SqliteConnection;
type Arguments = sqlx::sqlite::SqliteArguments;
type Row = sqlx::sqlite::SqliteRow;
type QueryResult = sqlx::sqlite::SqliteQueryResult;

/// Takes the write lock at once: a transaction that began by reading could not get it any more
/// once another one has written.
const BEGIN: &str = "begin immediate";

/// Connections that read while one writes.
const READERS: usize = 4;

/// The lines of a batch ($1, a JSON array) as rows `b`.
macro_rules! batch {
    () => {
        "json_each($1) as b"
    };
}

/// One writer: no row is locked by somebody else.
macro_rules! skip_locked {
    () => {
        ""
    };
}

/// One writer: a row that was read stays as it is.
macro_rules! hold {
    () => {
        ""
    };
}

#[macro_use]
#[path = "shared/mod.rs"]
pub(crate) mod shared;
#[path = "at_once.rs"]
mod at_once;

use at_once::at_once;
use shared::Database;

statements! {
    /// Whether another open account has this person ($1), this e-mail ($2).
    HOLDERS = "select \
        exists (select 1 from account where person = $1 and state <> 'closed' and id <> $3) \
        as person, \
        exists (select 1 from account where email_key = $2 and email_key <> '' \
        and state <> 'closed' and id <> $3) as email";
}

/// Opens a file, made if missing, or memory; brings its tables up to date.
pub(crate) async fn open(url: &str) -> Result<Database, Fault> {
    open_at(url, i64::MAX).await
}

/// As [`open`], with the migrations up to number `last` only.
pub(crate) async fn open_at(url: &str, last: i64) -> Result<Database, Fault> {
    let database = if url.contains(":memory:") {
        memory(url).await
    } else {
        file(url).await
    }?;
    shared::migrate::migrate(&database.writers, last).await?;
    Ok(database)
}

async fn file(url: &str) -> Result<Database, Fault> {
    let options = SqliteConnectOptions::from_str(url)?;
    make(options.get_filename())
        .map_err(|error| Fault::Told(format!("{}: {error}", options.get_filename().display())))?;
    let writer = options
        .clone()
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(LOCK_PATIENCE);
    let reader = options
        .foreign_keys(true)
        .busy_timeout(LOCK_PATIENCE)
        .pragma("query_only", "on");
    // The writer comes first: it makes the write-ahead log that the readers need.
    Ok(Database {
        writers: Lanes::writer(&writer).await?,
        readers: Lanes::readers(&reader, READERS).await?,
    })
}

/// A database in memory lives as long as its one connection.
async fn memory(url: &str) -> Result<Database, Fault> {
    let pool: Pool<Db> = SqlitePoolOptions::new()
        .max_connections(1)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(SqliteConnectOptions::from_str(url)?.foreign_keys(true))
        .await?;
    Ok(Database {
        writers: Lanes::Memory(pool.clone()),
        readers: Lanes::Memory(pool),
    })
}

/// Makes folder and file, readable for the owner alone, also where they are there already: they hold
/// personal data. SQLite gives its log the rights that the file has when it makes it.
fn make(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    #[cfg(unix)]
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        keep_to_owner(Path::new(&name))?;
    }
    Ok(())
}

#[cfg(unix)]
fn keep_to_owner(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let Ok(file) = std::fs::metadata(path) else {
        // No log yet.
        return Ok(());
    };
    if file.permissions().mode() & 0o077 != 0 {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

const fn script(migration: &Migration) -> &'static str {
    migration.sqlite
}

/// Nothing to wait for: the transaction is the only one that writes.
#[expect(clippy::unused_async, reason = "the same shape as PostgreSQL's")]
async fn take_turn(_conn: &mut Conn, _turn: Turn<'_>) -> Result<(), Fault> {
    Ok(())
}

/// Which invariant of accounts refused a write. Exact: the transaction is still open, only the
/// statement was undone, and nobody else can write before it ends.
async fn account_conflict(
    conn: &mut Conn,
    account: &Account,
    error: &sqlx::Error,
) -> Result<Option<Conflict>, Fault> {
    if !error
        .as_database_error()
        .is_some_and(sqlx::error::DatabaseError::is_unique_violation)
    {
        return Ok(None);
    }
    let row = sqlx::query(HOLDERS)
        .bind(account.holder.person().map(PersonId::as_str))
        .bind(&account.email_key)
        .bind(account.id.as_str())
        .fetch_one(conn)
        .await?;
    if row.try_get("person")? {
        return Ok(Some(Conflict::PersonHasAccount));
    }
    Ok(row
        .try_get::<bool, _>("email")?
        .then_some(Conflict::EmailTaken))
}

/// With one writer there are no deadlocks.
const fn was_given_up(_error: &sqlx::Error) -> bool {
    false
}

#[cfg(feature = "testing")]
pub(crate) fn statements() -> Vec<(&'static str, &'static str)> {
    [shared::statements(), ALL.to_vec(), at_once::ALL.to_vec()].concat()
}
