//! Signing in, written in one question to SQLite instead of four.
//!
//! Each question goes to another thread and back, which takes its time from whoever is hashing. Where
//! nothing is in the way, one script does what [`super::shared::Database`] does step by step; where
//! anything is, it leaves nothing behind, and the steps find out what.

use miftah_portal::act;
use miftah_portal::store::Write;

use super::shared::sessions;
use crate::fault::Fault;
use crate::lanes::Lanes;

statements! {
    /// A refused session makes an act without a place in its chain, which ends the transaction.
    SIGN_IN = "begin immediate; \
        insert or rollback into session (id, token_hash, account, started_at, last_seen_at, \
        proved_at, expires_at, idle_ms, device) select $1, $2, id, $4, $5, $6, $7, $8, $9 \
        from account where id = $3 and version = $10 \
        and not exists (select 1 from throttle where \
        key = $11 and (failures <> $12 or last_at <> $13) or \
        key = $14 and (failures <> $15 or last_at <> $16)); \
        insert or rollback into act (subject, seq, kind, happened_at, act_values, salt, digest, \
        hash) values ($17, case when changes() = 1 then $18 end, $19, $20, $21, $22, $23, $24); \
        commit";
}

/// Whether it was written. Only a sign-in that has nothing else to write is.
pub(crate) async fn at_once(writers: &Lanes, writes: &[Write]) -> Result<bool, Fault> {
    let [
        Write::AddSessionAt {
            session,
            version,
            tried,
        },
        Write::RecordAfter { act, end },
    ] = writes
    else {
        return Ok(false);
    };
    let mut query = sessions::bound(SIGN_IN, session).bind(version);
    for ((key, _), seen) in tried.limits.iter().zip(&tried.seen) {
        query = query.bind(key).bind(seen.failures).bind(seen.last_at.0);
    }
    let sealed = act::seal(act.clone(), end.as_ref());
    let query = query
        .bind(&sealed.act.subject)
        .bind(sealed.seq)
        .bind(&sealed.act.kind)
        .bind(sealed.act.at.0)
        .bind(&sealed.act.values)
        .bind(&sealed.act.salt)
        .bind(&sealed.digest)
        .bind(&sealed.hash);
    Ok(writers.acquire().await?.run_script(query).await?)
}
