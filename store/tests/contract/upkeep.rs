//! Opening, migrating, sweeping, starting again.

use miftah_portal::model::{AccountState, JourneyRow, Person, Session};
use miftah_portal::store::Write;
use miftah_rules::view::Channel;
use miftah_store::testing::{Place, newest_migration};
use tokio::task::JoinSet;

use crate::samples::{
    DAY, HOUR, MINUTE, NOW, account, act, commit, journey, later, letter, person, session,
    with_roll,
};

pub(crate) async fn a_sweep_takes_what_is_over_and_counts_it(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    commit(&store, Write::AddJourney(journey(1, Some(1)))).await;
    let long = JourneyRow {
        expires_at: later(DAY),
        ..journey(2, None)
    };
    commit(&store, Write::AddJourney(long)).await;
    // Idle since an hour, expired since an hour, still open.
    commit(&store, Write::AddSession(session(1, 1))).await;
    let expired = Session {
        expires_at: later(HOUR),
        idle_ms: DAY,
        ..session(2, 1)
    };
    commit(&store, Write::AddSession(expired)).await;
    commit(
        &store,
        Write::AddSession(Session {
            idle_ms: DAY,
            ..session(3, 1)
        }),
    )
    .await;
    for n in [1, 2, 3] {
        commit(&store, Write::Queue(letter(n))).await;
    }
    store
        .take_letters(Channel::Email, NOW, MINUTE, 2)
        .await
        .unwrap();
    store.letter_sent(&letter(1).id, later(HOUR)).await.unwrap();
    store
        .letter_sent(&letter(2).id, later(HOUR + 1))
        .await
        .unwrap();
    commit(
        &store,
        Write::CountFailure {
            key: "old".into(),
            at: later(HOUR),
        },
    )
    .await;
    commit(
        &store,
        Write::CountFailure {
            key: "new".into(),
            at: later(HOUR + 1),
        },
    )
    .await;
    commit(&store, Write::Record(act("account:1", 1))).await;

    assert_eq!(store.sweep(later(HOUR), NOW).await.unwrap(), 0);
    assert_eq!(store.sweep(later(HOUR + 1), NOW).await.unwrap(), 5);
    assert_eq!(place.texts("select id from journey").await, ["journey-2"]);
    assert_eq!(place.texts("select id from session").await, ["session-3"]);
    assert_eq!(
        place.texts("select id from letter").await,
        ["letter-002", "letter-003"]
    );
    assert_eq!(place.texts("select key from throttle").await, ["new"]);
    assert!(store.account(&account(1).id).await.unwrap().is_some());
    assert_eq!(store.acts("account:1").await.unwrap().len(), 1);
    assert_eq!(store.sweep(later(HOUR + 1), NOW).await.unwrap(), 0);
}

pub(crate) async fn a_sweep_in_batches_leaves_nothing_behind(place: &Place) {
    let store = place.open().await;
    let many = (0..1201).map(|n| Write::AddJourney(journey(n, None)));
    store.commit(many.collect()).await.unwrap();
    assert_eq!(store.sweep(later(DAY), NOW).await.unwrap(), 1201);
    assert_eq!(place.texts("select id from journey").await, [""; 0]);
}

pub(crate) async fn parked_letters_go_when_their_time_is_over(place: &Place) {
    let store = place.open().await;
    commit(&store, Write::Queue(letter(1))).await;
    store
        .take_letters(Channel::Email, NOW, MINUTE, 1)
        .await
        .unwrap();
    let id = letter(1).id;
    let why = "no such mailbox".into();
    store.letter_parked(&id, later(MINUTE), &why).await.unwrap();
    assert_eq!(store.sweep(later(DAY), later(MINUTE)).await.unwrap(), 0);
    assert_eq!(store.sweep(later(DAY), later(MINUTE + 1)).await.unwrap(), 1);
}

pub(crate) async fn a_ping_is_answered(place: &Place) {
    place.open().await.ping().await.unwrap();
}

pub(crate) async fn everything_is_there_after_a_restart(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    store
        .commit(vec![
            Write::OpenAccount(account(1)),
            Write::AddSession(session(1, 1)),
            Write::AddJourney(journey(1, Some(1))),
            Write::Queue(letter(1)),
            Write::CountFailure {
                key: "k".into(),
                at: NOW,
            },
            Write::Record(act("account:1", 1)),
        ])
        .await
        .unwrap();
    let chain = store.acts("account:1").await.unwrap();
    drop(store);
    let store = place.open().await;
    assert_eq!(store.roll_size().await.unwrap(), 2);
    assert_eq!(
        store.account(&account(1).id).await.unwrap(),
        Some(account(1))
    );
    assert_eq!(
        store
            .session_by_token("token-1")
            .await
            .unwrap()
            .map(|(session, ..)| session),
        Some(session(1, 1))
    );
    assert_eq!(
        store.journey(&journey(1, None).id).await.unwrap(),
        Some(journey(1, Some(1)))
    );
    assert_eq!(
        store
            .take_letters(Channel::Email, NOW, HOUR, 10)
            .await
            .unwrap()
            .len(),
        1
    );
    assert_eq!(store.throttle("k").await.unwrap().unwrap().failures, 1);
    assert_eq!(store.acts("account:1").await.unwrap(), chain);
}

pub(crate) async fn every_statement_is_understood(place: &Place) {
    drop(place.open().await);
    assert_eq!(place.refused_statements().await, [""; 0]);
}

/// What programs of earlier migrations left in their databases, by the migration's number. A migration
/// that makes a table brings a filling along.
const FILLED: [(i64, &str); 1] = [(1, include_str!("filled/0001.sql"))];

/// How many rows each of the tables holds that fillings know.
const ROWS: &str = "\
    select 'account ' || count(*) from account \
    union all select 'act ' || count(*) from act \
    union all select 'journey ' || count(*) from journey \
    union all select 'letter ' || count(*) from letter \
    union all select 'officer ' || count(*) from officer \
    union all select 'person ' || count(*) from person \
    union all select 'record ' || count(*) from record \
    union all select 'roll ' || count(*) from roll \
    union all select 'roll_import ' || count(*) from roll_import \
    union all select 'roll_line ' || count(*) from roll_line \
    union all select 'session ' || count(*) from session \
    union all select 'throttle ' || count(*) from throttle";

pub(crate) async fn a_fresh_schema_equals_one_migrated_step_by_step(place: &Place) {
    drop(place.open().await);
    let steps = Place::make(place.engine()).await;
    for last in 1..=newest_migration() {
        drop(steps.open_at(last).await.unwrap());
        for (_, rows) in FILLED.iter().filter(|(version, _)| *version == last) {
            steps.run(rows).await;
        }
    }
    let fresh = place.schema().await;
    assert!(fresh.len() > 10, "{fresh:?}");
    assert_eq!(fresh, steps.schema().await);
    steps.remove().await;
}

pub(crate) async fn a_filled_database_is_migrated_with_everything_in_it(place: &Place) {
    drop(place.open_at(1).await.unwrap());
    for (_, rows) in FILLED {
        place.run(rows).await;
    }
    let before = place.texts(ROWS).await;
    let mut tables: Vec<_> = before
        .iter()
        .filter_map(|row| row.split(' ').next())
        .collect();
    assert!(before.iter().all(|row| !row.ends_with(" 0")), "{before:?}");
    tables.push("schema_version");
    tables.sort_unstable();
    assert_eq!(place.tables().await, tables, "every table has a filling");

    let store = place.open().await;
    assert_eq!(place.texts(ROWS).await, before);
    // What was written before is read as ever.
    let [open, closed] = [1, 2].map(|n| account(n).id);
    assert_eq!(store.account(&open).await.unwrap(), Some(account(1)));
    let closed = store.account(&closed).await.unwrap().unwrap();
    assert_eq!((closed.state, closed.version), (AccountState::Closed, 4));
    // Of what came later nothing is known.
    let known = Person {
        pension_number: None,
        ..person(1)
    };
    assert_eq!(store.person(&known.id).await.unwrap(), Some(known));
    assert_eq!(
        store
            .session_by_token("token-1")
            .await
            .unwrap()
            .map(|(session, ..)| session),
        Some(session(1, 1))
    );
    assert_eq!(
        store.journey(&journey(1, None).id).await.unwrap(),
        Some(journey(1, Some(1)))
    );
    assert_eq!(store.throttle("k").await.unwrap().unwrap().failures, 3);
    assert_eq!(store.acts("account:account-1").await.unwrap().len(), 1);
    let due = store
        .take_letters(Channel::Email, later(DAY), HOUR, 10)
        .await
        .unwrap();
    assert_eq!(due.len(), 1);
    // And written on.
    commit(&store, Write::AddSession(session(2, 1))).await;
    commit(&store, Write::Record(act("account:account-1", 2))).await;
}

pub(crate) async fn servers_that_start_together_migrate_once(place: &Place) {
    let mut servers = JoinSet::new();
    for _ in 0..6 {
        let url = place.url().to_owned();
        servers.spawn(async move { miftah_store::open(&url).await.map(drop) });
    }
    for started in servers.join_all().await {
        started.unwrap();
    }
    let applied = place.texts("select slug from schema_version").await;
    assert_eq!(applied.len(), usize::try_from(newest_migration()).unwrap());
}

pub(crate) async fn a_newer_database_is_refused(place: &Place) {
    drop(place.open().await);
    place
        .run("insert into schema_version (version, slug) values (9999, 'tomorrow')")
        .await;
    let told = miftah_store::open(place.url())
        .await
        .map(drop)
        .unwrap_err()
        .to_string();
    assert!(told.contains("9999 (tomorrow)"), "{told}");
}
