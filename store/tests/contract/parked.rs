//! Letters that were refused for good: the office sees them, and lets them try again.

use std::sync::Arc;

use miftah_portal::model::{Letter, ParkedLetter};
use miftah_portal::ports::{About, Refusal};
use miftah_portal::store::{Store, Write};
use miftah_rules::view::Channel;
use miftah_store::testing::Place;

use crate::samples::{HOUR, MINUTE, NOW, commit, later, letter};

async fn park(store: &Arc<dyn Store>, n: u32, at: i64, why: &Refusal) {
    let queued = Letter {
        journey: None,
        ..letter(n)
    };
    commit(store, Write::Queue(queued)).await;
    let taken = store.take_letters(Channel::Email, NOW, MINUTE, 9).await;
    assert_eq!(taken.unwrap().len(), 1);
    let id = letter(n).id;
    store.letter_parked(&id, later(at), why).await.unwrap();
}

pub(crate) async fn parked_letters_are_listed_last_parked_first(place: &Place) {
    let store = place.open().await;
    assert_eq!(store.parked_letters(9).await.unwrap(), []);
    let gone = Refusal {
        said: "550 5.1.1 nobody".into(),
        about: About::Mailbox,
    };
    for (n, at) in [(1, 7), (2, 5), (3, 7), (4, 9)] {
        park(&store, n, at, &gone).await;
    }
    // Neither one that waits nor one that nobody was to get.
    store.release_letter(&letter(4).id, NOW).await.unwrap();
    let decoy = Letter {
        decoy: true,
        ..letter(5)
    };
    commit(&store, Write::Queue(decoy)).await;
    let taken = store.take_letters(Channel::Email, NOW, MINUTE, 9).await;
    assert_eq!(taken.unwrap().len(), 2);
    let id = letter(5).id;
    store.letter_parked(&id, later(9), &gone).await.unwrap();
    let listed = store.parked_letters(9).await.unwrap();
    let ids: Vec<_> = listed.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["letter-003", "letter-001", "letter-002"]);
    let wanted = ParkedLetter {
        id: letter(3).id,
        kind: letter(3).kind,
        channel: Channel::Email,
        to: letter(3).to,
        lang: letter(3).lang,
        created_at: NOW,
        parked_at: later(7),
        attempts: 1,
        last_error: gone.said,
        about: About::Mailbox,
        of_code: false,
    };
    assert_eq!(store.parked_letters(1).await.unwrap(), [wanted]);
}

pub(crate) async fn a_released_letter_begins_anew(place: &Place) {
    let store = place.open().await;
    park(&store, 1, 1, &"550 no".into()).await;
    let id = letter(1).id;
    assert!(store.release_letter(&id, later(HOUR)).await.unwrap());
    assert_eq!(store.parked_letters(9).await.unwrap(), []);
    let early = later(HOUR - 1);
    let taken = store.take_letters(Channel::Email, early, MINUTE, 9).await;
    assert_eq!(taken.unwrap(), []);
    let taken = store
        .take_letters(Channel::Email, later(HOUR), MINUTE, 9)
        .await;
    // As queued: the first try again, of a letter that keeps its date.
    let wanted = Letter {
        journey: None,
        attempts: 1,
        next_at: later(HOUR + MINUTE),
        ..letter(1)
    };
    assert_eq!(taken.unwrap(), [wanted]);
    // Only one that is parked.
    assert!(!store.release_letter(&id, later(HOUR)).await.unwrap());
    store.letter_sent(&id, later(HOUR)).await.unwrap();
    assert!(!store.release_letter(&id, later(HOUR)).await.unwrap());
    assert_eq!(place.texts("select state from letter").await, ["sent"]);
}

pub(crate) async fn a_letter_of_a_code_is_not_released(place: &Place) {
    let store = place.open().await;
    commit(&store, Write::Queue(letter(1))).await;
    let taken = store.take_letters(Channel::Email, NOW, MINUTE, 9).await;
    assert_eq!(taken.unwrap().len(), 1);
    let id = letter(1).id;
    store
        .letter_parked(&id, later(1), &"550 no".into())
        .await
        .unwrap();
    let listed = store.parked_letters(9).await.unwrap();
    assert!(listed.iter().all(|one| one.of_code), "{listed:?}");
    assert!(!store.release_letter(&id, later(2)).await.unwrap());
    assert_eq!(store.parked_letters(9).await.unwrap(), listed);
}
