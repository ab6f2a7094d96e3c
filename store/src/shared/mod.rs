//! The store itself: statements, mapping and transactions, the same on both databases.
//!
//! Compiled once as a child of `sqlite` and once as a child of `postgres`; everything that
//! differs comes from `super`.

use std::collections::BTreeSet;

use async_trait::async_trait;
use miftah_portal::id::{AccountId, JourneyId, LetterId, OfficerId, PersonId};
use miftah_portal::model::{
    Account, JourneyRow, Letter, Officer, ParkedLetter, Person, SealedAct, Session, Standing,
    Throttle,
};
use miftah_portal::ports::{Millis, Refusal};
use miftah_portal::store::{Glance, Store, StoreResult, Write};
use miftah_rules::form::Handle;
use miftah_rules::view::Channel;
use sqlx::Connection as _;

use super::{Arguments, BEGIN, Conn, Db, QueryResult, Readers, Row, Writers};
use crate::fault::{Fault, Turn};

/// The version that counts of person `p`.
macro_rules! current {
    () => {
        "(select max(n.version) from record n where n.person = p.id \
        and n.version <= (select published from roll))"
    };
}

/// The version that a file last gave of person `p`: what officers corrected counts on from there.
macro_rules! imported {
    () => {
        "(select max(n.version) from record n where n.person = p.id \
        and n.version % 1000000 = 0 and n.version <= (select published from roll))"
    };
}

/// What `roll::person` reads, beside `person`. Accounts have an e-mail and a phone of their own.
macro_rules! record {
    () => {
        "p.number, r.national_id_kind, r.national_id, r.last_name_ar, r.first_name_ar, \
        r.last_name_latin, r.first_name_latin, r.birth_date, r.pension_number, \
        r.email as record_email, r.phone as record_phone, r.programme, r.year, \
        r.status, r.further"
    };
}

/// What `accounts::account` reads of account `a`.
macro_rules! account {
    () => {
        "a.id, a.person, a.officer, a.state, a.email, a.email_key, a.phone, a.phone_confirmed, \
        a.password, a.lang, a.terms_version, a.created_at, a.password_changed_at, a.version"
    };
}

/// Adds a session while its account is at version $11; before it as `sessions::bound` binds.
macro_rules! session_at {
    ($insert:literal) => {
        concat!(
            $insert,
            " into session (id, token_hash, account, started_at, last_seen_at, proved_at, \
            expires_at, idle_ms, device, temporary) select $1, $2, id, $4, $5, $6, $7, $8, $9, $10 \
            from account where id = $3 and version = $11"
        )
    };
}

/// No failure was counted under two keys since they were seen, as `sessions::bound_at` binds.
macro_rules! still_as_seen {
    () => {
        " and not exists (select 1 from throttle where \
        key = $12 and (failures <> $13 or last_at <> $14) or \
        key = $15 and (failures <> $16 or last_at <> $17))"
    };
}

/// In the order in which `acts::bound` binds.
macro_rules! act_columns {
    () => {
        "(subject, seq, kind, happened_at, act_values, salt, digest, hash)"
    };
}

mod accounts;
pub(super) mod acts;
mod complaints;
pub(crate) mod corrections;
mod glance;
mod journeys;
mod letters;
pub(super) mod migrate;
mod officers;
mod papers;
mod roll;
pub(super) mod sessions;
mod staging;
mod sweep;
mod throttles;

/// How often in all a transaction is tried that the database gives up for another one's sake.
const TRIES: u32 = 4;

/// An open database.
#[derive(Debug)]
pub(crate) struct Database {
    pub(super) writers: Writers,
    pub(super) readers: Readers,
}

impl Database {
    /// One try at [`Store::commit`]. Dropping the transaction rolls it back.
    async fn write(&self, writes: &[Write], turn: Turn<'_>) -> Result<(), Fault> {
        let mut conn = self.writers.acquire().await?;
        let mut transaction = conn.begin_with(BEGIN).await?;
        super::take_turn(&mut transaction, turn).await?;
        take_turns(&mut transaction, writes).await?;
        for write in writes {
            apply(&mut transaction, write).await?;
        }
        Ok(transaction.commit().await?)
    }
}

/// Takes the turn of everything in `writes` whose order matters, always in the same order, so that
/// two transactions never wait for each other.
async fn take_turns(conn: &mut Conn, writes: &[Write]) -> Result<(), Fault> {
    let mut names = BTreeSet::new();
    for write in writes {
        match write {
            Write::Record(act) | Write::RecordAfter { act, .. } => {
                names.insert(act.subject.as_str());
            }
            Write::WithinLimits { limits, .. } => {
                names.extend(limits.iter().map(|(key, _)| key.as_str()));
            }
            Write::AddSessionAt { tried, .. } => {
                names.extend(tried.limits.iter().map(|(key, _)| key.as_str()));
            }
            Write::CorrectRecord(person) | Write::AddPerson(person) => {
                names.insert(person.number.as_str());
            }
            Write::RecordIs(person) => {
                names.insert(person.id.as_str());
            }
            _ => {}
        }
    }
    for name in names {
        super::take_turn(conn, Turn::Named(name)).await?;
    }
    Ok(())
}

async fn apply(conn: &mut Conn, write: &Write) -> Result<(), Fault> {
    match write {
        Write::AddJourney(row) => journeys::add(conn, row).await,
        Write::MoveJourney(row) => journeys::advance(conn, row).await,
        Write::EndJourneys { account, except } => {
            journeys::end(conn, account, except.as_ref()).await
        }
        Write::AddOfficer(officer) => officers::add(conn, officer).await,
        Write::OpenAccount(account) => accounts::open(conn, account).await,
        Write::ChangeAccount(account) => accounts::change(conn, account).await,
        Write::AddSession(session) => sessions::add(conn, session).await,
        Write::AddSessionAt {
            session,
            version,
            tried,
        } => sessions::add_at(conn, session, *version, tried).await,
        Write::TouchSession { id, at } => sessions::touch(conn, id, *at).await,
        Write::ProveSession { id, at } => sessions::prove(conn, id, *at).await,
        Write::SettleSession { id } => sessions::settle(conn, id).await,
        Write::EndSession { id, account } => sessions::end(conn, id, account).await,
        Write::EndSessions { account, except } => {
            sessions::end_all(conn, account, except.as_ref()).await
        }
        Write::AddComplaint(complaint) => complaints::add(conn, complaint).await,
        Write::MoveComplaint(complaint) => complaints::advance(conn, complaint).await,
        Write::AddPaper(paper) => papers::add(conn, paper).await,
        Write::GivePapers { papers, complaint } => papers::give(conn, papers, complaint).await,
        Write::RecordIs(person) => roll::still(conn, person).await,
        Write::CorrectRecord(person) => corrections::correct(conn, person).await,
        Write::AddPerson(person) => corrections::add(conn, person).await,
        Write::Queue(letter) => letters::queue(conn, letter).await,
        Write::CountFailure { key, at } => throttles::count(conn, key, *at).await,
        Write::Pour { key, leak_ms, at } => throttles::pour(conn, key, *leak_ms, *at).await,
        Write::ForgetFailures { key } => throttles::forget(conn, key).await,
        Write::WithinLimits { limits, at } => throttles::within(conn, limits, *at).await,
        Write::Record(act) => acts::record(conn, act).await,
        Write::RecordAfter { act, end } => acts::record_after(conn, act, end.as_ref()).await,
    }
}

#[async_trait]
impl Store for Database {
    async fn commit(&self, writes: Vec<Write>) -> StoreResult<()> {
        if super::at_once(&self.writers, &writes).await? {
            return Ok(());
        }
        let mut turn = Turn::Together;
        for _ in 1..TRIES {
            match self.write(&writes, turn).await {
                // Once more among the same others, it would meet them again.
                Err(Fault::Sql(error)) if super::was_given_up(&error) => turn = Turn::Alone,
                outcome => return Ok(outcome?),
            }
        }
        Ok(self.write(&writes, turn).await?)
    }

    async fn person(&self, id: &PersonId) -> StoreResult<Option<Person>> {
        Ok(roll::by_id(&self.readers, id).await?)
    }

    async fn person_by_number(&self, number: &str) -> StoreResult<Option<Person>> {
        Ok(roll::by_number(&self.readers, number).await?)
    }

    async fn officer(&self, id: &OfficerId) -> StoreResult<Option<Officer>> {
        Ok(officers::by_id(&self.readers, id).await?)
    }

    async fn officers(&self) -> StoreResult<Vec<(Officer, Account)>> {
        let mut all = Vec::new();
        for (officer, account) in officers::with_account(&self.readers).await? {
            let account = accounts::by_id(&self.readers, &AccountId(account)).await?;
            all.extend(account.map(|account| (officer, account)));
        }
        Ok(all)
    }

    async fn account(&self, id: &AccountId) -> StoreResult<Option<Account>> {
        Ok(accounts::by_id(&self.readers, id).await?)
    }

    async fn account_by_email(&self, email_key: &str) -> StoreResult<Option<Account>> {
        Ok(accounts::by_email(&self.readers, email_key).await?)
    }

    async fn account_by_person(&self, person: &PersonId) -> StoreResult<Option<Account>> {
        Ok(accounts::by_person(&self.readers, person).await?)
    }

    async fn glance(&self, keys: [&str; 2], handle: &Handle) -> StoreResult<Glance> {
        Ok(glance::glance(&self.readers, keys, handle).await?)
    }

    async fn session_by_token(
        &self,
        token_hash: &str,
    ) -> StoreResult<Option<(Session, Account, Option<Person>)>> {
        Ok(sessions::by_token(&self.readers, token_hash).await?)
    }

    async fn sessions(&self, account: &AccountId, now: Millis) -> StoreResult<Vec<Session>> {
        Ok(sessions::open(&self.readers, account, now).await?)
    }

    async fn journey(&self, id: &JourneyId) -> StoreResult<Option<JourneyRow>> {
        Ok(journeys::by_id(&self.readers, id).await?)
    }

    async fn journeys_at(
        &self,
        account: &AccountId,
        kind: &str,
        step: &str,
    ) -> StoreResult<Vec<JourneyRow>> {
        Ok(journeys::at(&self.readers, account, kind, step).await?)
    }

    async fn throttles(&self, keys: [&str; 2]) -> StoreResult<[Option<Throttle>; 2]> {
        Ok(throttles::by_keys(&self.readers, keys).await?)
    }

    async fn throttle(&self, key: &str) -> StoreResult<Option<Throttle>> {
        Ok(throttles::by_key(&self.readers, key).await?)
    }

    async fn acts(&self, subject: &str) -> StoreResult<Vec<SealedAct>> {
        Ok(acts::of(&self.readers, subject).await?)
    }

    async fn take_letters(
        &self,
        channel: Channel,
        now: Millis,
        lease_ms: i64,
        limit: i64,
    ) -> StoreResult<Vec<Letter>> {
        Ok(letters::take(&self.writers, channel, now, lease_ms, limit).await?)
    }

    async fn letter_sent(&self, id: &LetterId, at: Millis) -> StoreResult<()> {
        Ok(letters::sent(&self.writers, id, at).await?)
    }

    async fn letter_delayed(
        &self,
        id: &LetterId,
        next_at: Millis,
        why: &Refusal,
    ) -> StoreResult<()> {
        Ok(letters::delayed(&self.writers, id, next_at, why).await?)
    }

    async fn letter_parked(&self, id: &LetterId, at: Millis, why: &Refusal) -> StoreResult<()> {
        Ok(letters::parked(&self.writers, id, at, why).await?)
    }

    async fn code_letter(
        &self,
        journey: &JourneyId,
        counter: i64,
    ) -> StoreResult<Option<Standing>> {
        Ok(letters::of_code(&self.readers, journey, counter).await?)
    }

    async fn letter_expired(&self, id: &LetterId, at: Millis) -> StoreResult<()> {
        Ok(letters::expired(&self.writers, id, at).await?)
    }

    async fn parked_letters(&self, limit: i64) -> StoreResult<Vec<ParkedLetter>> {
        Ok(letters::list_parked(&self.readers, limit).await?)
    }

    async fn release_letter(&self, id: &LetterId, at: Millis) -> StoreResult<bool> {
        Ok(letters::release(&self.writers, id, at).await?)
    }

    async fn sweep(&self, before: Millis, parked_before: Millis) -> StoreResult<u64> {
        Ok(sweep::sweep(&self.writers, before, parked_before).await?)
    }

    async fn ping(&self) -> StoreResult<()> {
        Ok(sweep::ping(&self.readers).await?)
    }
}

/// Every statement of the shared modules, with its name.
#[cfg(feature = "testing")]
pub(super) fn statements() -> Vec<(&'static str, &'static str)> {
    [
        accounts::ALL,
        acts::ALL,
        complaints::ALL,
        corrections::ALL,
        glance::ALL,
        journeys::ALL,
        letters::ALL,
        migrate::ALL,
        officers::ALL,
        papers::ALL,
        roll::ALL,
        sessions::ALL,
        staging::ALL,
        staging::judging(),
        sweep::ALL,
        throttles::ALL,
    ]
    .concat()
}
