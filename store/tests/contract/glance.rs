//! What signing in looks at in one question, and what its writes look at again.

use std::sync::Arc;
use std::time::Duration;

use miftah_portal::act::first_break;
use miftah_portal::model::{Account, AccountState, ChainEnd, Throttle};
use miftah_portal::store::{Conflict, Glance, Store, StoreError, Tried, Write};
use miftah_portal::throttle::Limit;
use miftah_rules::form::Handle;
use miftah_store::testing::Place;

use crate::samples::{
    NOW, account, act, commit, conflict, later, person, race, session, with_roll,
};

const LIMIT: Limit = Limit {
    kind: "test",
    free: 2,
    first_wait: 60,
    longest_wait: 600,
};

const KEYS: [&str; 2] = ["near", "far"];

/// A try that saw this.
pub(crate) fn tried(seen: [i64; 2]) -> Tried {
    Tried {
        limits: KEYS.map(|key| (key.to_owned(), LIMIT)),
        seen: seen.map(|failures| Throttle {
            failures,
            last_at: NOW,
        }),
        at: NOW,
    }
}

fn failure(key: &str) -> Write {
    Write::CountFailure {
        key: key.to_owned(),
        at: NOW,
    }
}

fn handles() -> [Handle; 3] {
    let one = account(1);
    [
        Handle::Email(one.email_key.clone()),
        Handle::Number(person(1).number),
        Handle::Unreadable(one.email_key),
    ]
}

pub(crate) async fn each_handle_finds_its_account_and_all_that_is_asked_with_it(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    for handle in handles() {
        let nothing = store.glance(KEYS, &handle).await.unwrap();
        assert_eq!(nothing, Glance::default(), "{handle:?}");
    }
    commit(&store, Write::OpenAccount(account(1))).await;
    commit(&store, Write::OpenAccount(account(2))).await;
    for n in 1..=2 {
        commit(&store, Write::Record(act(&history(), n))).await;
    }
    commit(&store, Write::Record(act("account:other", 1))).await;
    for _ in 0..3 {
        commit(&store, failure("far")).await;
    }
    let chain = store.acts(&history()).await.unwrap();
    for handle in handles() {
        let seen = store.glance(KEYS, &handle).await.unwrap();
        assert_eq!(seen.account, Some(account(1)), "{handle:?}");
        let end = seen.end.unwrap();
        assert_eq!((end.seq, &end.hash), (2, &chain[1].hash));
        let far = Throttle {
            failures: 3,
            last_at: NOW,
        };
        assert_eq!(seen.throttles, [None, Some(far.clone())]);
        let turned = store.glance(["far", "near"], &handle).await.unwrap();
        assert_eq!(turned.throttles, [Some(far), None]);
    }
    let silent = store
        .glance(KEYS, &Handle::Email(account(2).email_key))
        .await
        .unwrap();
    assert_eq!((silent.account, silent.end), (Some(account(2)), None));
}

pub(crate) async fn a_closed_account_is_nobody_s(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    let closed = Account {
        state: AccountState::Closed,
        ..account(1)
    };
    commit(&store, Write::ChangeAccount(closed)).await;
    for handle in handles() {
        let seen = store.glance(KEYS, &handle).await.unwrap();
        assert_eq!(seen, Glance::default(), "{handle:?}");
    }
}

pub(crate) async fn an_act_comes_behind_what_came_since_its_end_was_seen(place: &Place) {
    let store = place.open().await;
    let after = |n, end| Write::RecordAfter {
        act: act("account:1", n),
        end,
    };
    commit(&store, after(1, None)).await;
    let chain = store.acts("account:1").await.unwrap();
    let first = ChainEnd {
        seq: 1,
        hash: chain[0].hash.clone(),
    };
    commit(&store, after(2, Some(first.clone()))).await;
    commit(&store, after(3, Some(first))).await;
    commit(&store, after(4, None)).await;
    let chain = store.acts("account:1").await.unwrap();
    let told: Vec<_> = chain.iter().map(|sealed| sealed.act.clone()).collect();
    assert_eq!(told, [1, 2, 3, 4].map(|n| act("account:1", n)));
    assert_eq!(first_break(&chain), None);
    let outcomes = race(&store, |n| vec![after(10 + n, None)]).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(first_break(&store.acts("account:1").await.unwrap()), None);
}

/// Signing in: a session and the act that tells of it.
fn sign_in(n: u32, version: i64, tried: Tried, end: Option<ChainEnd>) -> Vec<Write> {
    let open = Write::AddSessionAt {
        session: session(n, 1),
        version,
        tried,
    };
    let act = act(&history(), n);
    vec![open, Write::RecordAfter { act, end }]
}

fn history() -> String {
    format!("account:{}", account(1).id.as_str())
}

/// So many sessions, and as many acts in an unbroken chain.
async fn holds(store: &Arc<dyn Store>, count: usize) {
    let open = store.sessions(&account(1).id, NOW).await.unwrap();
    let chain = store.acts(&history()).await.unwrap();
    assert_eq!((open.len(), chain.len()), (count, count));
    assert_eq!(first_break(&chain), None);
}

pub(crate) async fn a_sign_in_is_written_unless_what_was_counted_since_holds_it_back(
    place: &Place,
) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    let sign_in = |n, seen| sign_in(n, 1, tried(seen), None);
    store.commit(sign_in(1, [0, 0])).await.unwrap();
    // Something was counted since, and it is not too much.
    commit(&store, failure("far")).await;
    store.commit(sign_in(2, [0, 0])).await.unwrap();
    store.commit(sign_in(3, [0, 1])).await.unwrap();
    commit(&store, failure("near")).await;
    commit(&store, failure("near")).await;
    let refused = store.commit(sign_in(4, [0, 1])).await;
    assert_eq!(conflict(refused), Conflict::HeldBack);
    holds(&store, 3).await;
    // It is over by the time of the try.
    let mut late = sign_in(4, [0, 1]);
    if let Write::AddSessionAt { tried, .. } = &mut late[0] {
        tried.at = later(60_000);
    }
    store.commit(late).await.unwrap();
    commit(&store, Write::ForgetFailures { key: "near".into() }).await;
    store.commit(sign_in(5, [2, 1])).await.unwrap();
    holds(&store, 5).await;
}

pub(crate) async fn a_sign_in_is_written_whole_or_not_at_all(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    let now = || tried([0, 0]);
    store.commit(sign_in(1, 1, now(), None)).await.unwrap();
    let seen = store
        .glance(KEYS, &Handle::Email(account(1).email_key))
        .await
        .unwrap();
    // Behind the end that was seen, behind what came since, and as if nothing had been seen.
    for (n, end) in [(2, seen.end.clone()), (3, seen.end), (4, None)] {
        store.commit(sign_in(n, 1, now(), end)).await.unwrap();
    }
    holds(&store, 4).await;
    commit(&store, Write::ChangeAccount(account(1))).await;
    let refused = store.commit(sign_in(5, 1, now(), None)).await;
    assert_eq!(conflict(refused), Conflict::AccountMoved);
    // A session of that name is there.
    let broken = store.commit(sign_in(1, 2, now(), None)).await;
    assert!(matches!(broken, Err(StoreError::Broken(_))), "{broken:?}");
    holds(&store, 4).await;
    store.commit(sign_in(6, 2, now(), None)).await.unwrap();
    holds(&store, 5).await;
}

pub(crate) async fn sign_ins_that_are_given_up_leave_the_store_as_it_was(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    for n in 1..=60 {
        let task = tokio::spawn({
            let store = Arc::clone(&store);
            async move { store.commit(sign_in(n, 1, tried([0, 0]), None)).await }
        });
        tokio::time::sleep(Duration::from_micros(u64::from(n) * 25)).await;
        task.abort();
        drop(task.await);
    }
    // The last one may still be written: whoever comes next waits for it.
    let next = store.commit(sign_in(98, 1, tried([0, 0]), None));
    next.await.unwrap();
    let before = store.sessions(&account(1).id, NOW).await.unwrap().len();
    let last = store.commit(sign_in(99, 1, tried([0, 0]), None));
    last.await.unwrap();
    holds(&store, before + 1).await;
}

pub(crate) async fn twenty_sign_ins_at_once_are_all_written(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    let outcomes = race(&store, |n| sign_in(n, 1, tried([0, 0]), None)).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    holds(&store, 20).await;
}

pub(crate) async fn twenty_right_tries_among_wrong_ones_are_as_many_as_allowed(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    let outcomes = race(&store, |n| {
        let mut writes = sign_in(n, 1, tried([0, 0]), None);
        writes.push(failure("near"));
        writes
    })
    .await;
    assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 2);
    for refused in outcomes.into_iter().filter(Result::is_err) {
        assert_eq!(conflict(refused), Conflict::HeldBack);
    }
    holds(&store, 2).await;
}
