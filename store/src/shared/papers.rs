//! Documents that were attached: their rows. The bytes are files.

use miftah_portal::dossier::Paper;
use miftah_portal::id::{ComplaintId, FileId, JourneyId};
use miftah_portal::ports::{Media, Millis};
use miftah_rules::complaint::Slot;
use sqlx::Row as _;

use super::{Conn, Fault, Readers, Row, Writers};

statements! {
    ADD = "insert into paper (id, journey, complaint, slot, media, size, added_at) \
        values ($1, $2, $3, $4, $5, $6, $7)";
    GIVE = "update paper set complaint = $2 where id = $1 and complaint is null";
    OF = "select id, journey, complaint, slot, media, size, added_at from paper \
        where complaint = $1 order by slot, id";
    STRAY = "select id from paper where complaint is null and added_at < $1 \
        order by added_at limit $2";
    STRAY_BYTES = "select cast(coalesce(sum(size), 0) as bigint) as n from paper \
        where complaint is null";
    FORGET = "delete from paper where id = $1 and complaint is null";
}

pub(super) async fn add(conn: &mut Conn, paper: &Paper) -> Result<(), Fault> {
    sqlx::query(ADD)
        .bind(paper.id.as_str())
        .bind(paper.journey.as_str())
        .bind(paper.complaint.as_ref().map(ComplaintId::as_str))
        .bind(paper.slot.name())
        .bind(paper.media.name())
        .bind(paper.size)
        .bind(paper.added_at.0)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn give(
    conn: &mut Conn,
    papers: &[FileId],
    complaint: &ComplaintId,
) -> Result<(), Fault> {
    for paper in papers {
        let given = sqlx::query(GIVE)
            .bind(paper.as_str())
            .bind(complaint.as_str())
            .execute(&mut *conn)
            .await?;
        if given.rows_affected() == 0 {
            return Err(Fault::Told("a document that is not there any more".into()));
        }
    }
    Ok(())
}

pub(super) async fn of(pool: &Readers, complaint: &ComplaintId) -> Result<Vec<Paper>, Fault> {
    let rows = sqlx::query(OF)
        .bind(complaint.as_str())
        .fetch_all(pool)
        .await?;
    rows.iter().map(paper).collect()
}

pub(super) async fn stray_bytes(pool: &Readers) -> Result<u64, Fault> {
    let row = sqlx::query(STRAY_BYTES).fetch_one(pool).await?;
    Ok(row.try_get::<i64, _>("n")?.unsigned_abs())
}

pub(super) async fn stray(
    pool: &Readers,
    before: Millis,
    limit: i64,
) -> Result<Vec<FileId>, Fault> {
    let rows = sqlx::query(STRAY)
        .bind(before.0)
        .bind(limit)
        .fetch_all(pool)
        .await?;
    rows.iter()
        .map(|row| Ok(FileId(row.try_get("id")?)))
        .collect()
}

pub(super) async fn forget(pool: &Writers, id: &FileId) -> Result<(), Fault> {
    sqlx::query(FORGET).bind(id.as_str()).execute(pool).await?;
    Ok(())
}

fn paper(row: &Row) -> Result<Paper, Fault> {
    let slot: String = row.try_get("slot")?;
    let media: String = row.try_get("media")?;
    Ok(Paper {
        id: FileId(row.try_get("id")?),
        journey: JourneyId(row.try_get("journey")?),
        complaint: row
            .try_get::<Option<String>, _>("complaint")?
            .map(ComplaintId),
        slot: Slot::from_name(&slot).ok_or(Fault::Unknown("paper.slot"))?,
        media: Media::from_name(&media).ok_or(Fault::Unknown("paper.media"))?,
        size: row.try_get("size")?,
        added_at: Millis(row.try_get("added_at")?),
    })
}
