//! Failures counted under a key.

use miftah_portal::model::Throttle;
use miftah_portal::ports::Millis;
use miftah_portal::store::{Conflict, Write};
use miftah_portal::throttle::Limit;
use miftah_store::testing::Place;

use crate::samples::{DAY, NOW, commit, conflict, later, race};

fn failure(at: Millis) -> Write {
    Write::CountFailure {
        key: "hmac".into(),
        at,
    }
}

pub(crate) async fn failures_add_up_and_are_forgotten(place: &Place) {
    let store = place.open().await;
    assert_eq!(store.throttle("hmac").await.unwrap(), None);
    for at in [NOW, later(2), later(1)] {
        commit(&store, failure(at)).await;
    }
    // Servers' clocks differ a little; the last moment does not go back.
    let counted = Throttle {
        failures: 3,
        last_at: later(2),
    };
    assert_eq!(store.throttle("hmac").await.unwrap(), Some(counted));
    assert_eq!(store.throttle("another").await.unwrap(), None);
    commit(&store, Write::ForgetFailures { key: "hmac".into() }).await;
    assert_eq!(store.throttle("hmac").await.unwrap(), None);
}

pub(crate) async fn failures_older_than_a_day_count_no_more(place: &Place) {
    let store = place.open().await;
    commit(&store, failure(NOW)).await;
    commit(&store, failure(later(DAY))).await;
    let counted = Throttle {
        failures: 2,
        last_at: later(DAY),
    };
    assert_eq!(store.throttle("hmac").await.unwrap(), Some(counted));
    commit(&store, failure(later(2 * DAY + 1))).await;
    let counted = Throttle {
        failures: 1,
        last_at: later(2 * DAY + 1),
    };
    assert_eq!(store.throttle("hmac").await.unwrap(), Some(counted));
}

pub(crate) async fn a_bucket_knows_when_it_will_be_empty(place: &Place) {
    let store = place.open().await;
    let pour = |at| Write::Pour {
        key: "bucket".into(),
        leak_ms: 1000,
        at,
    };
    // Half-way through the leak of the first, and again when all has leaked away.
    for (at, empty_at) in [
        (0, 1000),
        (500, 2000),
        (500, 3000),
        (3000, 4000),
        (9000, 10_000),
    ] {
        commit(&store, pour(later(at))).await;
        let seen = store.throttle("bucket").await.unwrap().unwrap();
        assert_eq!(seen.last_at, later(empty_at), "poured at {at}");
    }
    let poured = race(&store, |_| vec![pour(later(9000))]).await;
    assert!(poured.iter().all(Result::is_ok), "{poured:?}");
    let seen = store.throttle("bucket").await.unwrap().unwrap();
    assert_eq!(seen.last_at, later(30_000));
}

pub(crate) async fn twenty_tasks_count_twenty_failures(place: &Place) {
    let store = place.open().await;
    let outcomes = race(&store, |_| vec![failure(NOW)]).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(store.throttle("hmac").await.unwrap().unwrap().failures, 20);
}

/// Transactions that wait for each other's rows: the database gives one up, the store tries again.
pub(crate) async fn failures_counted_in_any_order_all_count(place: &Place) {
    let store = place.open().await;
    let forth: Vec<Write> = (0..60)
        .map(|n| Write::CountFailure {
            key: format!("key {n}"),
            at: NOW,
        })
        .collect();
    let back: Vec<Write> = forth.iter().rev().cloned().collect();
    for _ in 0..3 {
        let (one, other) = tokio::join!(
            tokio::spawn({
                let (store, writes) = (store.clone(), forth.clone());
                async move { store.commit(writes).await }
            }),
            tokio::spawn({
                let (store, writes) = (store.clone(), back.clone());
                async move { store.commit(writes).await }
            }),
        );
        one.unwrap().unwrap();
        other.unwrap().unwrap();
    }
    assert_eq!(store.throttle("key 30").await.unwrap().unwrap().failures, 6);
}

const LIMIT: Limit = Limit {
    kind: "test",
    free: 5,
    first_wait: 60,
    longest_wait: 600,
};

fn within(at: Millis) -> Write {
    Write::WithinLimits {
        limits: vec![("other".into(), LIMIT), ("hmac".into(), LIMIT)],
        at,
    }
}

pub(crate) async fn a_try_beyond_the_limit_leaves_nothing(place: &Place) {
    let store = place.open().await;
    for _ in 0..5 {
        store.commit(vec![within(NOW), failure(NOW)]).await.unwrap();
    }
    let refused = store
        .commit(vec![failure(later(1)), within(later(59_999))])
        .await;
    assert_eq!(conflict(refused), Conflict::HeldBack);
    assert_eq!(store.throttle("hmac").await.unwrap().unwrap().failures, 5);
    commit(&store, within(later(60_000))).await;
}

pub(crate) async fn twenty_tries_at_once_are_as_many_as_allowed(place: &Place) {
    let store = place.open().await;
    let outcomes = race(&store, |_| vec![within(NOW), failure(NOW)]).await;
    let allowed = outcomes.into_iter().filter(Result::is_ok).count();
    assert_eq!(allowed, 5);
    assert_eq!(store.throttle("hmac").await.unwrap().unwrap().failures, 5);
}

pub(crate) async fn failures_of_another_time_are_forgotten(place: &Place) {
    let store = place.open().await;
    let fail = |at| Write::CountFailure {
        key: "key".into(),
        at,
    };
    for _ in 0..3 {
        commit(&store, fail(later(9))).await;
    }
    // Another server's clock is a little behind, then the clock is set back.
    commit(&store, fail(later(8))).await;
    let seen = store.throttle("key").await.unwrap().unwrap();
    assert_eq!((seen.failures, seen.last_at), (4, later(9)));
    let back = Millis(later(9).0 - 24 * 3_600_000);
    commit(&store, fail(back)).await;
    let [none, seen] = store.throttles(["other", "key"]).await.unwrap();
    assert_eq!(none, None);
    let seen = seen.unwrap();
    assert_eq!((seen.failures, seen.last_at), (1, back));
}
