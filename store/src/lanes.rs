//! Connections to a SQLite file, kept open.
//!
//! sqlx's pool asks each connection whether it is alive when it is taken and when it is given back.
//! Every question to SQLite goes to another thread and back, so a look-up of one row would cost three
//! times what it has to; and a file does not go away.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

use futures_core::future::BoxFuture;
use futures_core::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use sqlx::error::DatabaseError;
use sqlx::pool::PoolConnection;
use sqlx::query::Query;
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteQueryResult, SqliteRow, SqliteStatement,
    SqliteTypeInfo,
};
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, Either, Error, Execute, Executor, Pool,
    SqlStr, Sqlite, SqliteConnection,
};
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use crate::turn::{Pass, Turnstile};

/// How long a request waits for a free connection before it gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long SQLite waits for a lock that another program holds.
pub(crate) const LOCK_PATIENCE: Duration = Duration::from_secs(20);

/// Whoever waited longer than this for a connection waits less for the lock: behind somebody who waits
/// for it in vain, two patiences would be one too many.
const LONG: Duration = Duration::from_secs(1);

/// Between two tries at opening a file that another program is just beginning or ending to use.
const PAUSE: Duration = Duration::from_millis(20);

/// Half a minute of them.
const CONNECT_TRIES: u32 = 1500;

/// The connections; cloned, they are the same.
#[derive(Clone, Debug)]
pub(crate) enum Lanes {
    /// To a file.
    Kept(Arc<Kept>),
    /// A database in memory has one connection, which reads and writes.
    Memory(Pool<Sqlite>),
}

#[derive(Debug)]
pub(crate) struct Kept {
    options: SqliteConnectOptions,
    /// As many permits as lanes: whoever has one finds a lane that nobody holds.
    free: Arc<Semaphore>,
    lanes: Vec<Arc<Mutex<Open>>>,
    /// Where whoever writes waits for other programs.
    turnstile: Option<Turnstile>,
}

#[derive(Debug)]
pub(crate) struct Open {
    conn: SqliteConnection,
    /// In the middle of a script, of whose transaction sqlx knows nothing.
    in_script: bool,
    /// It waits for a lock as long as is left of [`LOCK_PATIENCE`], not all of it.
    hurries: bool,
}

/// One of them, given back when it is dropped.
#[derive(Debug)]
pub(crate) enum Lane {
    Kept {
        /// Goes back before the permit does.
        open: OwnedMutexGuard<Open>,
        _turn: Option<Pass>,
        _permit: OwnedSemaphorePermit,
    },
    Memory(PoolConnection<Sqlite>),
}

impl Lanes {
    /// Opens `count` of them that read.
    pub(crate) async fn readers(
        options: &SqliteConnectOptions,
        count: usize,
    ) -> Result<Self, Error> {
        Self::open(options, count, None).await
    }

    /// Opens the one that writes.
    pub(crate) async fn writer(options: &SqliteConnectOptions) -> Result<Self, Error> {
        let turnstile = Turnstile::beside(options.get_filename());
        Self::open(options, 1, Some(turnstile)).await
    }

    async fn open(
        options: &SqliteConnectOptions,
        count: usize,
        turnstile: Option<Turnstile>,
    ) -> Result<Self, Error> {
        let mut lanes = Vec::with_capacity(count);
        for _ in 0..count {
            lanes.push(Arc::new(Mutex::new(Open {
                conn: connect(options).await?,
                in_script: false,
                hurries: false,
            })));
        }
        Ok(Self::Kept(Arc::new(Kept {
            options: options.clone(),
            free: Arc::new(Semaphore::new(count)),
            lanes,
            turnstile,
        })))
    }

    /// Takes one, and waits for it if need be.
    pub(crate) async fn acquire(&self) -> Result<Lane, Error> {
        match self {
            Self::Kept(kept) => kept.acquire().await,
            Self::Memory(pool) => Ok(Lane::Memory(pool.acquire().await?)),
        }
    }
}

impl Kept {
    async fn acquire(&self) -> Result<Lane, Error> {
        let begun = Instant::now();
        let permit = match Arc::clone(&self.free).try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => tokio::time::timeout(PATIENCE, Arc::clone(&self.free).acquire_owned())
                .await
                .map_err(|_| Error::PoolTimedOut)?
                .map_err(|_| Error::PoolClosed)?,
        };
        let free = self.lanes.iter().map(Arc::clone).map(Mutex::try_lock_owned);
        let mut open = free.flatten().next().ok_or(Error::PoolClosed)?;
        self.mend(&mut open).await?;
        let turn = match &self.turnstile {
            Some(turnstile) => turnstile.turn().await,
            None => None,
        };
        hurry(&mut open, begun.elapsed()).await?;
        Ok(Lane::Kept {
            open,
            _turn: turn,
            _permit: permit,
        })
    }

    /// What somebody gave up in the middle is rolled back before the next one begins.
    ///
    /// When the disk is full SQLite rolls back by itself. sqlx, whose own `rollback` then finds nothing
    /// to roll back, takes the connection for one within a transaction for ever: it is replaced.
    async fn mend(&self, open: &mut Open) -> Result<(), Error> {
        if open.conn.is_in_transaction() {
            open.conn.ping().await?;
        }
        if open.in_script || open.conn.is_in_transaction() {
            open.conn = connect(&self.options).await?;
            open.in_script = false;
            open.hurries = false;
        }
        Ok(())
    }
}

/// Leaves a connection that was waited for the rest of [`LOCK_PATIENCE`]; the next one has all of it.
async fn hurry(open: &mut Open, waited: Duration) -> Result<(), Error> {
    let late = waited > LONG;
    if !late && !open.hurries {
        return Ok(());
    }
    let left = LOCK_PATIENCE.saturating_sub(if late { waited } else { Duration::ZERO });
    let pragma = format!("pragma busy_timeout = {}", left.as_millis());
    open.conn.execute(AssertSqlSafe(pragma)).await?;
    open.hurries = late;
    Ok(())
}

/// Opens one. SQLite waits for nobody while it begins or ends a write-ahead log: a program that starts
/// or stops in the same moment is waited for here.
async fn connect(options: &SqliteConnectOptions) -> Result<SqliteConnection, Error> {
    for _ in 0..CONNECT_TRIES {
        match options.connect().await {
            Err(error) if is_busy(&error) => tokio::time::sleep(PAUSE).await,
            outcome => return outcome,
        }
    }
    options.connect().await
}

/// `SQLITE_BUSY`.
fn is_busy(error: &Error) -> bool {
    error.as_database_error().and_then(primary_code) == Some(5)
}

/// Without what an extended code says more.
fn primary_code(error: &dyn DatabaseError) -> Option<i32> {
    let code: i32 = error.code()?.parse().ok()?;
    Some(code & 0xff)
}

impl Lane {
    /// Runs statements that begin and end a transaction of their own, and says whether they did:
    /// where a constraint refuses one, `or rollback` has ended it. A connection on which anything else
    /// went wrong, or that was given up meanwhile, is replaced before it is used again.
    ///
    /// Not on a database in memory, whose connection cannot be replaced.
    pub(crate) async fn run_script(
        &mut self,
        script: Query<'_, Sqlite, SqliteArguments>,
    ) -> Result<bool, Error> {
        let Self::Kept { open, .. } = self else {
            return Ok(false);
        };
        open.in_script = true;
        let outcome = script.execute(&mut open.conn).await;
        let written = match outcome {
            Ok(_) => true,
            Err(Error::Database(error)) if is_refused(error.as_ref()) => false,
            Err(error) => return Err(error),
        };
        open.in_script = false;
        Ok(written)
    }
}

/// `SQLITE_CONSTRAINT` of a row; a commit that is refused for its foreign keys leaves its transaction
/// open.
fn is_refused(error: &dyn DatabaseError) -> bool {
    !error.is_foreign_key_violation() && primary_code(error) == Some(19)
}

impl Deref for Lane {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        match self {
            Self::Kept { open, .. } => &open.conn,
            Self::Memory(conn) => conn,
        }
    }
}

impl DerefMut for Lane {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match self {
            Self::Kept { open, .. } => &mut open.conn,
            Self::Memory(conn) => conn,
        }
    }
}

impl<'c> Executor<'c> for &Lanes {
    type Database = Sqlite;

    fn fetch_many<'e, 'q: 'e, E>(
        self,
        query: E,
    ) -> BoxStream<'e, Result<Either<SqliteQueryResult, SqliteRow>, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        let lanes = self.clone();
        let all = async move {
            let mut lane = lanes.acquire().await?;
            let rows: Vec<_> = lane.fetch_many(query).try_collect().await?;
            Ok::<_, Error>(stream::iter(rows.into_iter().map(Ok)))
        };
        stream::once(all).try_flatten().boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(
        self,
        query: E,
    ) -> BoxFuture<'e, Result<Option<SqliteRow>, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Sqlite>,
    {
        let lanes = self.clone();
        Box::pin(async move { lanes.acquire().await?.fetch_optional(query).await })
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        parameters: &'e [SqliteTypeInfo],
    ) -> BoxFuture<'e, Result<SqliteStatement, Error>>
    where
        'c: 'e,
    {
        let lanes = self.clone();
        Box::pin(async move { lanes.acquire().await?.prepare_with(sql, parameters).await })
    }
}
