//! All writes or none.

use miftah_portal::model::Account;
use miftah_portal::store::{Conflict, StoreError, Write};
use miftah_rules::view::Channel;
use miftah_store::testing::Place;

use crate::samples::{
    HOUR, NOW, account, act, commit, conflict, journey, later, letter, session, with_roll,
};

pub(crate) async fn a_refused_batch_leaves_nothing(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    commit(&store, Write::AddJourney(journey(1, Some(1)))).await;
    let refused = store
        .commit(vec![
            Write::AddJourney(journey(2, Some(1))),
            Write::MoveJourney(journey(1, Some(1))),
            Write::ChangeAccount(Account {
                phone: None,
                ..account(1)
            }),
            Write::AddSession(session(1, 1)),
            Write::Queue(letter(1)),
            Write::CountFailure {
                key: "k".into(),
                at: NOW,
            },
            Write::Record(act("account:1", 1)),
            Write::OpenAccount(Account {
                email_key: account(1).email_key,
                ..account(2)
            }),
        ])
        .await;
    assert_eq!(conflict(refused), Conflict::EmailTaken);
    assert_eq!(store.journey(&journey(2, None).id).await.unwrap(), None);
    assert_eq!(
        store.journey(&journey(1, None).id).await.unwrap(),
        Some(journey(1, Some(1)))
    );
    assert_eq!(
        store.account(&account(1).id).await.unwrap(),
        Some(account(1))
    );
    assert_eq!(store.account(&account(2).id).await.unwrap(), None);
    assert_eq!(store.sessions(&account(1).id, NOW).await.unwrap(), []);
    assert_eq!(
        store
            .take_letters(Channel::Email, NOW, HOUR, 10)
            .await
            .unwrap(),
        []
    );
    assert_eq!(store.throttle("k").await.unwrap(), None);
    assert_eq!(store.acts("account:1").await.unwrap(), []);
}

pub(crate) async fn a_broken_batch_leaves_nothing_and_the_store_goes_on(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    // The session's account does not exist: the transaction is judged at its end.
    let batch = vec![
        Write::Record(act("account:9", 1)),
        Write::AddSession(session(1, 9)),
    ];
    let refused = store.commit(batch).await;
    assert!(matches!(refused, Err(StoreError::Broken(_))), "{refused:?}");
    assert_eq!(store.acts("account:9").await.unwrap(), []);
    assert_eq!(store.session_by_token("token-1").await.unwrap(), None);
    commit(&store, Write::OpenAccount(account(1))).await;
    commit(&store, Write::AddSession(session(1, 1))).await;
    assert!(store.session_by_token("token-1").await.unwrap().is_some());
}

pub(crate) async fn writes_may_come_before_what_they_refer_to(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    store
        .commit(vec![
            Write::AddJourney(journey(1, Some(1))),
            Write::AddSession(session(1, 1)),
            Write::OpenAccount(account(1)),
        ])
        .await
        .unwrap();
    assert!(store.session_by_token("token-1").await.unwrap().is_some());
}

pub(crate) async fn a_batch_happens_in_its_order(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    store
        .commit(vec![
            Write::OpenAccount(account(1)),
            Write::AddSession(session(1, 1)),
            Write::EndSessions {
                account: account(1).id,
                except: None,
            },
            Write::AddSession(session(2, 1)),
            Write::TouchSession {
                id: session(2, 1).id,
                at: later(7),
            },
            Write::ForgetFailures { key: "k".into() },
            Write::CountFailure {
                key: "k".into(),
                at: NOW,
            },
        ])
        .await
        .unwrap();
    let left = store.sessions(&account(1).id, NOW).await.unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].last_seen_at, later(7));
    assert_eq!(store.throttle("k").await.unwrap().unwrap().failures, 1);
}

pub(crate) async fn an_empty_batch_is_fine(place: &Place) {
    place.open().await.commit(Vec::new()).await.unwrap();
}
