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
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteQueryResult, SqliteRow, SqliteStatement, SqliteTypeInfo,
};
use sqlx::{
    ConnectOptions as _, Connection as _, Either, Error, Execute, Executor, Pool, SqlStr, Sqlite,
    SqliteConnection,
};
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

use crate::turn::{Pass, Turnstile};

/// How long a request waits for a free connection before it gives up.
const PATIENCE: Duration = Duration::from_secs(30);

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
    lanes: Vec<Arc<Mutex<SqliteConnection>>>,
    /// Where whoever writes waits for other programs.
    turnstile: Option<Turnstile>,
}

/// One of them, given back when it is dropped.
#[derive(Debug)]
pub(crate) enum Lane {
    Kept {
        /// Goes back before the permit does.
        conn: OwnedMutexGuard<SqliteConnection>,
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
            lanes.push(Arc::new(Mutex::new(connect(options).await?)));
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
        let permit = match Arc::clone(&self.free).try_acquire_owned() {
            Ok(permit) => permit,
            Err(_) => tokio::time::timeout(PATIENCE, Arc::clone(&self.free).acquire_owned())
                .await
                .map_err(|_| Error::PoolTimedOut)?
                .map_err(|_| Error::PoolClosed)?,
        };
        let free = self.lanes.iter().map(Arc::clone).map(Mutex::try_lock_owned);
        let mut conn = free.flatten().next().ok_or(Error::PoolClosed)?;
        self.mend(&mut conn).await?;
        let turn = match &self.turnstile {
            Some(turnstile) => turnstile.turn().await,
            None => None,
        };
        Ok(Lane::Kept {
            conn,
            _turn: turn,
            _permit: permit,
        })
    }

    /// What somebody gave up in the middle is rolled back before the next one begins.
    ///
    /// When the disk is full SQLite rolls back by itself. sqlx, whose own `rollback` then finds nothing
    /// to roll back, takes the connection for one within a transaction for ever: it is replaced.
    async fn mend(&self, conn: &mut SqliteConnection) -> Result<(), Error> {
        if !conn.is_in_transaction() {
            return Ok(());
        }
        conn.ping().await?;
        if conn.is_in_transaction() {
            *conn = connect(&self.options).await?;
        }
        Ok(())
    }
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

/// `SQLITE_BUSY`, whatever the lower digits of an extended code say more.
fn is_busy(error: &Error) -> bool {
    let code = error.as_database_error().and_then(DatabaseError::code);
    code.and_then(|code| code.parse::<i32>().ok())
        .is_some_and(|code| code & 0xff == 5)
}

impl Deref for Lane {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        match self {
            Self::Kept { conn, .. } => conn,
            Self::Memory(conn) => conn,
        }
    }
}

impl DerefMut for Lane {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match self {
            Self::Kept { conn, .. } => conn,
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
