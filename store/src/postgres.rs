//! What is PostgreSQL's own: a pool, row locks that workers step over, advisory locks where order
//! matters, and constraints that are told by name.

use std::str::FromStr as _;
use std::time::Duration;

use miftah_portal::model::Account;
use miftah_portal::store::{Conflict, Write};
use sqlx::Pool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::fault::{Fault, Turn};
use crate::migrations::Migration;

pub(crate) type Db = sqlx::Postgres;
pub(crate) type Readers = Pool<Db>;
pub(crate) type Writers = Pool<Db>;
type Conn = sqlx::PgConnection;
type Arguments = sqlx::postgres::PgArguments;
type Row = sqlx::postgres::PgRow;
type QueryResult = sqlx::postgres::PgQueryResult;

/// Named, because a database may have another default, and turns need each statement to see what
/// was committed before it.
const BEGIN: &str = "begin isolation level read committed";

const CONNECTIONS: u32 = 10;

/// How long a request waits for a free connection before it gives up.
const PATIENCE: Duration = Duration::from_secs(10);

/// The lines of a batch ($1, a JSON array) as rows `b`.
macro_rules! batch {
    () => {
        "jsonb_array_elements($1::jsonb) as b (value)"
    };
}

/// Letters that another worker is just taking are not waited for.
macro_rules! skip_locked {
    () => {
        " for update skip locked"
    };
}

/// The row that is read stays as it is until the transaction ends.
macro_rules! hold {
    () => {
        " for share"
    };
}

#[path = "shared/mod.rs"]
pub(crate) mod shared;

use shared::Database;

statements! {
    /// Held beside others, but by nobody while somebody has the turn.
    SHARE_TURN = "select pg_advisory_xact_lock_shared($1, hashtext($2))";
    /// Held until the transaction ends. The first number says what kind of turn it is.
    TAKE_TURN = "select pg_advisory_xact_lock($1, hashtext($2))";
}

/// Opens a database and brings its tables up to date.
pub(crate) async fn open(url: &str) -> Result<Database, Fault> {
    open_at(url, i64::MAX).await
}

/// As [`open`], with the migrations up to number `last` only.
pub(crate) async fn open_at(url: &str, last: i64) -> Result<Database, Fault> {
    let pool: Pool<Db> = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .connect_with(PgConnectOptions::from_str(url)?.application_name("miftah"))
        .await?;
    shared::migrate::migrate(&pool, last).await?;
    Ok(Database {
        writers: pool.clone(),
        readers: pool,
    })
}

const fn script(migration: &Migration) -> &'static str {
    migration.postgres
}

/// A question to PostgreSQL costs little beside what is asked: everything is written step by step.
#[expect(clippy::unused_async, reason = "the same shape as SQLite's")]
async fn at_once(_writers: &Writers, _writes: &[Write]) -> Result<bool, Fault> {
    Ok(false)
}

/// Waits until no other transaction has the same turn. `Together` is taken first in a commit, so
/// that whoever waits for `Alone` holds nothing that the others need.
async fn take_turn(conn: &mut Conn, turn: Turn<'_>) -> Result<(), Fault> {
    let (statement, kind, name) = match turn {
        Turn::Schema => (TAKE_TURN, 1, ""),
        Turn::Roll => (TAKE_TURN, 2, ""),
        Turn::Named(name) => (TAKE_TURN, 3, name),
        Turn::Together => (SHARE_TURN, 4, ""),
        Turn::Alone => (TAKE_TURN, 4, ""),
    };
    sqlx::query(statement)
        .bind(kind)
        .bind(name)
        .execute(conn)
        .await?;
    Ok(())
}

/// Which invariant of accounts refused a write, by the name of its index.
#[expect(clippy::unused_async, reason = "the same shape as SQLite's")]
async fn account_conflict(
    _conn: &mut Conn,
    _account: &Account,
    error: &sqlx::Error,
) -> Result<Option<Conflict>, Fault> {
    Ok(
        match error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::constraint)
        {
            Some("account_person_open") => Some(Conflict::PersonHasAccount),
            Some("account_email_open") => Some(Conflict::EmailTaken),
            _ => None,
        },
    )
}

/// Whether PostgreSQL ended the transaction for the sake of another one: serialization failure
/// or deadlock (SQLSTATE 40001, 40P01). Nothing was written; the same writes may well succeed.
fn was_given_up(error: &sqlx::Error) -> bool {
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    matches!(code.as_deref(), Some("40001" | "40P01"))
}

#[cfg(feature = "testing")]
pub(crate) fn statements() -> Vec<(&'static str, &'static str)> {
    [shared::statements(), ALL.to_vec()].concat()
}
