//! Databases for tests, of this crate and of others: real ones, never doubles.
#![expect(
    clippy::expect_used,
    reason = "a test without its database has to stop and say why"
)]

use std::path::PathBuf;
use std::str::FromStr as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use miftah_portal::store::{Store, StoreResult};
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Executor as _, Row as _, SqlSafeStr as _};

use crate::migrations::MIGRATIONS;
use crate::{postgres, sqlite};

mod by_row;
mod locked;

pub use by_row::ByRow;
pub use locked::Locked;

/// Names the PostgreSQL that tests may fill with schemas of their own.
const VARIABLE: &str = "MIFTAH_TEST_POSTGRES";

/// An empty SQLite store in memory; gone when it is dropped.
pub async fn temporary() -> Arc<dyn Store> {
    crate::open("sqlite::memory:")
        .await
        .expect("a database in memory opens")
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// An empty database for one test: a SQLite file in a folder of its own, or a PostgreSQL schema.
#[derive(Debug)]
pub struct Place {
    engine: Engine,
    name: String,
    url: String,
}

impl Place {
    /// # Panics
    /// When `MIFTAH_TEST_POSTGRES` is needed and missing, or when the database does not answer.
    pub async fn make(engine: Engine) -> Self {
        static COUNTER: AtomicU64 = AtomicU64::new(0);
        let count = COUNTER.fetch_add(1, Ordering::SeqCst);
        let name = format!("miftah_test_{}_{count}", std::process::id());
        let url = match engine {
            Engine::Sqlite => format!("sqlite://{}/store/miftah.db", folder(&name).display()),
            Engine::Postgres => format!("{}options[search_path]={name}", server()),
        };
        let place = Self { engine, name, url };
        place.clear().await;
        if engine == Engine::Postgres {
            place
                .administer(format!("create schema {}", place.name))
                .await;
        }
        place
    }

    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// What [`crate::open`] takes.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// # Panics
    /// When it does not open.
    pub async fn open(&self) -> Arc<dyn Store> {
        crate::open(&self.url)
            .await
            .expect("the test's database opens")
    }

    /// Opens with the migrations up to number `last` only.
    ///
    /// # Errors
    /// As [`crate::open`].
    pub async fn open_at(&self, last: i64) -> StoreResult<Arc<dyn Store>> {
        Ok(match self.engine {
            Engine::Sqlite => Arc::new(sqlite::open_at(&self.url, last).await?),
            Engine::Postgres => Arc::new(postgres::open_at(&self.url, last).await?),
        })
    }

    /// Tables, columns, indexes and constraints as the database tells them, one a line.
    ///
    /// # Panics
    /// When the database does not answer.
    pub async fn schema(&self) -> Vec<String> {
        match self.engine {
            Engine::Sqlite => {
                self.texts("select coalesce(sql, name) from sqlite_schema")
                    .await
            }
            Engine::Postgres => {
                let mut lines = Vec::new();
                for statement in [
                    "select concat_ws(' ', table_name, column_name, data_type, is_nullable, \
                        column_default) from information_schema.columns \
                        where table_schema = current_schema",
                    "select indexdef from pg_indexes where schemaname = current_schema",
                    "select concat_ws(' ', conrelid::regclass::text, conname, \
                        pg_get_constraintdef(oid)) from pg_constraint \
                        where connamespace = current_schema::regnamespace",
                ] {
                    lines.append(&mut self.texts(statement).await);
                }
                // The schema's name is this place's, not the product's.
                let own = format!("{}.", self.name);
                lines.iter().map(|line| line.replace(&own, "")).collect()
            }
        }
    }

    /// The names of its tables, sorted.
    ///
    /// # Panics
    /// When the database does not answer.
    pub async fn tables(&self) -> Vec<String> {
        self.texts(match self.engine {
            Engine::Sqlite => "select name from sqlite_schema where type = 'table'",
            Engine::Postgres => {
                "select table_name::text from information_schema.tables \
                where table_schema = current_schema"
            }
        })
        .await
    }

    /// The first column of a statement's rows, sorted.
    ///
    /// # Panics
    /// When the database refuses the statement.
    pub async fn texts(&self, statement: &'static str) -> Vec<String> {
        let mut texts: Vec<String> = match self.engine {
            Engine::Sqlite => {
                let mut conn = self.sqlite().connect().await.expect("the file opens");
                let rows = sqlx::query(statement).fetch_all(&mut conn).await;
                rows.expect(statement)
                    .iter()
                    .map(|row| row.get(0))
                    .collect()
            }
            Engine::Postgres => {
                let mut conn = self.postgres().connect().await.expect("PostgreSQL answers");
                let rows = sqlx::query(statement).fetch_all(&mut conn).await;
                rows.expect(statement)
                    .iter()
                    .map(|row| row.get(0))
                    .collect()
            }
        };
        texts.sort();
        texts
    }

    /// Runs statements that change something, as an operator or another program would.
    ///
    /// # Panics
    /// When the database refuses them.
    pub async fn run(&self, statements: &'static str) {
        match self.engine {
            Engine::Sqlite => {
                let mut conn = self.sqlite().connect().await.expect("the file opens");
                conn.execute(statements).await.expect(statements);
            }
            Engine::Postgres => {
                let mut conn = self.postgres().connect().await.expect("PostgreSQL answers");
                conn.execute(statements).await.expect(statements);
            }
        }
    }

    /// Prepares every statement of the store and answers those that are refused, with the reason.
    ///
    /// # Panics
    /// When the database does not answer.
    pub async fn refused_statements(&self) -> Vec<String> {
        let mut refused = Vec::new();
        match self.engine {
            Engine::Sqlite => {
                let mut conn = self.sqlite().connect().await.expect("the file opens");
                for (name, sql) in sqlite::statements() {
                    if let Err(error) = conn.prepare(sql.into_sql_str()).await {
                        refused.push(format!("{name}: {error}"));
                    }
                }
            }
            Engine::Postgres => {
                let mut conn = self.postgres().connect().await.expect("PostgreSQL answers");
                for (name, sql) in postgres::statements() {
                    if let Err(error) = conn.prepare(sql.into_sql_str()).await {
                        refused.push(format!("{name}: {error}"));
                    }
                }
            }
        }
        refused
    }

    /// Removes everything; a test that failed leaves its database to be looked at.
    pub async fn remove(self) {
        self.clear().await;
    }

    async fn clear(&self) {
        match self.engine {
            Engine::Sqlite => drop(std::fs::remove_dir_all(folder(&self.name))),
            Engine::Postgres => {
                self.administer(format!("drop schema if exists {} cascade", self.name))
                    .await;
            }
        }
    }

    async fn administer(&self, statement: String) {
        let mut conn = self.postgres().connect().await.expect("PostgreSQL answers");
        // Made of this process's number alone.
        conn.execute(AssertSqlSafe(statement))
            .await
            .expect("a schema is made or dropped");
    }

    fn sqlite(&self) -> SqliteConnectOptions {
        SqliteConnectOptions::from_str(&self.url).expect("a SQLite URL")
    }

    fn postgres(&self) -> PgConnectOptions {
        PgConnectOptions::from_str(&self.url).expect("a PostgreSQL URL")
    }
}

/// Number of the newest migration.
pub fn newest_migration() -> i64 {
    MIGRATIONS
        .iter()
        .map(|migration| migration.version)
        .max()
        .unwrap_or(0)
}

/// The migrations inside the program as their files are called.
pub fn migration_files() -> Vec<String> {
    MIGRATIONS
        .iter()
        .map(|m| format!("{:04}_{}.sql", m.version, m.slug))
        .collect()
}

fn folder(name: &str) -> PathBuf {
    std::env::temp_dir().join(name)
}

/// The server's URL, ready for one more parameter.
fn server() -> String {
    let url = std::env::var(VARIABLE).unwrap_or_default();
    assert!(
        !url.is_empty(),
        "{VARIABLE} is not set: run the tests with `cargo xtask test`, which starts a PostgreSQL \
        of its own and names it there"
    );
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}")
}
