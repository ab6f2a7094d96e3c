//! Loading a roll. Lines are staged a batch a transaction: persons nobody sees yet, records with a
//! version that does not count yet, and in `roll_line` what each line names. Publishing moves the
//! number up to which versions count.
//!
//! A batch travels as one JSON array, so that a statement's text never depends on its size.

use async_trait::async_trait;
use miftah_portal::model::Person;
use miftah_portal::ports::Millis;
use miftah_portal::store::{
    Absent, Clash, ClashKind, Import, ImportCounts, RollLine, Rolls, StoreResult, Tally, Ticket,
};
use serde::Serialize;
use sqlx::{Connection as _, Row as _};

use super::{BEGIN, Conn, Database, Fault, roll};
use crate::fault::Turn;

/// Rows cleared away in one go, as the statements have it: others write in between.
const SWEPT: u64 = 2000;
/// Versions of one import: its own, then those of officers' corrections.
const VERSIONS: i64 = 1_000_000;

mod judge;

/// A field of a record that a new file brings: `s` is what it says, `i` what the last one said, `v`
/// what counts.
macro_rules! kept {
    ($field:literal) => {
        concat!(
            "case when s.",
            $field,
            " is not distinct from i.",
            $field,
            " then v.",
            $field,
            " else s.",
            $field,
            " end, "
        )
    };
}

statements! {
    /// Whoever stages, or is being cleared away.
    STAGING = "select seq from roll_import where state in ('staging', 'clearing')";
    BEGIN_IMPORT = "insert into roll_import (id, seq, file_name, begun_at, heard_at, state, added, \
        updated, unchanged) select $1, coalesce(max(seq), 0) + 1, $2, $3, $3, 'staging', 0, 0, 0 \
        from roll_import";
    HEARD = "update roll_import set heard_at = $2 where seq = $1 and state = 'staging'";
    /// Persons stay whom another import has given a record.
    SWEEP_LINES = "delete from roll_line where seq = $1 and line in \
        (select line from roll_line where seq = $1 limit 2000)";
    SWEEP_RECORDS = "delete from record where version = $1 and person in \
        (select person from record where version = $1 limit 2000)";
    SWEEP_PERSONS = "delete from person where id in (select p.id from person p \
        where p.added_by = $1 and not exists (select 1 from record r where r.person = p.id) \
        limit 2000)";
    /// From now on whoever staged it is refused.
    CLAIM = "update roll_import set state = 'clearing' where seq = $1 \
        and (state = 'clearing' or (state = 'staging' and heard_at < $2))";
    DROP_IMPORT = "update roll_import set state = 'dropped' where seq = $1 and state = 'clearing'";
    /// What publishing could not clear away any more.
    LEFT = "select distinct l.seq from roll_line l join roll_import i on i.seq = l.seq \
        where i.state in ('published', 'dropped')";
    PERSONS = concat!(
        "insert into person (id, number, added_by, added_line) \
        select b.value ->> 'id', b.value ->> 'number', $2, \
        cast(b.value ->> 'line' as bigint) from ",
        batch!(),
        " where b.value ->> 'id' is not null on conflict (number) do nothing"
    );
    /// Only where a line says something else than the last file did: what an officer corrected
    /// since then stays.
    RECORDS = concat!(
        "insert into record (person, version, national_id_kind, national_id, last_name_ar, \
        first_name_ar, last_name_latin, first_name_latin, birth_date, pension_number, email, phone, \
        programme, year, status, further) \
        select p.id, $2, case when $6 and v.national_id = b.value ->> 'national_id' \
        then v.national_id_kind else b.value ->> 'national_id_kind' end, \
        b.value ->> 'national_id', \
        b.value ->> 'last_name_ar', b.value ->> 'first_name_ar', b.value ->> 'last_name_latin', \
        b.value ->> 'first_name_latin', b.value ->> 'birth_date', \
        case when $7 then v.pension_number else b.value ->> 'pension_number' end, \
        case when $3 then v.email else b.value ->> 'email' end, \
        case when $4 then v.phone else b.value ->> 'phone' end, b.value ->> 'programme', \
        case when $5 then coalesce(v.year, '') else b.value ->> 'year' end, \
        b.value ->> 'status', case when $8 then coalesce(v.further, '{}') else b.value ->> 'further' end from ",
        batch!(),
        " join person p on p.number = b.value ->> 'number' \
        left join record v on v.person = p.id and v.version = ",
        imported!(),
        " where b.value ->> 'id' is not null and (v.person is null \
        or (not $6 and v.national_id_kind <> b.value ->> 'national_id_kind') \
        or v.national_id <> b.value ->> 'national_id' \
        or v.last_name_ar <> b.value ->> 'last_name_ar' \
        or v.first_name_ar <> b.value ->> 'first_name_ar' \
        or v.last_name_latin <> b.value ->> 'last_name_latin' \
        or v.first_name_latin <> b.value ->> 'first_name_latin' \
        or v.birth_date <> b.value ->> 'birth_date' \
        or (not $7 and v.pension_number is distinct from (b.value ->> 'pension_number')) \
        or (not $3 and v.email is distinct from (b.value ->> 'email')) \
        or (not $4 and v.phone is distinct from (b.value ->> 'phone')) \
        or v.programme <> b.value ->> 'programme' \
        or (not $5 and v.year <> b.value ->> 'year') \
        or (not $8 and v.further <> b.value ->> 'further') or v.status <> b.value ->> 'status') \
        on conflict (person, version) do nothing"
    );
    /// Where it does, and an officer has corrected the record since: their values stay where both files
    /// say the same. Asked when it is published, because officers go on correcting meanwhile.
    KEPT = concat!(
        "insert into record (person, version, national_id_kind, national_id, last_name_ar, \
        first_name_ar, last_name_latin, first_name_latin, birth_date, pension_number, email, phone, \
        programme, year, further, status) select p.id, s.version + 1, ",
        kept!("national_id_kind"),
        kept!("national_id"),
        kept!("last_name_ar"),
        kept!("first_name_ar"),
        kept!("last_name_latin"),
        kept!("first_name_latin"),
        kept!("birth_date"),
        kept!("pension_number"),
        kept!("email"),
        kept!("phone"),
        kept!("programme"),
        kept!("year"),
        kept!("further"),
        "case when s.status = i.status then v.status else s.status end from record v \
        join person p on p.id = v.person join record s on s.person = p.id and s.version = $1 \
        join record i on i.person = p.id and i.version = ",
        imported!(),
        " where v.version % 1000000 <> 0 and v.version = ",
        current!()
    );
    LINES = concat!(
        "insert into roll_line (seq, line, number, national_id, status, digest, refused) \
        select $2, cast(b.value ->> 'line' as bigint), b.value ->> 'named_number', \
        b.value ->> 'named_document', b.value ->> 'status', \
        case when b.value ->> 'id' is null then null else b.value ->> 'digest' end, \
        b.value ->> 'id' is null from ",
        batch!(),
        " where true on conflict (seq, line) do nothing"
    );
    END_IMPORT = "update roll_import set state = 'published', published_at = $2, heard_at = $2, \
        added = $3, updated = $4, unchanged = $5 where seq = $1 and state = 'staging'";
    PUBLISH = "update roll set published = $1";
}

/// A line as the statements read it: without a person, it has no `id`.
#[derive(Serialize)]
struct Line<'a> {
    line: u64,
    named_number: Option<&'a str>,
    named_document: Option<&'a str>,
    digest: &'a str,
    #[serde(flatten)]
    person: Option<&'a Person>,
}

const fn version(ticket: Ticket) -> i64 {
    ticket.0 * VERSIONS
}

impl Database {
    /// Takes away what an import staged that was not heard of since `silent_since`.
    async fn clear_away(&self, ticket: Ticket, silent_since: Millis) -> Result<(), Fault> {
        // First, so that it can neither stage nor publish while it is taken apart.
        let claimed = sqlx::query(CLAIM)
            .bind(ticket.0)
            .bind(silent_since.0)
            .execute(&self.writers)
            .await?
            .rows_affected();
        if claimed == 0 {
            return Err(Fault::RollTaken);
        }
        self.sweep_all(SWEEP_LINES, ticket.0).await?;
        self.sweep_all(SWEEP_RECORDS, version(ticket)).await?;
        self.sweep_all(SWEEP_PERSONS, ticket.0).await?;
        // Last: nobody begins before all is clear.
        sqlx::query(DROP_IMPORT)
            .bind(ticket.0)
            .execute(&self.writers)
            .await?;
        Ok(())
    }

    /// Deletes in batches until nothing is left.
    async fn sweep_all(&self, statement: &'static str, key: i64) -> Result<(), Fault> {
        loop {
            let swept = sqlx::query(statement)
                .bind(key)
                .persistent(false)
                .execute(&self.writers)
                .await?
                .rows_affected();
            if swept < SWEPT {
                return Ok(());
            }
        }
    }

    async fn begin_import(&self, import: &Import, silent_since: Millis) -> Result<Ticket, Fault> {
        let staging = sqlx::query(STAGING).fetch_optional(&self.writers).await?;
        if let Some(row) = staging {
            let ticket = Ticket(row.try_get("seq")?);
            self.clear_away(ticket, silent_since).await?;
        }
        for left in sqlx::query(LEFT).fetch_all(&self.writers).await? {
            self.sweep_all(SWEEP_LINES, left.try_get("seq")?).await?;
        }
        let mut conn = self.writers.acquire().await?;
        let mut transaction = conn.begin_with(BEGIN).await?;
        super::super::take_turn(&mut transaction, Turn::Roll).await?;
        // Whoever came first has begun meanwhile.
        if sqlx::query(STAGING)
            .fetch_optional(&mut *transaction)
            .await?
            .is_some()
        {
            return Err(Fault::RollTaken);
        }
        sqlx::query(BEGIN_IMPORT)
            .bind(import.id.as_str())
            .bind(&import.file_name)
            .bind(import.at.0)
            .execute(&mut *transaction)
            .await?;
        let row = sqlx::query(STAGING).fetch_one(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(Ticket(row.try_get("seq")?))
    }

    async fn stage(
        &self,
        ticket: Ticket,
        at: Millis,
        lines: &[RollLine],
        absent: Absent,
    ) -> Result<(), Fault> {
        let json = json(lines)?;
        let mut conn = self.writers.acquire().await?;
        let mut transaction = conn.begin_with(BEGIN).await?;
        hear(&mut transaction, ticket, at).await?;
        for statement in [PERSONS, LINES] {
            sqlx::query(statement)
                .bind(&json)
                .bind(ticket.0)
                .persistent(false)
                .execute(&mut *transaction)
                .await?;
        }
        sqlx::query(RECORDS)
            .bind(&json)
            .bind(version(ticket))
            .bind(absent.email)
            .bind(absent.phone)
            .bind(absent.year)
            .bind(absent.kind)
            .bind(absent.pension)
            .bind(absent.further)
            // Planned anew each time: a plan made for an empty roll reads all of a full one.
            .persistent(false)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    async fn publish(
        &self,
        ticket: Ticket,
        at: Millis,
        counts: &ImportCounts,
    ) -> Result<(), Fault> {
        let mut conn = self.writers.acquire().await?;
        let mut transaction = conn.begin_with(BEGIN).await?;
        // No officer corrects anything between what is kept and what is published.
        super::super::take_turn(&mut transaction, Turn::Alone).await?;
        let ended = sqlx::query(END_IMPORT)
            .bind(ticket.0)
            .bind(at.0)
            .bind(counts.added.cast_signed())
            .bind(counts.updated.cast_signed())
            .bind(counts.unchanged.cast_signed())
            .execute(&mut *transaction)
            .await?
            .rows_affected();
        if ended == 0 {
            return Err(Fault::RollTaken);
        }
        sqlx::query(KEPT)
            .bind(version(ticket))
            .persistent(false)
            .execute(&mut *transaction)
            .await?;
        sqlx::query(PUBLISH)
            .bind(version(ticket) + VERSIONS - 1)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// What was staged for a roll that counts now.
    async fn tidy_up(&self, ticket: Ticket) {
        // Whatever comes, the roll counts: lines that stay are the next import's to clear away.
        if let Err(fault) = self.sweep_all(SWEEP_LINES, ticket.0).await {
            tracing::warn!(?fault, "lines of a published roll stay for now");
        }
    }
}

/// Says that this import lives, and makes sure that it does.
async fn hear(conn: &mut Conn, ticket: Ticket, at: Millis) -> Result<(), Fault> {
    let heard = sqlx::query(HEARD)
        .bind(ticket.0)
        .bind(at.0)
        .execute(conn)
        .await?
        .rows_affected();
    if heard == 0 {
        return Err(Fault::RollTaken);
    }
    Ok(())
}

fn json(lines: &[RollLine]) -> Result<String, Fault> {
    let lines: Vec<Line<'_>> = lines
        .iter()
        .map(|line| Line {
            line: line.line,
            named_number: line.number.as_deref(),
            named_document: line.national_id.as_deref(),
            digest: &line.digest,
            person: line.person.as_ref(),
        })
        .collect();
    serde_json::to_string(&lines).map_err(told)
}

fn told(error: serde_json::Error) -> Fault {
    Fault::Told(error.to_string())
}

#[async_trait]
impl Rolls for Database {
    async fn begin_roll(&self, import: &Import, silent_since: Millis) -> StoreResult<Ticket> {
        Ok(self.begin_import(import, silent_since).await?)
    }

    async fn stage_roll(
        &self,
        ticket: Ticket,
        at: Millis,
        lines: &[RollLine],
        absent: Absent,
    ) -> StoreResult<()> {
        Ok(self.stage(ticket, at, lines, absent).await?)
    }

    async fn roll_clashes(&self, ticket: Ticket, kind: ClashKind) -> StoreResult<Vec<Clash>> {
        Ok(self.clashes(ticket, kind).await?)
    }

    async fn refuse_roll_lines(&self, ticket: Ticket, lines: &[u64]) -> StoreResult<()> {
        Ok(self.mark_refused(ticket, lines).await?)
    }

    async fn settle_roll(&self, ticket: Ticket, at: Millis) -> StoreResult<Tally> {
        Ok(self.settle(ticket, at).await?)
    }

    async fn publish_roll(
        &self,
        ticket: Ticket,
        at: Millis,
        counts: &ImportCounts,
    ) -> StoreResult<()> {
        self.publish(ticket, at, counts).await?;
        self.tidy_up(ticket).await;
        Ok(())
    }

    async fn drop_roll(&self, ticket: Ticket) -> StoreResult<()> {
        Ok(self.clear_away(ticket, Millis(i64::MAX)).await?)
    }

    async fn roll_size(&self) -> StoreResult<u64> {
        Ok(roll::size(&self.readers).await?)
    }

    async fn first_persons(&self, limit: i64) -> StoreResult<Vec<Person>> {
        Ok(roll::first(&self.readers, limit).await?)
    }
}

/// The statements of judging.
#[cfg(feature = "testing")]
pub(super) const fn judging() -> &'static [(&'static str, &'static str)] {
    judge::ALL
}
