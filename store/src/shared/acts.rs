//! History: one chain a subject (idea 8), sealed inside the transaction that writes it.

use miftah_portal::act;
use miftah_portal::model::{Act, SealedAct};
use miftah_portal::ports::Millis;
use sqlx::Row as _;

use super::{Conn, Fault, Readers, Row};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select subject, seq, kind, happened_at, act_values, salt, digest, hash from act ",
            "where subject = $1 order by ",
            $rest
        )
    };
}

statements! {
    OF = select!("seq");
    LAST = select!("seq desc limit 1");
    ADD = "insert into act (subject, seq, kind, happened_at, act_values, salt, digest, hash) \
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
}

/// Puts an act at the end of its subject's chain; the subject's turn is already taken.
pub(super) async fn record(conn: &mut Conn, act: &Act) -> Result<(), Fault> {
    let last = sqlx::query(LAST)
        .bind(&act.subject)
        .fetch_optional(&mut *conn)
        .await?;
    let last = last.as_ref().map(sealed).transpose()?;
    let sealed = act::seal(act.clone(), last.as_ref());
    sqlx::query(ADD)
        .bind(&sealed.act.subject)
        .bind(sealed.seq)
        .bind(&sealed.act.kind)
        .bind(sealed.act.at.0)
        .bind(&sealed.act.values)
        .bind(&sealed.act.salt)
        .bind(&sealed.digest)
        .bind(&sealed.hash)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn of(pool: &Readers, subject: &str) -> Result<Vec<SealedAct>, Fault> {
    let rows = sqlx::query(OF).bind(subject).fetch_all(pool).await?;
    rows.iter().map(sealed).collect()
}

fn sealed(row: &Row) -> Result<SealedAct, Fault> {
    Ok(SealedAct {
        act: Act {
            subject: row.try_get("subject")?,
            kind: row.try_get("kind")?,
            at: Millis(row.try_get("happened_at")?),
            values: row.try_get("act_values")?,
            salt: row.try_get("salt")?,
        },
        seq: row.try_get("seq")?,
        digest: row.try_get("digest")?,
        hash: row.try_get("hash")?,
    })
}
