//! What the staged lines come to: contradictions, refusals, counts.

use miftah_portal::ports::Millis;
use miftah_portal::store::{Clash, ClashKind, ImportCounts, Tally, Ticket};
use sqlx::{Connection as _, Row as _};

use super::super::{BEGIN, Database, Fault};
use super::{hear, told, version};

/// Refused lines marked in one go.
const MARKED: usize = 2000;

statements! {
    NUMBERS = "select line, number as key, number, digest, number as own, false as held from roll_line \
        where seq = $1 and number in (select number from roll_line \
        where seq = $1 and number is not null group by number \
        having count(*) > 1) order by 2, 1";
    DOCUMENTS = "select line, national_id as key, number, digest, number as own, false as held from roll_line \
        where seq = $1 and number is not null and national_id in \
        (select national_id from roll_line where seq = $1 and national_id is not null \
        group by national_id having count(distinct number) > 1) order by 2, 1";
    ON_ROLL = concat!(
        "select l.line, l.national_id as key, p.number, l.digest, l.number as own, \
        not exists (select 1 from roll_line o where o.seq = $1 and not o.refused \
        and o.number = p.number) as held from roll_line l \
        join record r on r.national_id = l.national_id join person p on p.id = r.person \
        where l.seq = $1 and not l.refused and p.number <> l.number \
        and r.version = ",
        current!(),
        " order by 2, 1"
    );
    REFUSE = concat!(
        "update roll_line set refused = true where seq = $2 and line in \
        (select cast(b.value as bigint) from ",
        batch!(),
        ")"
    );
    REFUSED_LINES = "select line from roll_line where seq = $1 and refused and line > $2 \
        order by line limit 2000";
    UNSETTLED = "delete from record where version = $2 and person in (select p.id \
        from roll_line l join person p on p.number = l.number \
        where l.seq = $1 and l.refused and l.line > $3 and l.line <= $4 \
        and not exists (select 1 from roll_line o where o.seq = $1 and not o.refused \
        and o.number = l.number))";
    STAGED = "select count(*) as n from record where version = $1";
    NEW = "select count(*) as n from record r where r.version = $1 and not exists \
        (select 1 from record n where n.person = r.person \
        and n.version <= (select published from roll))";
    REFUSED = "select count(*) as n from roll_line where seq = $1 and refused";
    STATUSES = "select status, count(*) as n from roll_line where seq = $1 and not refused \
        group by status";
}

impl Database {
    pub(super) async fn clashes(
        &self,
        ticket: Ticket,
        kind: ClashKind,
    ) -> Result<Vec<Clash>, Fault> {
        let statement = match kind {
            ClashKind::Number => NUMBERS,
            ClashKind::Document => DOCUMENTS,
            ClashKind::OnRoll => ON_ROLL,
        };
        let rows = sqlx::query(statement)
            .bind(ticket.0)
            .persistent(false)
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Clash {
                    line: row.try_get::<i64, _>("line")?.unsigned_abs(),
                    key: row.try_get("key")?,
                    number: row.try_get("number")?,
                    own: row.try_get("own")?,
                    held: row.try_get("held")?,
                    digest: row
                        .try_get::<Option<String>, _>("digest")?
                        .unwrap_or_default(),
                })
            })
            .collect()
    }

    pub(super) async fn mark_refused(&self, ticket: Ticket, lines: &[u64]) -> Result<(), Fault> {
        for lines in lines.chunks(MARKED) {
            let json = serde_json::to_string(lines).map_err(told)?;
            sqlx::query(REFUSE)
                .bind(json)
                .bind(ticket.0)
                .persistent(false)
                .execute(&self.writers)
                .await?;
        }
        Ok(())
    }

    pub(super) async fn settle(&self, ticket: Ticket, at: Millis) -> Result<Tally, Fault> {
        let mut behind = 0_i64;
        loop {
            let refused = sqlx::query(REFUSED_LINES)
                .bind(ticket.0)
                .bind(behind)
                .persistent(false)
                .fetch_all(&self.readers)
                .await?;
            let Some(last) = refused.last() else { break };
            let last: i64 = last.try_get("line")?;
            let mut conn = self.writers.acquire().await?;
            let mut transaction = conn.begin_with(BEGIN).await?;
            hear(&mut transaction, ticket, at).await?;
            sqlx::query(UNSETTLED)
                .bind(ticket.0)
                .bind(version(ticket))
                .bind(behind)
                .bind(last)
                .persistent(false)
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await?;
            behind = last;
        }
        let staged = self.count(STAGED, version(ticket)).await?;
        let added = self.count(NEW, version(ticket)).await?;
        let mut tally = Tally {
            refused: self.count(REFUSED, ticket.0).await?,
            ..Tally::default()
        };
        let rows = sqlx::query(STATUSES)
            .bind(ticket.0)
            .persistent(false)
            .fetch_all(&self.readers)
            .await?;
        for row in rows {
            let n = row.try_get::<i64, _>("n")?.unsigned_abs();
            tally.statuses.insert(row.try_get("status")?, n);
        }
        let good: u64 = tally.statuses.values().sum();
        tally.counts = ImportCounts {
            added,
            updated: staged.saturating_sub(added),
            unchanged: good.saturating_sub(staged),
        };
        Ok(tally)
    }

    async fn count(&self, statement: &'static str, key: i64) -> Result<u64, Fault> {
        let row = sqlx::query(statement)
            .bind(key)
            .persistent(false)
            .fetch_one(&self.readers)
            .await?;
        Ok(row.try_get::<i64, _>("n")?.unsigned_abs())
    }
}
