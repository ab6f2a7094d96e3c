//! The store port: small reads, and one way to write.
//!
//! Every verb decides first and then commits all its writes at once, letters included
//! (outbox, idea 5): nothing is half done, and no verb can forget the transaction.

mod desk;
mod rolls;

use async_trait::async_trait;

pub use desk::{Desk, Wanted};
pub use rolls::{Absent, Clash, ClashKind, Import, ImportCounts, RollLine, Rolls, Tally, Ticket};

use crate::dossier::{Complaint, Paper};
use crate::id::{
    AccountId, ComplaintId, FileId, JourneyId, LetterId, OfficerId, PersonId, SessionId,
};
use crate::model::{
    Account, Act, ChainEnd, JourneyRow, Letter, Officer, ParkedLetter, Person, SealedAct, Session,
    Standing, Throttle,
};
use crate::ports::{Millis, Refusal};
use crate::throttle::Limit;
use miftah_rules::form::Handle;
use miftah_rules::view::Channel;

/// One write of a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    AddJourney(JourneyRow),
    /// `row.version` is the version read; the store writes `version + 1`.
    MoveJourney(JourneyRow),
    /// Before the account that is theirs.
    AddOfficer(Officer),
    OpenAccount(Account),
    /// `account.version` is the version read; the store writes `version + 1`.
    ChangeAccount(Account),
    AddSession(Session),
    /// Refuses the transaction when the account is no longer at this version (what was decided by
    /// its password must not outlive that password), or as [`Write::WithinLimits`] does.
    AddSessionAt {
        session: Session,
        version: i64,
        tried: Tried,
    },
    /// Last use of a session; written at most every five minutes.
    TouchSession {
        id: SessionId,
        at: Millis,
    },
    /// The password was typed again in this session.
    /// A password of one's own was chosen in place of the temporary one that opened it.
    SettleSession {
        id: SessionId,
    },
    ProveSession {
        id: SessionId,
        at: Millis,
    },
    EndSession {
        id: SessionId,
        account: AccountId,
    },
    /// All sessions of an account except, where given, one.
    EndSessions {
        account: AccountId,
        except: Option<SessionId>,
    },
    AddComplaint(Complaint),
    /// `version` is the version read; the store writes `version + 1`.
    MoveComplaint(Complaint),
    AddPaper(Paper),
    /// These documents are the complaint's from now on.
    GivePapers {
        papers: Vec<FileId>,
        complaint: ComplaintId,
    },
    /// Refuses the transaction when the roll does not say this of somebody any more: an officer's
    /// decision is about what they saw.
    RecordIs(Person),
    /// What the roll says of somebody who is on it. It counts at once.
    CorrectRecord(Person),
    /// Somebody whom no file has brought onto the roll.
    AddPerson(Person),
    Queue(Letter),
    /// Kills every other journey of an account that could still prove or change something: codes
    /// sent before a reset are dead (norm 3). Its rows get step `over`.
    EndJourneys {
        account: AccountId,
        except: Option<JourneyId>,
    },
    /// Adds one failure under a key.
    CountFailure {
        key: String,
        at: Millis,
    },
    /// Adds one failure to a leaky bucket that forgets one every `leak_ms`. `last_at` of its row is
    /// the moment at which it will be empty.
    Pour {
        key: String,
        leak_ms: i64,
        at: Millis,
    },
    ForgetFailures {
        key: String,
    },
    /// Refuses the transaction when the failures under one of the keys hold tries back at `at`.
    /// Looking before is not enough: a hundred tries at once would all look before the first one
    /// counts.
    WithinLimits {
        limits: Vec<(String, Limit)>,
        at: Millis,
    },
    Record(Act),
    /// The same where the end of its subject's chain was seen before. Others may have come since.
    RecordAfter {
        act: Act,
        end: Option<ChainEnd>,
    },
}

/// A try at something, and the failures that were counted when it began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    pub limits: [(String, Limit); 2],
    pub seen: [Throttle; 2],
    pub at: Millis,
}

/// What signing in looks at before the password.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Glance {
    /// In the order of their keys as they are given.
    pub throttles: [Option<Throttle>; 2],
    /// Not closed.
    pub account: Option<Account>,
    /// Of the account's history.
    pub end: Option<ChainEnd>,
}

impl Write {
    /// Everybody is signed out of an account, and every code on its way is dead (norms 3 and 6).
    pub fn shut_out(account: &AccountId) -> [Self; 2] {
        [
            Self::EndSessions {
                account: account.clone(),
                except: None,
            },
            Self::EndJourneys {
                account: account.clone(),
                except: None,
            },
        ]
    }
}

/// Why a transaction was refused by the data itself. Nothing of it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// Another account that is not closed has this e-mail key.
    EmailTaken,
    /// This person has an account that is not closed.
    PersonHasAccount,
    /// The journey has moved on since it was read: a double click, another tab.
    JourneyMoved,
    /// The account was changed since it was read.
    AccountMoved,
    /// The complaint was moved since it was read: another officer, another click.
    ComplaintMoved,
    /// Another complaint has this reference.
    ReferenceTaken,
    /// This person's account is being recovered with the office's help already.
    AssistedOpen,
    /// The roll says something else of this person than was seen.
    RecordMoved,
    /// Somebody on the roll has this student number.
    NumberTaken,
    /// Other tries came first and used up what is allowed ([`Write::WithinLimits`]).
    HeldBack,
}

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("conflict: {0:?}")]
    Conflict(Conflict),
    /// Another import has the roll: it was there first, or took this one for dead.
    #[error("another import has the roll")]
    RollTaken,
    /// The database failed; the text is for the operator's log, never for a page.
    #[error("database: {0}")]
    Broken(String),
}

pub type StoreResult<T> = Result<T, StoreError>;

#[async_trait]
pub trait Store: Rolls + Desk {
    /// All writes or none, in the order given. What a row refers to may come later in the same
    /// list. Touching or proving a session that has ended meanwhile does nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a constraint or a version refuses; nothing was written.
    async fn commit(&self, writes: Vec<Write>) -> StoreResult<()>;

    async fn person(&self, id: &PersonId) -> StoreResult<Option<Person>>;
    /// By normalised student number.
    async fn person_by_number(&self, number: &str) -> StoreResult<Option<Person>>;

    async fn officer(&self, id: &OfficerId) -> StoreResult<Option<Officer>>;
    /// Those whose account is open, by name.
    async fn officers(&self) -> StoreResult<Vec<(Officer, Account)>>;

    async fn account(&self, id: &AccountId) -> StoreResult<Option<Account>>;
    /// Among accounts that are not closed.
    async fn account_by_email(&self, email_key: &str) -> StoreResult<Option<Account>>;
    /// Among accounts that are not closed.
    async fn account_by_person(&self, person: &PersonId) -> StoreResult<Option<Account>>;

    /// In one question, so that a known handle costs what an unknown one does (norm 2), and signing in
    /// little beside its hash.
    async fn glance(&self, keys: [&str; 2], handle: &Handle) -> StoreResult<Glance>;

    /// With its account, and what the roll says of whose it is; an officer is looked up alone. Also one
    /// that has ended by time or idleness and was not swept yet: the caller looks.
    async fn session_by_token(
        &self,
        token_hash: &str,
    ) -> StoreResult<Option<(Session, Account, Option<Person>)>>;
    /// Those that have not ended at `now`, last used first.
    async fn sessions(&self, account: &AccountId, now: Millis) -> StoreResult<Vec<Session>>;

    async fn journey(&self, id: &JourneyId) -> StoreResult<Option<JourneyRow>>;
    /// An account's journeys of a kind that stand at a step, newest first, eight at most; also those
    /// that have expired and were not swept yet.
    async fn journeys_at(
        &self,
        account: &AccountId,
        kind: &str,
        step: &str,
    ) -> StoreResult<Vec<JourneyRow>>;

    async fn throttle(&self, key: &str) -> StoreResult<Option<Throttle>>;
    /// Two at once, in the order of their keys as they are given.
    async fn throttles(&self, keys: [&str; 2]) -> StoreResult<[Option<Throttle>; 2]>;

    /// Oldest first; by subject.
    async fn acts(&self, subject: &str) -> StoreResult<Vec<SealedAct>>;

    /// Takes up to `limit` letters of one channel that are due at `now` and marks them taken until
    /// `now` plus `lease_ms`, so that two workers never hold the same letter and a dead worker's
    /// letters come back. Taking counts: `attempts` is 1 the first time, `next_at` the end of the
    /// lease.
    async fn take_letters(
        &self,
        channel: Channel,
        now: Millis,
        lease_ms: i64,
        limit: i64,
    ) -> StoreResult<Vec<Letter>>;
    /// The next server has it (or it was a decoy).
    async fn letter_sent(&self, id: &LetterId, at: Millis) -> StoreResult<()>;
    /// Refused for now: try again at `next_at`.
    async fn letter_delayed(
        &self,
        id: &LetterId,
        next_at: Millis,
        why: &Refusal,
    ) -> StoreResult<()>;
    /// Refused for good: kept for the office to see.
    async fn letter_parked(&self, id: &LetterId, at: Millis, why: &Refusal) -> StoreResult<()>;
    /// Its code is good for nothing any more: it is not sent.
    async fn letter_expired(&self, id: &LetterId, at: Millis) -> StoreResult<()>;
    /// What became of the letter with this code of this journey.
    async fn code_letter(&self, journey: &JourneyId, counter: i64)
    -> StoreResult<Option<Standing>>;

    /// Letters that were refused for good, last parked first, at most `limit`; no decoys: nobody was
    /// to get those.
    async fn parked_letters(&self, limit: i64) -> StoreResult<Vec<ParkedLetter>>;
    /// Lets a parked letter wait again, due at `at`, with all its tries before it; answers whether it
    /// did. Not one that stands for a code ([`ParkedLetter::of_code`]): its code is dead, or its
    /// person has been told to ask for another.
    async fn release_letter(&self, id: &LetterId, at: Millis) -> StoreResult<bool>;

    /// Deletes journeys that expired before `before`, sessions that ended before it, letters sent
    /// before it, throttles untouched since, and letters parked before `parked_before`; answers how
    /// many rows. Few at a time, so that others may write in between.
    async fn sweep(&self, before: Millis, parked_before: Millis) -> StoreResult<u64>;

    /// Whether the database answers (`/readyz`).
    async fn ping(&self) -> StoreResult<()>;
}
