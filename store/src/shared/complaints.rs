//! Complaints. The version keeps two officers from overwriting each other.

use async_trait::async_trait;
use miftah_portal::dossier::{Complaint, Paper};
use miftah_portal::id::{AccountId, ComplaintId, FileId, PersonId};
use miftah_portal::model::Person;
use miftah_portal::ports::Millis;
use miftah_portal::store::{Conflict, Desk, StoreResult, Wanted};
use miftah_rules::complaint::{ComplaintKind, ComplaintState};
use miftah_rules::view::Typed;
use miftah_rules::{Lang, Problem};
use sqlx::Row as _;

use super::{Conn, Database, Fault, Readers, Row, papers, roll};

macro_rules! select {
    ($rest:expr) => {
        concat!(
            "select id, reference, kind, state, lang, person, problem, claim, note, ",
            "email, email_confirmed, phone, officer, approved_by, reason, answer, submitted_at, ",
            "moved_at, opens_at, version from complaint where ",
            $rest
        )
    };
}

/// As in the index `complaint_assisted_open`.
macro_rules! assisted_open {
    () => {
        "person = $1 and kind = 'assisted' and state in ('submitted', 'in_review', 'accepted')"
    };
}

statements! {
    BY_ID = select!("id = $1");
    BY_REFERENCE = select!("reference = $1");
    OPEN_ASSISTED = select!(assisted_open!());
    /// Whether this person has another one that is not over.
    ASSISTED_ELSEWHERE = concat!(
        "select count(*) as n from complaint where ",
        assisted_open!(),
        " and id <> $2"
    );
    /// Always one row, so that a reference that nobody has is read like one that exists.
    ID = "select coalesce((select id from complaint where reference = $1), '') as id";
    ADD = "insert into complaint (id, reference, kind, state, lang, person, problem, claim, \
        number, note, email, email_confirmed, phone, officer, approved_by, reason, answer, \
        submitted_at, moved_at, opens_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, \
        $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)";
    /// What was claimed is a fact and never changes.
    MOVE = "update complaint set state = $3, person = $4, officer = $5, approved_by = $6, \
        reason = $7, answer = $8, moved_at = $9, opens_at = $10, version = version + 1 \
        where id = $1 and version = $2";
    /// Those that wait: the oldest first.
    WAITING = select!("state = $1 order by submitted_at, id limit $2 offset $3");
    /// Those that are decided: the latest first.
    DECIDED = select!(concat!(
        "state in ('accepted', 'completed', 'refused', 'closed') ",
        "order by moved_at desc, id desc limit $1 offset $2"
    ));
    WITH = select!("officer = $1 and state = 'in_review' order by submitted_at, id limit $2 offset $3");
    NAMED = select!(concat!(
        "reference = $1 or number = $1 ",
        "order by submitted_at desc, id desc limit $2 offset $3"
    ));
    COUNT = "select count(*) as n from complaint where state = $1";
}

/// Refuses a second assisted recovery of one account. Two transactions that do not see each other are
/// left to the index.
async fn alone(conn: &mut Conn, complaint: &Complaint) -> Result<(), Fault> {
    let Some(person) = &complaint.person else {
        return Ok(());
    };
    if complaint.kind != ComplaintKind::Assisted || !complaint.state.is_open() {
        return Ok(());
    }
    let row = sqlx::query(ASSISTED_ELSEWHERE)
        .bind(person.as_str())
        .bind(complaint.id.as_str())
        .fetch_one(conn)
        .await?;
    match row.try_get::<i64, _>("n")? {
        0 => Ok(()),
        _ => Err(Conflict::AssistedOpen.into()),
    }
}

/// Which invariant of complaints refused a write.
fn conflict(error: sqlx::Error) -> Fault {
    let Some(told) = error
        .as_database_error()
        .filter(|told| told.is_unique_violation())
    else {
        return error.into();
    };
    match told.constraint() {
        Some("complaint_assisted_open") => Conflict::AssistedOpen.into(),
        // Ids are random: nothing else of it can be there already.
        _ => Conflict::ReferenceTaken.into(),
    }
}

pub(super) async fn add(conn: &mut Conn, complaint: &Complaint) -> Result<(), Fault> {
    alone(conn, complaint).await?;
    let number = complaint.number();
    sqlx::query(ADD)
        .bind(complaint.id.as_str())
        .bind(&complaint.reference)
        .bind(complaint.kind.name())
        .bind(complaint.state.name())
        .bind(complaint.lang.tag())
        .bind(complaint.person.as_ref().map(PersonId::as_str))
        .bind(complaint.problem.map(Problem::code))
        .bind(json(&complaint.claim)?)
        .bind(number)
        .bind(&complaint.note)
        .bind(&complaint.email)
        .bind(complaint.email_confirmed)
        .bind(&complaint.phone)
        .bind(complaint.officer.as_ref().map(AccountId::as_str))
        .bind(complaint.approved_by.as_ref().map(AccountId::as_str))
        .bind(&complaint.reason)
        .bind(&complaint.answer)
        .bind(complaint.submitted_at.0)
        .bind(complaint.moved_at.0)
        .bind(complaint.opens_at.map(|at| at.0))
        .bind(complaint.version)
        .execute(conn)
        .await
        .map_err(conflict)?;
    Ok(())
}

pub(super) async fn advance(conn: &mut Conn, complaint: &Complaint) -> Result<(), Fault> {
    alone(conn, complaint).await?;
    let moved = sqlx::query(MOVE)
        .bind(complaint.id.as_str())
        .bind(complaint.version)
        .bind(complaint.state.name())
        .bind(complaint.person.as_ref().map(PersonId::as_str))
        .bind(complaint.officer.as_ref().map(AccountId::as_str))
        .bind(complaint.approved_by.as_ref().map(AccountId::as_str))
        .bind(&complaint.reason)
        .bind(&complaint.answer)
        .bind(complaint.moved_at.0)
        .bind(complaint.opens_at.map(|at| at.0))
        .execute(conn)
        .await
        .map_err(conflict)?;
    if moved.rows_affected() == 0 {
        return Err(Conflict::ComplaintMoved.into());
    }
    Ok(())
}

async fn one(
    pool: &Readers,
    statement: &'static str,
    key: &str,
) -> Result<Option<Complaint>, Fault> {
    let row = sqlx::query(statement)
        .bind(key)
        .fetch_optional(pool)
        .await?;
    row.as_ref().map(complaint).transpose()
}

async fn id_of(pool: &Readers, reference: &str) -> Result<Option<ComplaintId>, Fault> {
    let row = sqlx::query(ID).bind(reference).fetch_one(pool).await?;
    let id: String = row.try_get("id")?;
    Ok((!id.is_empty()).then_some(ComplaintId(id)))
}

async fn list(
    pool: &Readers,
    wanted: &Wanted,
    skip: i64,
    limit: i64,
) -> Result<Vec<Complaint>, Fault> {
    let query = match wanted {
        Wanted::Waiting => sqlx::query(WAITING).bind(ComplaintState::Submitted.name()),
        Wanted::Decided => sqlx::query(DECIDED),
        Wanted::With(officer) => sqlx::query(WITH).bind(officer.as_str()),
        Wanted::Named(words) => sqlx::query(NAMED).bind(words),
    };
    let rows = query.bind(limit).bind(skip).fetch_all(pool).await?;
    rows.iter().map(complaint).collect()
}

async fn count(pool: &Readers, state: ComplaintState) -> Result<u64, Fault> {
    let row = sqlx::query(COUNT)
        .bind(state.name())
        .fetch_one(pool)
        .await?;
    Ok(row.try_get::<i64, _>("n")?.unsigned_abs())
}

fn complaint(row: &Row) -> Result<Complaint, Fault> {
    let text = |column: &str| row.try_get::<String, _>(column);
    let maybe = |column: &str| row.try_get::<Option<String>, _>(column);
    let problem = maybe("problem")?
        .map(|code| Problem::from_code(&code).ok_or(Fault::Unknown("complaint.problem")));
    Ok(Complaint {
        id: ComplaintId(text("id")?),
        reference: text("reference")?,
        kind: ComplaintKind::from_name(&text("kind")?).ok_or(Fault::Unknown("complaint.kind"))?,
        state: ComplaintState::from_name(&text("state")?)
            .ok_or(Fault::Unknown("complaint.state"))?,
        lang: Lang::from_tag(&text("lang")?).ok_or(Fault::Unknown("complaint.lang"))?,
        person: maybe("person")?.map(PersonId),
        problem: problem.transpose()?,
        claim: serde_json::from_str(&text("claim")?)
            .map_err(|_| Fault::Unknown("complaint.claim"))?,
        note: text("note")?,
        email: text("email")?,
        email_confirmed: row.try_get("email_confirmed")?,
        phone: maybe("phone")?,
        officer: maybe("officer")?.map(AccountId),
        approved_by: maybe("approved_by")?.map(AccountId),
        reason: maybe("reason")?,
        answer: text("answer")?,
        submitted_at: Millis(row.try_get("submitted_at")?),
        moved_at: Millis(row.try_get("moved_at")?),
        opens_at: row.try_get::<Option<i64>, _>("opens_at")?.map(Millis),
        version: row.try_get("version")?,
    })
}

fn json(claim: &Typed) -> Result<String, Fault> {
    serde_json::to_string(claim).map_err(|error| Fault::Told(error.to_string()))
}

#[async_trait]
impl Desk for Database {
    async fn complaint(&self, id: &ComplaintId) -> StoreResult<Option<Complaint>> {
        Ok(one(&self.readers, BY_ID, id.as_str()).await?)
    }

    async fn complaint_id(&self, reference: &str) -> StoreResult<Option<ComplaintId>> {
        Ok(id_of(&self.readers, reference).await?)
    }

    async fn complaint_by_reference(&self, reference: &str) -> StoreResult<Option<Complaint>> {
        Ok(one(&self.readers, BY_REFERENCE, reference).await?)
    }

    async fn open_assisted(&self, person: &PersonId) -> StoreResult<Option<Complaint>> {
        Ok(one(&self.readers, OPEN_ASSISTED, person.as_str()).await?)
    }

    async fn complaints(
        &self,
        wanted: &Wanted,
        skip: i64,
        limit: i64,
    ) -> StoreResult<Vec<Complaint>> {
        Ok(list(&self.readers, wanted, skip, limit).await?)
    }

    async fn count_complaints(&self, state: ComplaintState) -> StoreResult<u64> {
        Ok(count(&self.readers, state).await?)
    }

    async fn papers(&self, complaint: &ComplaintId) -> StoreResult<Vec<Paper>> {
        Ok(papers::of(&self.readers, complaint).await?)
    }

    async fn stray_papers(&self, before: Millis, limit: i64) -> StoreResult<Vec<FileId>> {
        Ok(papers::stray(&self.readers, before, limit).await?)
    }

    async fn stray_bytes(&self) -> StoreResult<u64> {
        Ok(papers::stray_bytes(&self.readers).await?)
    }

    async fn forget_paper(&self, id: &FileId) -> StoreResult<()> {
        Ok(papers::forget(&self.writers, id).await?)
    }

    async fn persons_by_national_id(&self, national_id: &str) -> StoreResult<Vec<Person>> {
        Ok(roll::by_national_id(&self.readers, national_id).await?)
    }
}
