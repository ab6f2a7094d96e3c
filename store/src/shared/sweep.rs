//! What keeps the database small, and the question whether it answers.

use miftah_portal::ports::Millis;
use sqlx::Pool;

use super::{Db, Fault};

statements! {
    JOURNEYS = "delete from journey where expires_at < $1";
    SESSIONS = "delete from session where expires_at < $1 or last_seen_at + idle_ms < $1";
    LETTERS = "delete from letter where state = 'sent' and sent_at < $1";
    THROTTLES = "delete from throttle where last_at < $1";
    PING = "select 1";
}

/// Each kind of row by itself: a sweep cut short is simply continued by the next one, and other
/// writers wait less.
pub(super) async fn sweep(pool: &Pool<Db>, before: Millis) -> Result<u64, Fault> {
    let mut rows = 0;
    for statement in [JOURNEYS, SESSIONS, LETTERS, THROTTLES] {
        rows += sqlx::query(statement)
            .bind(before.0)
            .execute(pool)
            .await?
            .rows_affected();
    }
    Ok(rows)
}

pub(super) async fn ping(pool: &Pool<Db>) -> Result<(), Fault> {
    sqlx::query(PING).execute(pool).await?;
    Ok(())
}
