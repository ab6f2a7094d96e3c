//! Rows to begin with; each story changes what it is about.

use std::sync::Arc;

use miftah_portal::dossier::{Complaint, Paper};
use miftah_portal::id::{
    AccountId, ComplaintId, FileId, ImportId, JourneyId, LetterId, OfficerId, PersonId, SessionId,
};
use miftah_portal::model::{
    Account, AccountState, Act, Holder, JourneyRow, Letter, Officer, Person, Session,
};
use miftah_portal::ports::{Media, Millis};
use miftah_portal::roll::good_line;
use miftah_portal::store::{
    Absent, Conflict, Import, ImportCounts, RollLine, Store, StoreError, StoreResult, Write,
};
use miftah_rules::complaint::{ComplaintKind, ComplaintState, Slot};
use miftah_rules::profile::NationalIdKind;
use miftah_rules::view::Channel;
use miftah_rules::{Field, Lang, Problem, Role};
use tokio::task::JoinSet;

/// A moment to count from: 2026-09-01T08:00Z.
pub(crate) const NOW: Millis = Millis(1_788_249_600_000);

pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

pub(crate) const fn later(ms: i64) -> Millis {
    Millis(NOW.0 + ms)
}

pub(crate) fn person(n: u32) -> Person {
    Person {
        id: PersonId(format!("person-{n}")),
        number: format!("R{n:09}"),
        national_id_kind: NationalIdKind::Cin,
        national_id: format!("AB{n}"),
        last_name_ar: "العلوي".into(),
        first_name_ar: "مريم".into(),
        last_name_latin: "EL ALAOUI".into(),
        first_name_latin: "Meryem \"Mimi\"".into(),
        birth_date: "2004-02-29".into(),
        pension_number: Some(format!("73{n:05}")),
        email: Some(format!("meryem{n}@example.ma")),
        phone: None,
        programme: "القانون الخاص".into(),
        year: "S3".into(),
        status: "registered".into(),
        further: std::collections::BTreeMap::new(),
    }
}

pub(crate) fn import(n: u32) -> Import {
    Import {
        id: ImportId(format!("import-{n}")),
        file_name: "طلبة 2026.csv".into(),
        at: later(i64::from(n)),
    }
}

pub(crate) fn lines(persons: impl IntoIterator<Item = Person>) -> Vec<RollLine> {
    persons
        .into_iter()
        .zip(2..)
        .map(|(person, line)| good_line(line, person))
        .collect()
}

/// A store whose roll holds persons 1 to `persons`.
pub(crate) async fn with_roll(store: Arc<dyn Store>, persons: u32) -> Arc<dyn Store> {
    load(&store, 0, (1..=persons).map(person)).await;
    store
}

/// Loads a roll as import `n`.
pub(crate) async fn load(
    store: &Arc<dyn Store>,
    n: u32,
    persons: impl IntoIterator<Item = Person>,
) -> ImportCounts {
    let at = import(n).at;
    let ticket = store.begin_roll(&import(n), at).await.unwrap();
    for batch in lines(persons).chunks(600) {
        let staged = store.stage_roll(ticket, at, batch, Absent::default());
        staged.await.unwrap();
    }
    let tally = store.settle_roll(ticket, at).await.unwrap();
    store.publish_roll(ticket, at, &tally.counts).await.unwrap();
    tally.counts
}

/// Account `n` of person `n`.
pub(crate) fn account(n: u32) -> Account {
    Account {
        id: AccountId(format!("account-{n}")),
        holder: Holder::Person(person(n).id),
        state: AccountState::Active,
        email: format!("Student{n}@Example.ma"),
        email_key: format!("student{n}@example.ma"),
        phone: Some("+212600000000".into()),
        phone_confirmed: true,
        password: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".into(),
        lang: Lang::Fr,
        terms_version: "2026-09-01".into(),
        created_at: NOW,
        password_changed_at: NOW,
        version: 1,
    }
}

pub(crate) fn officer(n: u32) -> Officer {
    Officer {
        id: OfficerId(format!("officer-{n}")),
        name: format!("أمينة {n}"),
        role: Role::Registry,
        added_at: later(i64::from(n)),
    }
}

/// The account of officer `n`.
pub(crate) fn desk(n: u32) -> Account {
    Account {
        id: AccountId(format!("desk-{n}")),
        holder: Holder::Officer(officer(n).id),
        email: format!("desk{n}@example.ma"),
        email_key: format!("desk{n}@example.ma"),
        ..account(n)
    }
}

/// A complaint about the number of person `n`, in the queue.
pub(crate) fn complaint(n: u32) -> Complaint {
    let claim = [
        (Field::StudentNumber, person(n).number),
        (Field::LastNameAr, "العلوي \"ب\"".to_owned()),
    ];
    Complaint {
        id: ComplaintId(format!("complaint-{n}")),
        reference: format!("FSAB2CD3E{n}"),
        kind: ComplaintKind::WrongData,
        state: ComplaintState::Submitted,
        lang: Lang::Fr,
        person: None,
        problem: Some(Problem::NoRecord),
        claim: claim.into(),
        note: "مرحبا\nici".into(),
        email: format!("someone{n}@example.ma"),
        email_confirmed: true,
        phone: Some("+212600000000".into()),
        officer: None,
        approved_by: None,
        reason: None,
        answer: String::new(),
        submitted_at: later(i64::from(n)),
        moved_at: later(i64::from(n)),
        opens_at: None,
        version: 0,
    }
}

/// A document that nobody has submitted yet.
pub(crate) fn paper(n: u32, slot: Slot) -> Paper {
    Paper {
        id: FileId(format!("paper-{n}")),
        journey: JourneyId("journey-1".into()),
        complaint: None,
        slot,
        media: Media::Jpeg,
        size: 1_234_567_890_123,
        added_at: later(i64::from(n)),
    }
}

pub(crate) fn session(n: u32, account: u32) -> Session {
    Session {
        id: SessionId(format!("session-{n}")),
        token_hash: format!("token-{n}"),
        account: AccountId(format!("account-{account}")),
        started_at: NOW,
        last_seen_at: NOW,
        proved_at: NOW,
        expires_at: later(DAY),
        idle_ms: HOUR,
        temporary: None,
        device: "Firefox · Android".into(),
    }
}

pub(crate) fn journey(n: u32, account: Option<u32>) -> JourneyRow {
    JourneyRow {
        id: JourneyId(format!("journey-{n}")),
        browser_hash: format!("browser-{n}"),
        account: account.map(|a| AccountId(format!("account-{a}"))),
        kind: "recover".into(),
        step: "code".into(),
        data: r#"{"typed":{"name":"مريم"}}"#.into(),
        created_at: NOW,
        expires_at: later(HOUR),
        version: 1,
    }
}

pub(crate) fn letter(n: u32) -> Letter {
    Letter {
        id: LetterId(format!("letter-{n:03}")),
        kind: "register_code".into(),
        channel: Channel::Email,
        to: format!("student{n}@example.ma"),
        lang: Lang::Ar,
        params: r#"{"minutes":10}"#.into(),
        journey: Some((JourneyId("journey-1".into()), 2)),
        decoy: false,
        created_at: NOW,
        next_at: NOW,
        attempts: 0,
    }
}

pub(crate) fn act(subject: &str, n: u32) -> Act {
    Act {
        subject: subject.into(),
        kind: "password_changed".into(),
        at: later(i64::from(n)),
        values: format!("{{\"n\":{n}}}"),
        salt: format!("salt-{n}"),
    }
}

pub(crate) async fn commit(store: &Arc<dyn Store>, write: Write) {
    store.commit(vec![write]).await.unwrap();
}

/// The conflict that refused.
pub(crate) fn conflict<T: std::fmt::Debug>(outcome: StoreResult<T>) -> Conflict {
    match outcome {
        Err(StoreError::Conflict(conflict)) => conflict,
        other => panic!("expected a conflict, got {other:?}"),
    }
}

/// Commits twenty batches at once; the outcomes in any order.
pub(crate) async fn race(
    store: &Arc<dyn Store>,
    batch: impl Fn(u32) -> Vec<Write>,
) -> Vec<StoreResult<()>> {
    let mut tasks = JoinSet::new();
    for n in 1..=20 {
        let (store, writes) = (Arc::clone(store), batch(n));
        tasks.spawn(async move { store.commit(writes).await });
    }
    tasks.join_all().await
}
