//! Connections for look-ups in a SQLite file, kept open.
//!
//! sqlx's pool asks each connection whether it is alive when it is taken and when it is given back.
//! Every question to SQLite goes to another thread and back, so a look-up of one row would cost three
//! times what it has to; and a file does not go away.

use std::sync::{Arc, Mutex, PoisonError};

use futures_core::future::BoxFuture;
use futures_core::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteQueryResult, SqliteRow, SqliteStatement, SqliteTypeInfo,
};
use sqlx::{
    ConnectOptions as _, Either, Error, Execute, Executor, Pool, SqlStr, Sqlite, SqliteConnection,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The connections; cloned, they are the same.
#[derive(Clone, Debug)]
pub(crate) enum Lanes {
    /// To a file.
    Kept {
        free: Arc<Semaphore>,
        idle: Arc<Mutex<Vec<SqliteConnection>>>,
    },
    /// A database in memory has one connection, which writes too.
    Memory(Pool<Sqlite>),
}

/// One of them, given back when it is dropped.
enum Lane {
    Kept {
        conn: Option<SqliteConnection>,
        idle: Arc<Mutex<Vec<SqliteConnection>>>,
        _permit: OwnedSemaphorePermit,
    },
    Memory(PoolConnection<Sqlite>),
}

impl Lanes {
    /// Opens `count` of them.
    pub(crate) async fn open(options: &SqliteConnectOptions, count: usize) -> Result<Self, Error> {
        let mut idle = Vec::with_capacity(count);
        for _ in 0..count {
            idle.push(options.connect().await?);
        }
        Ok(Self::Kept {
            free: Arc::new(Semaphore::new(count)),
            idle: Arc::new(Mutex::new(idle)),
        })
    }

    async fn take(&self) -> Result<Lane, Error> {
        let (free, idle) = match self {
            Self::Kept { free, idle } => (Arc::clone(free), Arc::clone(idle)),
            Self::Memory(pool) => return Ok(Lane::Memory(pool.acquire().await?)),
        };
        let permit = free.acquire_owned().await.map_err(|_| Error::PoolClosed)?;
        let conn = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Ok(Lane::Kept {
            conn,
            idle,
            _permit: permit,
        })
    }
}

impl Lane {
    fn conn(&mut self) -> Result<&mut SqliteConnection, Error> {
        match self {
            // There are as many as permits.
            Self::Kept { conn, .. } => conn.as_mut().ok_or(Error::PoolClosed),
            Self::Memory(conn) => Ok(conn),
        }
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        if let Self::Kept { conn, idle, .. } = self {
            let mut idle = idle.lock().unwrap_or_else(PoisonError::into_inner);
            idle.extend(conn.take());
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
            let mut lane = lanes.take().await?;
            let rows: Vec<_> = lane.conn()?.fetch_many(query).try_collect().await?;
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
        Box::pin(async move { lanes.take().await?.conn()?.fetch_optional(query).await })
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
        Box::pin(async move {
            lanes
                .take()
                .await?
                .conn()?
                .prepare_with(sql, parameters)
                .await
        })
    }
}
