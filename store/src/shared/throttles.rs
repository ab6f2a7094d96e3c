//! Failures counted under a key (norm 5).

use miftah_portal::model::Throttle;
use miftah_portal::ports::Millis;
use miftah_portal::store::Conflict;
use miftah_portal::throttle::Limit;
use sqlx::Row as _;

use super::{Conn, Fault, Readers, Row};

/// Milliseconds after which an old failure counts no more (norm 2: tries a day).
const MEMORY_MS: i64 = 24 * 60 * 60 * 1000;
/// Milliseconds by which clocks may differ; as in [`Millis::is_ahead`].
const APART_MS: i64 = 60 * 1000;

statements! {
    BY_KEY = "select failures, last_at from throttle where key = $1";
    BY_KEYS = "select key, failures, last_at from throttle where key in ($1, $2)";
    /// Servers' clocks differ a little: the last moment goes back only where the clock did.
    COUNT = "insert into throttle (key, failures, last_at) values ($1, 1, $2) \
        on conflict (key) do update set \
        failures = case when throttle.last_at < $3 or throttle.last_at > $4 then 1 \
        else throttle.failures + 1 end, \
        last_at = case when throttle.last_at < $2 or throttle.last_at > $4 then $2 \
        else throttle.last_at end";
    /// Nothing is lost between two failures: the bucket empties by the clock, not by the row.
    POUR = "insert into throttle (key, failures, last_at) values ($1, 1, $4) \
        on conflict (key) do update set failures = throttle.failures + 1, \
        last_at = case when throttle.last_at < $2 then $4 else throttle.last_at + $3 end";
    FORGET = "delete from throttle where key = $1";
}

pub(super) async fn by_keys(
    pool: &Readers,
    keys: [&str; 2],
) -> Result<[Option<Throttle>; 2], Fault> {
    let [first, second] = keys;
    let query = sqlx::query(BY_KEYS).bind(first).bind(second);
    let mut found = [None, None];
    for row in query.fetch_all(pool).await? {
        let key: String = row.try_get("key")?;
        for (of, seen) in keys.into_iter().zip(&mut found) {
            if of == key {
                *seen = Some(throttle(&row)?);
            }
        }
    }
    Ok(found)
}

pub(super) async fn by_key(pool: &Readers, key: &str) -> Result<Option<Throttle>, Fault> {
    let row = sqlx::query(BY_KEY).bind(key).fetch_optional(pool).await?;
    row.as_ref().map(throttle).transpose()
}

/// The keys' turns are already taken: nobody counts between this and the end of the transaction.
pub(super) async fn within(
    conn: &mut Conn,
    limits: &[(String, Limit)],
    at: Millis,
) -> Result<(), Fault> {
    for two in limits.chunks(2) {
        let keys = [two.first(), two.get(1)].map(|limit| limit.map(|(key, _)| key));
        let query = sqlx::query(BY_KEYS).bind(keys[0]).bind(keys[1]);
        for row in query.fetch_all(&mut *conn).await? {
            let key: String = row.try_get("key")?;
            let seen = throttle(&row)?;
            let mut of_key = two.iter().filter(|(of, _)| *of == key);
            if of_key.any(|(_, limit)| limit.wait(&seen, at) > 0) {
                return Err(Conflict::HeldBack.into());
            }
        }
    }
    Ok(())
}

pub(super) async fn count(conn: &mut Conn, key: &str, at: Millis) -> Result<(), Fault> {
    sqlx::query(COUNT)
        .bind(key)
        .bind(at.0)
        .bind(at.0.saturating_sub(MEMORY_MS))
        .bind(at.0.saturating_add(APART_MS))
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn pour(
    conn: &mut Conn,
    key: &str,
    leak_ms: i64,
    at: Millis,
) -> Result<(), Fault> {
    sqlx::query(POUR)
        .bind(key)
        .bind(at.0)
        .bind(leak_ms)
        .bind(at.0.saturating_add(leak_ms))
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn forget(conn: &mut Conn, key: &str) -> Result<(), Fault> {
    sqlx::query(FORGET).bind(key).execute(conn).await?;
    Ok(())
}

/// As [`throttle`], where there may be none, under other names.
pub(super) fn seen(row: &Row, failures: &str, last_at: &str) -> Result<Option<Throttle>, Fault> {
    let Some(failures) = row.try_get(failures)? else {
        return Ok(None);
    };
    let last_at = Millis(row.try_get(last_at)?);
    Ok(Some(Throttle { failures, last_at }))
}

fn throttle(row: &Row) -> Result<Throttle, Fault> {
    Ok(Throttle {
        failures: row.try_get("failures")?,
        last_at: Millis(row.try_get("last_at")?),
    })
}
