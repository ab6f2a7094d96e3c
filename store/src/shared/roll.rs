//! Who is on the roll: of a person's records the newest one that is published.

use std::collections::BTreeMap;

use miftah_portal::id::PersonId;
use miftah_portal::model::Person;
use miftah_portal::store::Conflict;
use miftah_rules::Field;
use miftah_rules::profile::NationalIdKind;
use sqlx::Row as _;

use super::{Conn, Fault, Readers, Row};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select p.id as person, ",
            record!(),
            " from person p join record r on r.person = p.id and r.version = ",
            current!(),
            " ",
            $rest
        )
    };
}

statements! {
    BY_ID = select!("where p.id = $1");
    BY_NUMBER = select!("where p.number = $1");
    BY_NATIONAL_ID = select!("where r.national_id = $1 order by p.number limit 10");
    FIRST = select!("order by p.added_by, p.added_line, p.number limit $1");
    SIZE = concat!(
        "select count(*) as size from person p where ",
        current!(),
        " is not null"
    );
}

pub(super) async fn by_id(pool: &Readers, id: &PersonId) -> Result<Option<Person>, Fault> {
    one(pool, BY_ID, id.as_str()).await
}

pub(super) async fn by_number(pool: &Readers, number: &str) -> Result<Option<Person>, Fault> {
    one(pool, BY_NUMBER, number).await
}

pub(super) async fn by_national_id(
    pool: &Readers,
    national_id: &str,
) -> Result<Vec<Person>, Fault> {
    let rows = sqlx::query(BY_NATIONAL_ID)
        .bind(national_id)
        .fetch_all(pool)
        .await?;
    rows.iter().map(person).collect()
}

pub(super) async fn size(pool: &Readers) -> Result<u64, Fault> {
    let size: i64 = sqlx::query(SIZE).fetch_one(pool).await?.try_get("size")?;
    Ok(size.unsigned_abs())
}

pub(super) async fn first(pool: &Readers, limit: i64) -> Result<Vec<Person>, Fault> {
    let rows = sqlx::query(FIRST).bind(limit).fetch_all(pool).await?;
    rows.iter().map(person).collect()
}

/// Whether the roll still says this.
pub(super) async fn still(conn: &mut Conn, seen: &Person) -> Result<(), Fault> {
    let row = sqlx::query(BY_ID)
        .bind(seen.id.as_str())
        .fetch_optional(conn)
        .await?;
    let now = row.as_ref().map(person).transpose()?;
    if now.as_ref() == Some(seen) {
        return Ok(());
    }
    Err(Conflict::RecordMoved.into())
}

async fn one(pool: &Readers, statement: &'static str, key: &str) -> Result<Option<Person>, Fault> {
    let row = sqlx::query(statement)
        .bind(key)
        .fetch_optional(pool)
        .await?;
    row.as_ref().map(person).transpose()
}

/// As [`person`], where there may be none.
pub(super) fn person_maybe(row: &Row) -> Result<Option<Person>, Fault> {
    let number: Option<String> = row.try_get("number")?;
    number.map(|_| person(row)).transpose()
}

/// As it is kept; most records have none.
fn further(json: &str) -> Result<BTreeMap<Field, String>, Fault> {
    if json == "{}" {
        return Ok(BTreeMap::new());
    }
    serde_json::from_str(json).map_err(|_| Fault::Unknown("record.further"))
}

fn person(row: &Row) -> Result<Person, Fault> {
    let kind: String = row.try_get("national_id_kind")?;
    Ok(Person {
        id: PersonId(row.try_get("person")?),
        number: row.try_get("number")?,
        national_id_kind: NationalIdKind::from_name(&kind)
            .ok_or(Fault::Unknown("record.national_id_kind"))?,
        national_id: row.try_get("national_id")?,
        last_name_ar: row.try_get("last_name_ar")?,
        first_name_ar: row.try_get("first_name_ar")?,
        last_name_latin: row.try_get("last_name_latin")?,
        first_name_latin: row.try_get("first_name_latin")?,
        birth_date: row.try_get("birth_date")?,
        pension_number: row.try_get("pension_number")?,
        email: row.try_get("record_email")?,
        phone: row.try_get("record_phone")?,
        programme: row.try_get("programme")?,
        year: row.try_get("year")?,
        status: row.try_get("status")?,
        further: further(row.try_get("further")?)?,
    })
}
