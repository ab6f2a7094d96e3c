//! Journeys. The version makes a step happen once: a double click or a second tab loses.

use miftah_portal::id::{AccountId, JourneyId};
use miftah_portal::model::JourneyRow;
use miftah_portal::ports::Millis;
use miftah_portal::store::Conflict;
use sqlx::Row as _;

use super::{Conn, Fault, Readers, Row};

statements! {
    BY_ID = "select id, browser_hash, account, kind, step, data, created_at, expires_at, version \
        from journey where id = $1";
    /// Few of one account are ever at the same step: more than these are none that count.
    AT = "select id, browser_hash, account, kind, step, data, created_at, expires_at, version \
        from journey where account = $1 and kind = $2 and step = $3 \
        order by created_at desc, id desc limit 8";
    ADD = "insert into journey (id, browser_hash, account, kind, step, data, created_at, \
        expires_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Its creation is a fact and never changes.
    ADVANCE = "update journey set browser_hash = $3, account = $4, kind = $5, step = $6, \
        data = $7, expires_at = $8, version = version + 1 where id = $1 and version = $2";
    /// The version rises, so that a post on its way in another tab loses. What it remembered is
    /// personal data and goes at once.
    END = "update journey set step = 'over', data = '{}', version = version + 1 \
        where account = $1 and step <> 'over' and id <> coalesce($2, '')";
}

pub(super) async fn by_id(pool: &Readers, id: &JourneyId) -> Result<Option<JourneyRow>, Fault> {
    let row = sqlx::query(BY_ID)
        .bind(id.as_str())
        .fetch_optional(pool)
        .await?;
    row.as_ref().map(journey).transpose()
}

pub(super) async fn at(
    pool: &Readers,
    account: &AccountId,
    kind: &str,
    step: &str,
) -> Result<Vec<JourneyRow>, Fault> {
    let rows = sqlx::query(AT)
        .bind(account.as_str())
        .bind(kind)
        .bind(step)
        .fetch_all(pool)
        .await?;
    rows.iter().map(journey).collect()
}

pub(super) async fn add(conn: &mut Conn, row: &JourneyRow) -> Result<(), Fault> {
    sqlx::query(ADD)
        .bind(row.id.as_str())
        .bind(&row.browser_hash)
        .bind(row.account.as_ref().map(AccountId::as_str))
        .bind(&row.kind)
        .bind(&row.step)
        .bind(&row.data)
        .bind(row.created_at.0)
        .bind(row.expires_at.0)
        .bind(row.version)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn advance(conn: &mut Conn, row: &JourneyRow) -> Result<(), Fault> {
    let moved = sqlx::query(ADVANCE)
        .bind(row.id.as_str())
        .bind(row.version)
        .bind(&row.browser_hash)
        .bind(row.account.as_ref().map(AccountId::as_str))
        .bind(&row.kind)
        .bind(&row.step)
        .bind(&row.data)
        .bind(row.expires_at.0)
        .execute(conn)
        .await?;
    if moved.rows_affected() == 0 {
        return Err(Conflict::JourneyMoved.into());
    }
    Ok(())
}

pub(super) async fn end(
    conn: &mut Conn,
    account: &AccountId,
    except: Option<&JourneyId>,
) -> Result<(), Fault> {
    sqlx::query(END)
        .bind(account.as_str())
        .bind(except.map(JourneyId::as_str))
        .execute(conn)
        .await?;
    Ok(())
}

fn journey(row: &Row) -> Result<JourneyRow, Fault> {
    Ok(JourneyRow {
        id: JourneyId(row.try_get("id")?),
        browser_hash: row.try_get("browser_hash")?,
        account: row.try_get::<Option<String>, _>("account")?.map(AccountId),
        kind: row.try_get("kind")?,
        step: row.try_get("step")?,
        data: row.try_get("data")?,
        created_at: Millis(row.try_get("created_at")?),
        expires_at: Millis(row.try_get("expires_at")?),
        version: row.try_get("version")?,
    })
}
