//! What officers change of the roll: each change is a record of its own that counts at once. Of an
//! import's million versions the first is the file's, the others are theirs, one after the other.

use miftah_portal::model::Person;
use miftah_portal::store::Conflict;
use sqlx::Row as _;

use super::{Conn, Fault};

statements! {
    CORRECT = concat!(
        "insert into record (person, version, national_id_kind, national_id, last_name_ar, \
        first_name_ar, last_name_latin, first_name_latin, birth_date, pension_number, email, phone, \
        programme, year, status, further) select p.id, ",
        current!(),
        " + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15 from person p where p.id = $1"
    );
    NUMBER = "update person set number = $2 where id = $1";
    NUMBER_TAKEN = "select exists (select 1 from person where number = $1 and id <> $2) \
        as taken";
    /// Where no roll was ever loaded, nothing counts yet.
    BEGIN_ROLL = "update roll set published = 999999 where published = 0";
    ADD = "insert into person (id, number) values ($1, $2)";
    FIRST = "insert into record (person, version, national_id_kind, national_id, last_name_ar, \
        first_name_ar, last_name_latin, first_name_latin, birth_date, pension_number, email, phone, \
        programme, year, status, further) select $1, published / 1000000 * 1000000 + 1, $2, $3, $4, $5, $6, \
        $7, $8, $9, $10, $11, $12, $13, $14, $15 from roll";
}

pub(super) async fn correct(conn: &mut Conn, person: &Person) -> Result<(), Fault> {
    free(conn, person).await?;
    number(conn, NUMBER, person).await?;
    record(conn, CORRECT, person).await
}

pub(super) async fn add(conn: &mut Conn, person: &Person) -> Result<(), Fault> {
    free(conn, person).await?;
    sqlx::query(BEGIN_ROLL).execute(&mut *conn).await?;
    number(conn, ADD, person).await?;
    record(conn, FIRST, person).await
}

/// A file that is being staged may bring the same number in this moment: it takes no turns.
async fn number(conn: &mut Conn, statement: &'static str, person: &Person) -> Result<(), Fault> {
    let given = sqlx::query(statement)
        .bind(person.id.as_str())
        .bind(&person.number)
        .execute(conn)
        .await;
    match given {
        Ok(_) => Ok(()),
        Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
            Err(Conflict::NumberTaken.into())
        }
        Err(error) => Err(error.into()),
    }
}

/// The number's turn is taken: nobody else gives it to somebody meanwhile.
async fn free(conn: &mut Conn, person: &Person) -> Result<(), Fault> {
    let row = sqlx::query(NUMBER_TAKEN)
        .bind(&person.number)
        .bind(person.id.as_str())
        .fetch_one(conn)
        .await?;
    if row.try_get("taken")? {
        return Err(Conflict::NumberTaken.into());
    }
    Ok(())
}

pub(crate) async fn record(
    conn: &mut Conn,
    statement: &'static str,
    person: &Person,
) -> Result<(), Fault> {
    sqlx::query(statement)
        .bind(person.id.as_str())
        .bind(person.national_id_kind.name())
        .bind(&person.national_id)
        .bind(&person.last_name_ar)
        .bind(&person.first_name_ar)
        .bind(&person.last_name_latin)
        .bind(&person.first_name_latin)
        .bind(&person.birth_date)
        .bind(&person.pension_number)
        .bind(&person.email)
        .bind(&person.phone)
        .bind(&person.programme)
        .bind(&person.year)
        .bind(&person.status)
        .bind(further(person)?)
        .execute(conn)
        .await?;
    Ok(())
}

fn further(person: &Person) -> Result<String, Fault> {
    serde_json::to_string(&person.further).map_err(|_| Fault::Unknown("record.further"))
}
