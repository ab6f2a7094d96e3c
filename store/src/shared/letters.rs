//! The outbox. A letter waits, is taken by one worker for a while, and ends sent or parked; a
//! worker that dies leaves it to the next one when its time is over.

use miftah_portal::id::{JourneyId, LetterId};
use miftah_portal::model::{Letter, ParkedLetter, Standing};
use miftah_portal::ports::{About, Millis, Refusal};
use miftah_rules::Lang;
use miftah_rules::view::Channel;
use sqlx::Row as _;

use super::{Conn, Fault, Readers, Row, Writers};

statements! {
    QUEUE = "insert into letter (id, state, kind, channel, destination, lang, params, journey, \
        code_counter, decoy, created_at, next_at, attempts) \
        values ($1, 'waiting', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    /// Oldest first. The inner rows are fixed before they are written, so never more than $3.
    TAKE = concat!(
        "with due as materialized (select id from letter \
        where channel = $4 and state in ('waiting', 'taken') and next_at <= $1 \
        order by next_at, id limit $3",
        skip_locked!(),
        ") update letter set state = 'taken', next_at = $2, attempts = attempts + 1 \
        where id in (select id from due) \
        returning id, kind, channel, destination, lang, params, journey, code_counter, decoy, \
        created_at, next_at, attempts"
    );
    /// Whoever sent it: a worker whose time was over has still sent it.
    SENT = "update letter set state = 'sent', sent_at = $2, last_error = null \
        where id = $1 and state <> 'sent'";
    DELAYED = "update letter set state = 'waiting', next_at = $2, last_error = $3, \
        refusal = $4 where id = $1 and state = 'taken'";
    PARKED = "update letter set state = 'parked', parked_at = $2, last_error = $3, \
        refusal = $4 where id = $1 and state = 'taken'";
    OF_CODE = "select state, sent_at, next_at, refusal from letter \
        where journey = $1 and code_counter = $2";
    LIST_PARKED = "select id, kind, channel, destination, lang, created_at, parked_at, attempts, \
        coalesce(last_error, '') as last_error, coalesce(refusal, 'other') as refusal, \
        journey is not null as of_code from letter \
        where state = 'parked' and not decoy order by parked_at desc, id desc limit $1";
    RELEASE = "update letter set state = 'waiting', next_at = $2, parked_at = null, attempts = 0 \
        where id = $1 and state = 'parked' and not decoy and journey is null";
    EXPIRED = "update letter set state = 'expired', sent_at = $2 \
        where id = $1 and state = 'taken'";
}

pub(super) async fn queue(conn: &mut Conn, letter: &Letter) -> Result<(), Fault> {
    sqlx::query(QUEUE)
        .bind(letter.id.as_str())
        .bind(&letter.kind)
        .bind(channel_name(letter.channel))
        .bind(&letter.to)
        .bind(letter.lang.tag())
        .bind(&letter.params)
        .bind(letter.journey.as_ref().map(|(id, _)| id.as_str()))
        .bind(letter.journey.as_ref().map(|(_, counter)| *counter))
        .bind(letter.decoy)
        .bind(letter.created_at.0)
        .bind(letter.next_at.0)
        .bind(letter.attempts)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn take(
    pool: &Writers,
    channel: Channel,
    now: Millis,
    lease_ms: i64,
    limit: i64,
) -> Result<Vec<Letter>, Fault> {
    let rows = sqlx::query(TAKE)
        .bind(now.0)
        .bind(now.0.saturating_add(lease_ms))
        .bind(limit)
        .bind(channel_name(channel))
        .fetch_all(pool)
        .await?;
    let mut letters = rows.iter().map(letter).collect::<Result<Vec<_>, _>>()?;
    // `returning` promises no order.
    letters.sort_by(|a, b| (a.created_at, &a.id).cmp(&(b.created_at, &b.id)));
    Ok(letters)
}

pub(super) async fn sent(pool: &Writers, id: &LetterId, at: Millis) -> Result<(), Fault> {
    sqlx::query(SENT)
        .bind(id.as_str())
        .bind(at.0)
        .execute(pool)
        .await?;
    Ok(())
}

pub(super) async fn delayed(
    pool: &Writers,
    id: &LetterId,
    next_at: Millis,
    why: &Refusal,
) -> Result<(), Fault> {
    sqlx::query(DELAYED)
        .bind(id.as_str())
        .bind(next_at.0)
        .bind(&why.said)
        .bind(about_name(why.about))
        .execute(pool)
        .await?;
    Ok(())
}

pub(super) async fn parked(
    pool: &Writers,
    id: &LetterId,
    at: Millis,
    why: &Refusal,
) -> Result<(), Fault> {
    sqlx::query(PARKED)
        .bind(id.as_str())
        .bind(at.0)
        .bind(&why.said)
        .bind(about_name(why.about))
        .execute(pool)
        .await?;
    Ok(())
}

pub(super) async fn of_code(
    pool: &Readers,
    journey: &JourneyId,
    counter: i64,
) -> Result<Option<Standing>, Fault> {
    let row = sqlx::query(OF_CODE)
        .bind(journey.as_str())
        .bind(counter)
        .fetch_optional(pool)
        .await?;
    row.as_ref().map(standing).transpose()
}

pub(super) async fn expired(pool: &Writers, id: &LetterId, at: Millis) -> Result<(), Fault> {
    sqlx::query(EXPIRED)
        .bind(id.as_str())
        .bind(at.0)
        .execute(pool)
        .await?;
    Ok(())
}

pub(super) async fn list_parked(pool: &Readers, limit: i64) -> Result<Vec<ParkedLetter>, Fault> {
    let rows = sqlx::query(LIST_PARKED).bind(limit).fetch_all(pool).await?;
    rows.iter().map(parked_letter).collect()
}

pub(super) async fn release(pool: &Writers, id: &LetterId, at: Millis) -> Result<bool, Fault> {
    let released = sqlx::query(RELEASE)
        .bind(id.as_str())
        .bind(at.0)
        .execute(pool)
        .await?;
    Ok(released.rows_affected() > 0)
}

fn parked_letter(row: &Row) -> Result<ParkedLetter, Fault> {
    let refusal: String = row.try_get("refusal")?;
    Ok(ParkedLetter {
        id: LetterId(row.try_get("id")?),
        kind: row.try_get("kind")?,
        channel: channel_of(row)?,
        to: row.try_get("destination")?,
        lang: lang_of(row)?,
        created_at: Millis(row.try_get("created_at")?),
        parked_at: Millis(row.try_get("parked_at")?),
        attempts: row.try_get("attempts")?,
        last_error: row.try_get("last_error")?,
        about: about_from(&refusal).ok_or(Fault::Unknown("letter.refusal"))?,
        of_code: row.try_get("of_code")?,
    })
}

fn standing(row: &Row) -> Result<Standing, Fault> {
    let state: String = row.try_get("state")?;
    let refusal: Option<String> = row.try_get("refusal")?;
    let about = refusal
        .map(|name| about_from(&name).ok_or(Fault::Unknown("letter.refusal")))
        .transpose()?;
    Ok(match (state.as_str(), about) {
        ("sent", _) => Standing::Sent(Millis(
            row.try_get::<Option<i64>, _>("sent_at")?
                .unwrap_or_default(),
        )),
        ("expired", _) => Standing::Expired,
        ("parked", about) => Standing::Parked(about.unwrap_or(About::Other)),
        // Just being tried again: still late.
        (_, Some(about)) => Standing::Delayed(Millis(row.try_get("next_at")?), about),
        (_, None) => Standing::Waiting,
    })
}

const fn about_name(about: About) -> &'static str {
    match about {
        About::Mailbox => "mailbox",
        About::Full => "full",
        About::Other => "other",
    }
}

fn about_from(name: &str) -> Option<About> {
    [About::Mailbox, About::Full, About::Other]
        .into_iter()
        .find(|about| about_name(*about) == name)
}

fn letter(row: &Row) -> Result<Letter, Fault> {
    let journey: Option<String> = row.try_get("journey")?;
    let counter: Option<i64> = row.try_get("code_counter")?;
    Ok(Letter {
        id: LetterId(row.try_get("id")?),
        kind: row.try_get("kind")?,
        channel: channel_of(row)?,
        to: row.try_get("destination")?,
        lang: lang_of(row)?,
        params: row.try_get("params")?,
        journey: journey.map(JourneyId).zip(counter),
        decoy: row.try_get("decoy")?,
        created_at: Millis(row.try_get("created_at")?),
        next_at: Millis(row.try_get("next_at")?),
        attempts: row.try_get("attempts")?,
    })
}

fn channel_of(row: &Row) -> Result<Channel, Fault> {
    let channel: String = row.try_get("channel")?;
    channel_from(&channel).ok_or(Fault::Unknown("letter.channel"))
}

fn lang_of(row: &Row) -> Result<Lang, Fault> {
    let lang: String = row.try_get("lang")?;
    Lang::from_tag(&lang).ok_or(Fault::Unknown("letter.lang"))
}

const fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "email",
        Channel::Phone => "phone",
    }
}

fn channel_from(name: &str) -> Option<Channel> {
    [Channel::Email, Channel::Phone]
        .into_iter()
        .find(|c| channel_name(*c) == name)
}
