//! What keeps the database small, and the question whether it answers.

use miftah_portal::ports::Millis;

use super::{Fault, Readers, Writers};

/// Rows deleted in one go, as the statements have it: others write in between.
const BATCH: u64 = 500;

statements! {
    JOURNEYS = "delete from journey where id in \
        (select id from journey where expires_at < $1 limit 500)";
    SESSIONS = "delete from session where id in (select id from session \
        where expires_at < $1 or last_seen_at + idle_ms < $1 limit 500)";
    LETTERS = "delete from letter where id in \
        (select id from letter where state in ('sent', 'expired') and sent_at < $1 limit 500)";
    PARKED = "delete from letter where id in \
        (select id from letter where state = 'parked' and parked_at < $1 limit 500)";
    THROTTLES = "delete from throttle where key in \
        (select key from throttle where last_at < $1 limit 500)";
    PING = "select 1";
}

/// Each batch by itself: a sweep cut short is simply continued by the next one.
pub(super) async fn sweep(
    pool: &Writers,
    before: Millis,
    parked_before: Millis,
) -> Result<u64, Fault> {
    let mut rows = 0;
    for (statement, before) in [
        (JOURNEYS, before),
        (SESSIONS, before),
        (LETTERS, before),
        (PARKED, parked_before),
        (THROTTLES, before),
    ] {
        loop {
            let swept = sqlx::query(statement)
                .bind(before.0)
                .execute(pool)
                .await?
                .rows_affected();
            rows += swept;
            if swept < BATCH {
                break;
            }
        }
    }
    Ok(rows)
}

pub(super) async fn ping(pool: &Readers) -> Result<(), Fault> {
    sqlx::query(PING).execute(pool).await?;
    Ok(())
}
