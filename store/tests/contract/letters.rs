//! The outbox: every letter goes out, none twice at a time.

use std::collections::BTreeSet;
use std::sync::Arc;

use miftah_portal::id::JourneyId;
use miftah_portal::model::{Letter, Standing};
use miftah_portal::ports::{About, Refusal};
use miftah_portal::store::Write;
use miftah_rules::Lang;
use miftah_rules::view::Channel;
use miftah_store::testing::Place;
use tokio::task::JoinSet;

use crate::samples::{HOUR, MINUTE, NOW, commit, later, letter};

pub(crate) async fn letters_come_oldest_first_when_they_are_due(place: &Place) {
    let store = place.open().await;
    for (n, due) in [(1, 3), (2, 1), (3, 2), (4, HOUR)] {
        let at = later(due);
        commit(
            &store,
            Write::Queue(Letter {
                created_at: at,
                next_at: at,
                ..letter(n)
            }),
        )
        .await;
    }
    assert_eq!(
        store
            .take_letters(Channel::Email, NOW, MINUTE, 10)
            .await
            .unwrap(),
        []
    );
    let ids = async |limit| -> Vec<String> {
        let taken = store
            .take_letters(Channel::Email, later(3), MINUTE, limit)
            .await
            .unwrap();
        taken.into_iter().map(|letter| letter.id.0).collect()
    };
    assert_eq!(ids(2).await, ["letter-002", "letter-003"]);
    assert_eq!(ids(2).await, ["letter-001"]);
    assert_eq!(ids(2).await, [""; 0]);
}

pub(crate) async fn a_letter_comes_back_as_it_was_queued(place: &Place) {
    let store = place.open().await;
    let sms = Letter {
        channel: Channel::Phone,
        to: "+212600000000".into(),
        lang: Lang::En,
        journey: None,
        decoy: true,
        ..letter(2)
    };
    for queued in [letter(1), sms] {
        commit(&store, Write::Queue(queued.clone())).await;
        let taken = store
            .take_letters(queued.channel, NOW, MINUTE, 10)
            .await
            .unwrap();
        // Taking counts, and says until when it is the worker's.
        assert_eq!(
            taken,
            [Letter {
                attempts: 1,
                next_at: later(MINUTE),
                ..queued
            }]
        );
    }
}

pub(crate) async fn a_dead_workers_letters_come_back(place: &Place) {
    let store = place.open().await;
    commit(&store, Write::Queue(letter(1))).await;
    assert_eq!(
        store
            .take_letters(Channel::Email, NOW, MINUTE, 10)
            .await
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        store
            .take_letters(Channel::Email, later(MINUTE - 1), MINUTE, 10)
            .await
            .unwrap(),
        []
    );
    let again = store
        .take_letters(Channel::Email, later(MINUTE), MINUTE, 10)
        .await
        .unwrap();
    assert_eq!(
        again
            .iter()
            .map(|letter| letter.attempts)
            .collect::<Vec<_>>(),
        [2]
    );
}

pub(crate) async fn a_sent_letter_never_comes_back(place: &Place) {
    let store = place.open().await;
    commit(&store, Write::Queue(letter(1))).await;
    store
        .take_letters(Channel::Email, NOW, MINUTE, 10)
        .await
        .unwrap();
    // The first worker's time is over, a second one has the letter; then the first one reports.
    store
        .take_letters(Channel::Email, later(MINUTE), MINUTE, 10)
        .await
        .unwrap();
    store
        .letter_sent(&letter(1).id, later(MINUTE + 1))
        .await
        .unwrap();
    store
        .letter_delayed(&letter(1).id, later(MINUTE + 2), &"busy".into())
        .await
        .unwrap();
    store
        .letter_parked(&letter(1).id, later(MINUTE + 2), &"no such mailbox".into())
        .await
        .unwrap();
    assert_eq!(
        store
            .take_letters(Channel::Email, later(HOUR), MINUTE, 10)
            .await
            .unwrap(),
        []
    );
    assert_eq!(place.texts("select state from letter").await, ["sent"]);
}

pub(crate) async fn a_delayed_letter_comes_back_later(place: &Place) {
    let store = place.open().await;
    commit(&store, Write::Queue(letter(1))).await;
    store
        .take_letters(Channel::Email, NOW, MINUTE, 10)
        .await
        .unwrap();
    store
        .letter_delayed(&letter(1).id, later(HOUR), &"451 try later".into())
        .await
        .unwrap();
    assert_eq!(
        place.texts("select last_error from letter").await,
        ["451 try later"]
    );
    assert_eq!(
        store
            .take_letters(Channel::Email, later(HOUR - 1), MINUTE, 10)
            .await
            .unwrap(),
        []
    );
    let again = store
        .take_letters(Channel::Email, later(HOUR), MINUTE, 10)
        .await
        .unwrap();
    assert_eq!(
        again
            .iter()
            .map(|letter| letter.attempts)
            .collect::<Vec<_>>(),
        [2]
    );
}

pub(crate) async fn a_parked_letter_stays(place: &Place) {
    let store = place.open().await;
    commit(&store, Write::Queue(letter(1))).await;
    store
        .take_letters(Channel::Email, NOW, MINUTE, 10)
        .await
        .unwrap();
    store
        .letter_parked(&letter(1).id, later(1), &"550 no such mailbox".into())
        .await
        .unwrap();
    assert_eq!(
        store
            .take_letters(Channel::Email, later(HOUR), MINUTE, 10)
            .await
            .unwrap(),
        []
    );
    store.sweep(later(HOUR), NOW).await.unwrap();
    assert_eq!(
        place.texts("select last_error from letter").await,
        ["550 no such mailbox"]
    );
}

pub(crate) async fn two_workers_never_share_a_letter(place: &Place) {
    // Two servers, each with a worker that takes until nothing is left.
    let servers = [place.open().await, place.open().await];
    let queue = (1..=60).map(|n| Write::Queue(letter(n))).collect();
    servers[0].commit(queue).await.unwrap();
    let mut workers = JoinSet::new();
    for n in 0..6 {
        let store = Arc::clone(&servers[n % 2]);
        workers.spawn(async move {
            let mut mine = Vec::new();
            loop {
                let taken = store
                    .take_letters(Channel::Email, NOW, HOUR, 7)
                    .await
                    .unwrap();
                assert!(taken.len() <= 7);
                if taken.is_empty() {
                    return mine;
                }
                mine.extend(taken.into_iter().map(|letter| letter.id));
            }
        });
    }
    let all: Vec<_> = workers.join_all().await.concat();
    assert_eq!(all.len(), 60);
    assert_eq!(all.into_iter().collect::<BTreeSet<_>>().len(), 60);
}

pub(crate) async fn what_became_of_a_letter_is_told(place: &Place) {
    let store = place.open().await;
    let journey = JourneyId("journey-1".into());
    assert_eq!(store.code_letter(&journey, 2).await.unwrap(), None);
    commit(&store, Write::Queue(letter(1))).await;
    let told = async |wanted| {
        assert_eq!(store.code_letter(&journey, 2).await.unwrap(), Some(wanted));
    };
    told(Standing::Waiting).await;
    store
        .take_letters(Channel::Email, NOW, MINUTE, 10)
        .await
        .unwrap();
    told(Standing::Waiting).await;
    let full = Refusal {
        said: "452 4.2.2 full".into(),
        about: About::Full,
    };
    let id = letter(1).id;
    store.letter_delayed(&id, later(HOUR), &full).await.unwrap();
    told(Standing::Delayed(later(HOUR), About::Full)).await;
    store
        .take_letters(Channel::Email, later(HOUR), MINUTE, 10)
        .await
        .unwrap();
    let gone = Refusal {
        said: "550 5.1.1 nobody".into(),
        about: About::Mailbox,
    };
    store.letter_parked(&id, later(HOUR), &gone).await.unwrap();
    told(Standing::Parked(About::Mailbox)).await;
    // Other codes of the journey.
    for (n, counter) in [(2, 3), (3, 4)] {
        let next = Letter {
            journey: Some((journey.clone(), counter)),
            created_at: later(i64::from(n)),
            ..letter(n)
        };
        commit(&store, Write::Queue(next)).await;
    }
    store
        .take_letters(Channel::Email, NOW, MINUTE, 10)
        .await
        .unwrap();
    store.letter_sent(&letter(2).id, later(HOUR)).await.unwrap();
    store
        .letter_expired(&letter(3).id, later(HOUR))
        .await
        .unwrap();
    let sent = Some(Standing::Sent(later(HOUR)));
    assert_eq!(store.code_letter(&journey, 3).await.unwrap(), sent);
    let expired = Some(Standing::Expired);
    assert_eq!(store.code_letter(&journey, 4).await.unwrap(), expired);
    let parked = Some(Standing::Parked(About::Mailbox));
    assert_eq!(store.code_letter(&journey, 2).await.unwrap(), parked);
}

pub(crate) async fn each_channel_is_taken_by_itself(place: &Place) {
    let store = place.open().await;
    for (n, channel) in [
        (1, Channel::Phone),
        (2, Channel::Email),
        (3, Channel::Phone),
    ] {
        let next = Letter {
            channel,
            next_at: later(i64::from(n)),
            ..letter(n)
        };
        commit(&store, Write::Queue(next)).await;
    }
    for (channel, wanted) in [
        (Channel::Email, ["letter-002"].as_slice()),
        (Channel::Phone, &["letter-001", "letter-003"]),
    ] {
        let ids = async |limit| -> Vec<String> {
            let taken = store.take_letters(channel, later(3), MINUTE, limit).await;
            taken.unwrap().into_iter().map(|one| one.id.0).collect()
        };
        // The limit counts those of the channel.
        assert_eq!(ids(1).await, wanted[..1]);
        assert_eq!(ids(9).await, wanted[1..]);
    }
}
