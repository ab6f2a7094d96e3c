//! The roll: persons by student number, and what their rows said before.
//!
//! Lines travel as one JSON array a batch, so that a statement's text never depends on their
//! number: three statements a batch, whatever its size.

use miftah_portal::id::PersonId;
use miftah_portal::model::{Import, ImportCounts, Person, RollLine};
use miftah_rules::profile::NationalIdKind;
use serde::Serialize;
use sqlx::{Pool, Row as _};

use super::{Conn, Db, Fault, Row};

/// Lines a batch: about half a megabyte of JSON.
const BATCH: usize = 1000;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, student_number, national_id_kind, national_id, last_name_ar, ",
            "first_name_ar, last_name_latin, first_name_latin, birth_date, email, phone, ",
            "programme, year, status from person ",
            $rest
        )
    };
}

/// Whether a line `b` says something else than its person's row.
macro_rules! differs {
    () => {
        "person.student_number = b.value ->> 'student_number' and (\
        person.national_id_kind <> b.value ->> 'national_id_kind' \
        or person.national_id <> b.value ->> 'national_id' \
        or person.last_name_ar <> b.value ->> 'last_name_ar' \
        or person.first_name_ar <> b.value ->> 'first_name_ar' \
        or person.last_name_latin <> b.value ->> 'last_name_latin' \
        or person.first_name_latin <> b.value ->> 'first_name_latin' \
        or person.birth_date <> b.value ->> 'birth_date' \
        or person.email is distinct from (b.value ->> 'email') \
        or person.phone is distinct from (b.value ->> 'phone') \
        or person.programme <> b.value ->> 'programme' \
        or person.year <> b.value ->> 'year' \
        or person.status <> b.value ->> 'status')"
    };
}

statements! {
    BY_ID = select!("where id = $1");
    BY_NUMBER = select!("where student_number = $1");
    FIRST = select!("order by added_at, added_line, student_number limit $1");
    SIZE = "select count(*) as size from person";
    BEGIN_IMPORT = "insert into roll_import (id, file_name, imported_at, added, updated, \
        unchanged) values ($1, $2, $3, 0, 0, 0)";
    END_IMPORT = "update roll_import set added = $2, updated = $3, unchanged = $4 where id = $1";
    /// Of one import only the values from before it are kept: what it wrote and wrote again
    /// nobody ever saw.
    KEEP = concat!(
        "insert into person_history (person, loaded_by, replaced_by, replaced_at, \
        student_number, national_id_kind, national_id, last_name_ar, first_name_ar, \
        last_name_latin, first_name_latin, birth_date, email, phone, programme, year, status) \
        select person.id, person.loaded_by, $2, $3, person.student_number, \
        person.national_id_kind, person.national_id, person.last_name_ar, person.first_name_ar, \
        person.last_name_latin, person.first_name_latin, person.birth_date, person.email, \
        person.phone, person.programme, person.year, person.status \
        from ",
        batch!(),
        " cross join person where ",
        differs!(),
        " on conflict (person, replaced_by) do nothing"
    );
    UPDATE = concat!(
        "update person set national_id_kind = b.value ->> 'national_id_kind', \
        national_id = b.value ->> 'national_id', last_name_ar = b.value ->> 'last_name_ar', \
        first_name_ar = b.value ->> 'first_name_ar', \
        last_name_latin = b.value ->> 'last_name_latin', \
        first_name_latin = b.value ->> 'first_name_latin', \
        birth_date = b.value ->> 'birth_date', email = b.value ->> 'email', \
        phone = b.value ->> 'phone', programme = b.value ->> 'programme', \
        year = b.value ->> 'year', status = b.value ->> 'status', loaded_by = $2 from ",
        batch!(),
        " where ",
        differs!()
    );
    ADD = concat!(
        "insert into person (id, student_number, national_id_kind, national_id, last_name_ar, \
        first_name_ar, last_name_latin, first_name_latin, birth_date, email, phone, programme, \
        year, status, added_at, added_line, loaded_by) \
        select b.value ->> 'id', b.value ->> 'student_number', b.value ->> 'national_id_kind', \
        b.value ->> 'national_id', b.value ->> 'last_name_ar', b.value ->> 'first_name_ar', \
        b.value ->> 'last_name_latin', b.value ->> 'first_name_latin', \
        b.value ->> 'birth_date', b.value ->> 'email', b.value ->> 'phone', \
        b.value ->> 'programme', b.value ->> 'year', b.value ->> 'status', $3, \
        cast(b.value ->> 'line' as bigint), $2 from ",
        batch!(),
        " where true on conflict (student_number) do nothing"
    );
}

/// A line as the statements read it.
#[derive(Serialize)]
struct Line<'a> {
    line: u64,
    #[serde(flatten)]
    person: &'a Person,
}

pub(super) async fn by_id(pool: &Pool<Db>, id: &PersonId) -> Result<Option<Person>, Fault> {
    let row = sqlx::query(BY_ID)
        .bind(id.as_str())
        .fetch_optional(pool)
        .await?;
    row.as_ref().map(person).transpose()
}

pub(super) async fn by_number(pool: &Pool<Db>, number: &str) -> Result<Option<Person>, Fault> {
    let row = sqlx::query(BY_NUMBER)
        .bind(number)
        .fetch_optional(pool)
        .await?;
    row.as_ref().map(person).transpose()
}

pub(super) async fn size(pool: &Pool<Db>) -> Result<u64, Fault> {
    let size: i64 = sqlx::query(SIZE).fetch_one(pool).await?.try_get("size")?;
    Ok(size.unsigned_abs())
}

pub(super) async fn first(pool: &Pool<Db>, limit: i64) -> Result<Vec<Person>, Fault> {
    let rows = sqlx::query(FIRST).bind(limit).fetch_all(pool).await?;
    rows.iter().map(person).collect()
}

/// Former values first, then changes, then newcomers: after the last, nothing is new any more.
pub(super) async fn load(
    conn: &mut Conn,
    import: &Import,
    lines: &[RollLine],
) -> Result<ImportCounts, Fault> {
    sqlx::query(BEGIN_IMPORT)
        .bind(import.id.as_str())
        .bind(&import.file_name)
        .bind(import.at.0)
        .execute(&mut *conn)
        .await?;
    let mut counts = ImportCounts::default();
    for batch in lines.chunks(BATCH) {
        let json = json(batch)?;
        run(conn, KEEP, &json, import).await?;
        let updated = run(conn, UPDATE, &json, import).await?;
        let added = run(conn, ADD, &json, import).await?;
        counts.updated += updated;
        counts.added += added;
        counts.unchanged += (batch.len() as u64).saturating_sub(updated + added);
    }
    sqlx::query(END_IMPORT)
        .bind(import.id.as_str())
        .bind(counts.added.cast_signed())
        .bind(counts.updated.cast_signed())
        .bind(counts.unchanged.cast_signed())
        .execute(conn)
        .await?;
    Ok(counts)
}

async fn run(
    conn: &mut Conn,
    statement: &'static str,
    json: &str,
    import: &Import,
) -> Result<u64, Fault> {
    let done = sqlx::query(statement)
        .bind(json)
        .bind(import.id.as_str())
        .bind(import.at.0)
        // Planned anew each time: a plan made for an empty roll reads all of a full one.
        .persistent(false)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}

fn json(batch: &[RollLine]) -> Result<String, Fault> {
    let lines: Vec<Line<'_>> = batch
        .iter()
        .map(|l| Line {
            line: l.line,
            person: &l.person,
        })
        .collect();
    serde_json::to_string(&lines).map_err(|error| Fault::Told(error.to_string()))
}

fn person(row: &Row) -> Result<Person, Fault> {
    let kind: String = row.try_get("national_id_kind")?;
    Ok(Person {
        id: PersonId(row.try_get("id")?),
        student_number: row.try_get("student_number")?,
        national_id_kind: NationalIdKind::from_name(&kind)
            .ok_or(Fault::Unknown("person.national_id_kind"))?,
        national_id: row.try_get("national_id")?,
        last_name_ar: row.try_get("last_name_ar")?,
        first_name_ar: row.try_get("first_name_ar")?,
        last_name_latin: row.try_get("last_name_latin")?,
        first_name_latin: row.try_get("first_name_latin")?,
        birth_date: row.try_get("birth_date")?,
        email: row.try_get("email")?,
        phone: row.try_get("phone")?,
        programme: row.try_get("programme")?,
        year: row.try_get("year")?,
        status: row.try_get("status")?,
    })
}
