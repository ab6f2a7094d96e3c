//! Journeys: every step happens once.

use miftah_portal::model::JourneyRow;
use miftah_portal::ports::Millis;
use miftah_portal::store::{Conflict, Write};
use miftah_store::testing::Place;

use crate::samples::{DAY, account, commit, conflict, journey, later, race, with_roll};

pub(crate) async fn a_journey_comes_back_as_it_was_written(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    for written in [journey(1, None), journey(2, Some(1))] {
        commit(&store, Write::AddJourney(written.clone())).await;
        assert_eq!(store.journey(&written.id).await.unwrap(), Some(written));
    }
    assert_eq!(store.journey(&journey(3, None).id).await.unwrap(), None);
}

pub(crate) async fn a_moved_journey_counts_its_version(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    commit(&store, Write::AddJourney(journey(1, None))).await;
    let moved = JourneyRow {
        browser_hash: "another".into(),
        kind: "register".into(),
        step: "password".into(),
        data: "{}".into(),
        expires_at: later(DAY),
        ..journey(1, Some(1))
    };
    commit(&store, Write::MoveJourney(moved.clone())).await;
    let stored = JourneyRow {
        version: 2,
        ..moved
    };
    assert_eq!(
        store.journey(&stored.id).await.unwrap(),
        Some(stored.clone())
    );
    commit(&store, Write::MoveJourney(stored.clone())).await;
    assert_eq!(store.journey(&stored.id).await.unwrap().unwrap().version, 3);
}

pub(crate) async fn a_double_click_moves_once(place: &Place) {
    let store = place.open().await;
    commit(&store, Write::AddJourney(journey(1, None))).await;
    let outcomes = race(&store, |n| {
        vec![Write::MoveJourney(JourneyRow {
            step: format!("step {n}"),
            ..journey(1, None)
        })]
    })
    .await;
    assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 1);
    for refused in outcomes.into_iter().filter(Result::is_err) {
        assert_eq!(conflict(refused), Conflict::JourneyMoved);
    }
    assert_eq!(
        store
            .journey(&journey(1, None).id)
            .await
            .unwrap()
            .unwrap()
            .version,
        2
    );
}

pub(crate) async fn a_swept_journey_has_moved(place: &Place) {
    let store = place.open().await;
    commit(&store, Write::AddJourney(journey(1, None))).await;
    store.sweep(Millis(i64::MAX), Millis(0)).await.unwrap();
    let refused = store
        .commit(vec![Write::MoveJourney(journey(1, None))])
        .await;
    assert_eq!(conflict(refused), Conflict::JourneyMoved);
}

pub(crate) async fn ended_journeys_are_over_and_late_posts_lose(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    commit(&store, Write::OpenAccount(account(2))).await;
    for row in [
        journey(1, Some(1)),
        journey(2, Some(1)),
        journey(3, Some(2)),
        journey(4, None),
    ] {
        commit(&store, Write::AddJourney(row)).await;
    }
    let own = journey(1, Some(1)).id;
    commit(
        &store,
        Write::EndJourneys {
            account: account(1).id,
            except: Some(own),
        },
    )
    .await;
    let step = async |n: u32| {
        let row = store.journey(&journey(n, None).id).await.unwrap().unwrap();
        (row.step, row.version)
    };
    assert_eq!(step(1).await, ("code".into(), 1));
    assert_eq!(step(2).await, ("over".into(), 2));
    assert_eq!(step(3).await, ("code".into(), 1));
    assert_eq!(step(4).await, ("code".into(), 1));
    let data = async |n: u32| {
        let row = store.journey(&journey(n, None).id).await.unwrap().unwrap();
        row.data
    };
    assert_eq!(data(2).await, "{}", "what it remembered went with it");
    assert_eq!(data(1).await, journey(1, None).data);
    let late = store
        .commit(vec![Write::MoveJourney(journey(2, Some(1)))])
        .await;
    assert_eq!(conflict(late), Conflict::JourneyMoved);
    commit(
        &store,
        Write::EndJourneys {
            account: account(1).id,
            except: None,
        },
    )
    .await;
    assert_eq!(step(1).await, ("over".into(), 2));
    // What is over is not ended again.
    assert_eq!(step(2).await, ("over".into(), 2));
}

pub(crate) async fn an_accounts_journeys_at_a_step_come_newest_first(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    for n in [1, 2] {
        commit(&store, Write::OpenAccount(account(n))).await;
    }
    let sent = |n: u32, of: Option<u32>, step: &str| JourneyRow {
        step: step.into(),
        created_at: later(i64::from(n)),
        ..journey(n, of)
    };
    let rows = [
        sent(1, Some(1), "sent"),
        sent(2, Some(2), "sent"),
        sent(3, None, "sent"),
        sent(4, Some(1), "code"),
        sent(5, Some(1), "sent"),
    ];
    for row in &rows {
        commit(&store, Write::AddJourney(row.clone())).await;
    }
    let found = store
        .journeys_at(&account(1).id, "recover", "sent")
        .await
        .unwrap();
    assert_eq!(found, [rows[4].clone(), rows[0].clone()]);
    let other = store.journeys_at(&account(1).id, "register", "sent").await;
    assert_eq!(other.unwrap(), []);
}
