//! Sessions: found by their token, ended for good.

use miftah_portal::id::JourneyId;
use miftah_portal::model::Session;
use miftah_portal::ports::Millis;
use miftah_portal::store::Write;
use miftah_store::testing::Place;

use crate::samples::{
    DAY, HOUR, NOW, account, commit, desk, later, officer, person, session, with_roll,
};

pub(crate) async fn a_session_is_found_by_its_token(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    commit(&store, Write::AddSession(session(1, 1))).await;
    let person = store.person(&person(1).id).await.unwrap();
    assert!(person.is_some());
    assert_eq!(
        store.session_by_token("token-1").await.unwrap(),
        Some((session(1, 1), account(1), person))
    );
    assert_eq!(store.session_by_token("token-2").await.unwrap(), None);
}

pub(crate) async fn an_officers_session_is_nobodys_on_the_roll(place: &Place) {
    let store = place.open().await;
    let account = desk(1);
    let session = Session {
        account: account.id.clone(),
        ..session(1, 1)
    };
    let writes = vec![
        Write::AddOfficer(officer(1)),
        Write::OpenAccount(account.clone()),
        Write::AddSession(session.clone()),
    ];
    store.commit(writes).await.unwrap();
    assert_eq!(
        store.session_by_token("token-1").await.unwrap(),
        Some((session, account, None))
    );
}

pub(crate) async fn open_sessions_come_last_used_first(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    commit(&store, Write::OpenAccount(account(2))).await;
    for (n, of, seen) in [(1, 1, 5), (2, 1, 9), (3, 1, 7), (4, 2, 8)] {
        let row = Session {
            last_seen_at: later(seen),
            ..session(n, of)
        };
        commit(&store, Write::AddSession(row)).await;
    }
    let open = store.sessions(&account(1).id, later(10)).await.unwrap();
    let ids: Vec<_> = open.iter().map(|session| session.id.as_str()).collect();
    assert_eq!(ids, ["session-2", "session-3", "session-1"]);
}

pub(crate) async fn a_session_ends_by_time_and_by_idleness(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    // One ends after an hour without a request, one after a day whatever happens.
    commit(&store, Write::AddSession(session(1, 1))).await;
    let lasting = Session {
        idle_ms: 30 * DAY,
        ..session(2, 1)
    };
    commit(&store, Write::AddSession(lasting)).await;
    let open = async |at| {
        store
            .sessions(&account(1).id, later(at))
            .await
            .unwrap()
            .len()
    };
    assert_eq!(open(HOUR - 1).await, 2);
    assert_eq!(open(HOUR).await, 1);
    assert_eq!(open(DAY - 1).await, 1);
    assert_eq!(open(DAY).await, 0);
}

pub(crate) async fn touching_and_proving_move_forward_only(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    commit(&store, Write::AddSession(session(1, 1))).await;
    let id = session(1, 1).id;
    for at in [later(9), later(4)] {
        commit(&store, Write::TouchSession { id: id.clone(), at }).await;
        commit(
            &store,
            Write::ProveSession {
                id: id.clone(),
                at: Millis(at.0 - 1),
            },
        )
        .await;
    }
    let (stored, ..) = store.session_by_token("token-1").await.unwrap().unwrap();
    assert_eq!(stored.last_seen_at, later(9));
    assert_eq!(stored.proved_at, later(8));
}

pub(crate) async fn an_ended_session_is_gone_and_stays_gone(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    commit(&store, Write::AddSession(session(1, 1))).await;
    let id = session(1, 1).id;
    // Another account's owner cannot end it.
    commit(
        &store,
        Write::EndSession {
            id: id.clone(),
            account: account(2).id,
        },
    )
    .await;
    assert!(store.session_by_token("token-1").await.unwrap().is_some());
    commit(
        &store,
        Write::EndSession {
            id: id.clone(),
            account: account(1).id,
        },
    )
    .await;
    assert_eq!(store.session_by_token("token-1").await.unwrap(), None);
    // A request that was on its way does not bring it back.
    commit(
        &store,
        Write::TouchSession {
            id: id.clone(),
            at: later(1),
        },
    )
    .await;
    commit(&store, Write::ProveSession { id, at: later(1) }).await;
    assert_eq!(store.sessions(&account(1).id, NOW).await.unwrap(), []);
}

pub(crate) async fn all_sessions_end_except_one(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    commit(&store, Write::OpenAccount(account(2))).await;
    for (n, of) in [(1, 1), (2, 1), (3, 1), (4, 2)] {
        commit(&store, Write::AddSession(session(n, of))).await;
    }
    let kept = session(2, 1).id;
    let others = Write::EndSessions {
        account: account(1).id,
        except: Some(kept.clone()),
    };
    commit(&store, others).await;
    let left = store.sessions(&account(1).id, NOW).await.unwrap();
    assert_eq!(
        left.iter().map(|session| &session.id).collect::<Vec<_>>(),
        [&kept]
    );
    commit(
        &store,
        Write::EndSessions {
            account: account(1).id,
            except: None,
        },
    )
    .await;
    assert_eq!(store.sessions(&account(1).id, NOW).await.unwrap(), []);
    assert_eq!(store.sessions(&account(2).id, NOW).await.unwrap().len(), 1);
}

pub(crate) async fn a_temporary_session_is_one_until_it_is_settled(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    let temporary = Some(JourneyId("journey-1".into()));
    let row = Session {
        temporary: temporary.clone(),
        ..session(1, 1)
    };
    commit(&store, Write::AddSession(row.clone())).await;
    let read = async || {
        let found = store.session_by_token("token-1").await.unwrap();
        found.unwrap().0.temporary
    };
    assert_eq!(read().await, temporary);
    assert_eq!(
        store.sessions(&account(1).id, NOW).await.unwrap(),
        std::slice::from_ref(&row)
    );
    commit(&store, Write::SettleSession { id: row.id }).await;
    assert_eq!(read().await, None);
}
