//! Signing in, written in one question to SQLite instead of four.
//!
//! Each question goes to another thread and back, which takes its time from whoever is hashing. Where
//! nothing is in the way, one script does what [`super::shared::Database`] does step by step; where
//! anything is, it leaves nothing behind, and the steps find out what.

use miftah_portal::act;
use miftah_portal::store::Write;

use super::shared::{acts, sessions};
use crate::fault::Fault;
use crate::lanes::Lanes;

statements! {
    /// A refused session makes an act without a place in its chain, which ends the transaction.
    SIGN_IN = concat!(
        "begin immediate; ",
        session_at!("insert or rollback"),
        still_as_seen!(),
        "; insert or rollback into act ",
        act_columns!(),
        " values ($18, case when changes() = 1 then $19 end, $20, $21, $22, $23, $24, $25); commit"
    );
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
    let sealed = act::seal(act.clone(), end.as_ref());
    let query = sessions::bound_at(SIGN_IN, session, *version, tried);
    let query = acts::bound(query, &sealed);
    Ok(writers.acquire().await?.run_script(query).await?)
}
