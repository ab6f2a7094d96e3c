//! Sessions. An ended session is deleted, not marked: nothing can revive it, and who signed out
//! when is told by the account's history.

use miftah_portal::id::{AccountId, JourneyId, SessionId};
use miftah_portal::model::{Account, Person, Session};
use miftah_portal::ports::Millis;
use miftah_portal::store::{Conflict, Tried};
use sqlx::Row as _;
use sqlx::query::Query;

use super::{Arguments, Conn, Db, Fault, Readers, Row, accounts, roll, throttles};

macro_rules! select {
    ($condition:literal) => {
        concat!(
            "select id, token_hash, account, started_at, last_seen_at, proved_at, expires_at, ",
            "idle_ms, device, temporary from session where ",
            $condition
        )
    };
}

statements! {
    /// With its account and whose it is: nearly everything that somebody who is signed in asks for
    /// needs all three.
    BY_TOKEN = concat!(
        "select s.id as session, s.token_hash, s.started_at, s.last_seen_at, s.proved_at, ",
        "s.expires_at, s.idle_ms, s.device, s.temporary, ",
        account!(),
        ", ",
        record!(),
        " from session s join account a on a.id = s.account ",
        "left join person p on p.id = a.person ",
        "left join record r on r.person = p.id and r.version = ",
        current!(),
        " where s.token_hash = $1"
    );
    STILL_OPEN = select!(
        "account = $1 and expires_at > $2 and last_seen_at + idle_ms > $2 \
        order by last_seen_at desc, id desc"
    );
    ADD = "insert into session (id, token_hash, account, started_at, last_seen_at, proved_at, \
        expires_at, idle_ms, device, temporary) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// Whoever changes the account waits, or has come first.
    ADD_AT = concat!(session_at!("insert"), hold!());
    ADD_AT_SEEN = concat!(session_at!("insert"), still_as_seen!(), hold!());
    /// Never backwards: requests of one browser may arrive out of order.
    TOUCH = "update session set last_seen_at = $2 where id = $1 and last_seen_at < $2";
    PROVE = "update session set proved_at = $2 where id = $1 and proved_at < $2";
    SETTLE = "update session set temporary = null where id = $1";
    END = "delete from session where id = $1 and account = $2";
    END_ALL = "delete from session where account = $1 and id <> coalesce($2, '')";
}

/// Whether it has ended by time or idleness is for the reader to see.
pub(super) async fn by_token(
    pool: &Readers,
    hash: &str,
) -> Result<Option<(Session, Account, Option<Person>)>, Fault> {
    let row = sqlx::query(BY_TOKEN)
        .bind(hash)
        .fetch_optional(pool)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let account = accounts::account(&row)?;
    let session = with_ids(&row, SessionId(row.try_get("session")?), account.id.clone())?;
    Ok(Some((session, account, roll::person_maybe(&row)?)))
}

pub(super) async fn open(
    pool: &Readers,
    account: &AccountId,
    now: Millis,
) -> Result<Vec<Session>, Fault> {
    let rows = sqlx::query(STILL_OPEN)
        .bind(account.as_str())
        .bind(now.0)
        .fetch_all(pool)
        .await?;
    rows.iter().map(session).collect()
}

pub(super) async fn add(conn: &mut Conn, session: &Session) -> Result<(), Fault> {
    bound(ADD, session).execute(conn).await?;
    Ok(())
}

/// Only while the account is at this version, and nothing holds the try back.
pub(super) async fn add_at(
    conn: &mut Conn,
    session: &Session,
    version: i64,
    tried: &Tried,
) -> Result<(), Fault> {
    let add = bound_at(ADD_AT_SEEN, session, version, tried);
    if add.execute(&mut *conn).await?.rows_affected() > 0 {
        return Ok(());
    }
    throttles::within(conn, &tried.limits, tried.at).await?;
    let add = bound(ADD_AT, session).bind(version);
    if add.execute(conn).await?.rows_affected() == 0 {
        return Err(Conflict::AccountMoved.into());
    }
    Ok(())
}

/// What a session depends on too.
pub(crate) fn bound_at<'q>(
    statement: &'static str,
    session: &'q Session,
    version: i64,
    tried: &'q Tried,
) -> Query<'q, Db, Arguments> {
    let mut query = bound(statement, session).bind(version);
    for ((key, _), seen) in tried.limits.iter().zip(&tried.seen) {
        query = query.bind(key).bind(seen.failures).bind(seen.last_at.0);
    }
    query
}

fn bound<'q>(statement: &'static str, session: &'q Session) -> Query<'q, Db, Arguments> {
    sqlx::query(statement)
        .bind(session.id.as_str())
        .bind(&session.token_hash)
        .bind(session.account.as_str())
        .bind(session.started_at.0)
        .bind(session.last_seen_at.0)
        .bind(session.proved_at.0)
        .bind(session.expires_at.0)
        .bind(session.idle_ms)
        .bind(&session.device)
        .bind(session.temporary.as_ref().map(JourneyId::as_str))
}

/// A session that has ended meanwhile stays ended.
pub(super) async fn touch(conn: &mut Conn, id: &SessionId, at: Millis) -> Result<(), Fault> {
    sqlx::query(TOUCH)
        .bind(id.as_str())
        .bind(at.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// A session that has ended meanwhile stays ended.
pub(super) async fn prove(conn: &mut Conn, id: &SessionId, at: Millis) -> Result<(), Fault> {
    sqlx::query(PROVE)
        .bind(id.as_str())
        .bind(at.0)
        .execute(conn)
        .await?;
    Ok(())
}

/// A password of one's own was chosen in it.
pub(super) async fn settle(conn: &mut Conn, id: &SessionId) -> Result<(), Fault> {
    sqlx::query(SETTLE).bind(id.as_str()).execute(conn).await?;
    Ok(())
}

/// The account is named too: nobody ends another account's session by its id.
pub(super) async fn end(conn: &mut Conn, id: &SessionId, account: &AccountId) -> Result<(), Fault> {
    sqlx::query(END)
        .bind(id.as_str())
        .bind(account.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn end_all(
    conn: &mut Conn,
    account: &AccountId,
    except: Option<&SessionId>,
) -> Result<(), Fault> {
    sqlx::query(END_ALL)
        .bind(account.as_str())
        .bind(except.map(SessionId::as_str))
        .execute(conn)
        .await?;
    Ok(())
}

fn session(row: &Row) -> Result<Session, Fault> {
    let id = SessionId(row.try_get("id")?);
    with_ids(row, id, AccountId(row.try_get("account")?))
}

fn with_ids(row: &Row, id: SessionId, account: AccountId) -> Result<Session, Fault> {
    Ok(Session {
        id,
        token_hash: row.try_get("token_hash")?,
        account,
        started_at: Millis(row.try_get("started_at")?),
        last_seen_at: Millis(row.try_get("last_seen_at")?),
        proved_at: Millis(row.try_get("proved_at")?),
        expires_at: Millis(row.try_get("expires_at")?),
        idle_ms: row.try_get("idle_ms")?,
        device: row.try_get("device")?,
        temporary: row
            .try_get::<Option<String>, _>("temporary")?
            .map(JourneyId),
    })
}
