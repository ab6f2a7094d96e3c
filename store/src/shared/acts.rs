//! History: one chain a subject (idea 8), sealed inside the transaction that writes it.

use miftah_portal::act;
use miftah_portal::model::{Act, ChainEnd, SealedAct};
use miftah_portal::ports::Millis;
use sqlx::Row as _;
use sqlx::query::Query;

use super::{Arguments, Conn, Db, Fault, Readers, Row};

statements! {
    OF = "select subject, seq, kind, happened_at, act_values, salt, digest, hash from act \
        where subject = $1 order by seq";
    END = "select seq as end_seq, hash as end_hash from act where subject = $1 \
        order by seq desc limit 1";
    ADD = concat!(
        "insert into act ",
        act_columns!(),
        " values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (subject, seq) do nothing"
    );
}

/// Puts an act at the end of its subject's chain; the subject's turn is already taken.
pub(super) async fn record(conn: &mut Conn, act: &Act) -> Result<(), Fault> {
    let row = sqlx::query(END)
        .bind(&act.subject)
        .fetch_optional(&mut *conn)
        .await?;
    let end = row.as_ref().map(end).transpose()?.flatten();
    if add(conn, act, end.as_ref()).await? {
        return Ok(());
    }
    Err(Fault::Told(
        "a history has another end than its last act".into(),
    ))
}

/// The same where the end of the chain was seen before the transaction; what came since is found by
/// its place being taken.
pub(super) async fn record_after(
    conn: &mut Conn,
    act: &Act,
    end: Option<&ChainEnd>,
) -> Result<(), Fault> {
    if add(conn, act, end).await? {
        return Ok(());
    }
    record(conn, act).await
}

/// Whether the place behind `end` was free.
async fn add(conn: &mut Conn, act: &Act, end: Option<&ChainEnd>) -> Result<bool, Fault> {
    let sealed = act::seal(act.clone(), end);
    let added = bound(sqlx::query(ADD), &sealed).execute(conn).await?;
    Ok(added.rows_affected() > 0)
}

pub(crate) fn bound<'q>(
    query: Query<'q, Db, Arguments>,
    sealed: &'q SealedAct,
) -> Query<'q, Db, Arguments> {
    query
        .bind(&sealed.act.subject)
        .bind(sealed.seq)
        .bind(&sealed.act.kind)
        .bind(sealed.act.at.0)
        .bind(&sealed.act.values)
        .bind(&sealed.act.salt)
        .bind(&sealed.digest)
        .bind(&sealed.hash)
}

/// `None` where nothing has happened yet.
pub(super) fn end(row: &Row) -> Result<Option<ChainEnd>, Fault> {
    let Some(seq) = row.try_get("end_seq")? else {
        return Ok(None);
    };
    let hash = row.try_get("end_hash")?;
    Ok(Some(ChainEnd { seq, hash }))
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
