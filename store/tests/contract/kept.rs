//! What officers corrected stays where the next file says what the last one said.

use miftah_portal::id::PersonId;
use miftah_portal::model::Person;
use miftah_portal::store::{Absent, ImportCounts, Write};
use miftah_store::testing::Place;

use crate::corrections::{by_number, corrected};
use crate::samples::{commit, import, lines, load, person, with_roll};

pub(crate) async fn a_correction_stays_where_the_file_says_what_it_said(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    commit(&store, Write::CorrectRecord(corrected(1))).await;
    // The same file once more, as offices load them week after week.
    let same = ImportCounts {
        added: 0,
        updated: 0,
        unchanged: 2,
    };
    for n in 1..=2 {
        assert_eq!(load(&store, n, [person(1), person(2)]).await, same);
        assert_eq!(by_number(&store, 1).await, Some(corrected(1)));
    }
    // A file without this person.
    load(&store, 3, [person(2), person(3)]).await;
    assert_eq!(by_number(&store, 1).await, Some(corrected(1)));
}

pub(crate) async fn a_correction_gives_way_field_by_field(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    commit(&store, Write::CorrectRecord(corrected(1))).await;
    let next = |year: &str, status: &str| Person {
        year: year.into(),
        status: status.into(),
        ..person(1)
    };
    // What the file says anew counts; in all other fields the officer's word does.
    let counts = load(&store, 1, [next("S4", "registered"), person(2)]).await;
    assert_eq!((counts.updated, counts.unchanged), (1, 1));
    let kept = |year: &str, status: &str| Person {
        year: year.into(),
        status: status.into(),
        ..corrected(1)
    };
    assert_eq!(by_number(&store, 1).await, Some(kept("S4", "graduated")));
    // It is kept from one file to the next.
    load(&store, 2, [next("S4", "left")]).await;
    assert_eq!(by_number(&store, 1).await, Some(kept("S4", "left")));
    load(&store, 3, [next("S4", "left")]).await;
    assert_eq!(by_number(&store, 1).await, Some(kept("S4", "left")));
    // And an officer's next word counts above all of that, at once.
    let again = kept("S9", "registered");
    commit(&store, Write::CorrectRecord(again.clone())).await;
    assert_eq!(by_number(&store, 1).await, Some(again));
    // Where the file comes round to the correction, nothing is to be seen.
    load(
        &store,
        4,
        [Person {
            id: PersonId("fresh".into()),
            ..corrected(1)
        }],
    )
    .await;
    assert_eq!(
        by_number(&store, 1).await.map(|now| now.birth_date),
        Some(corrected(1).birth_date)
    );
    let versions = "select '' || version from record where person = 'person-1'";
    let versions = place.texts(versions).await;
    let wanted = [
        "1000000", "1000001", "2000000", "2000001", "3000000", "3000001", "3000002", "5000000",
    ];
    assert_eq!(&versions[..8], wanted);
}

pub(crate) async fn an_address_that_an_officer_removed_or_gave_stays(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::CorrectRecord(corrected(1))).await;
    let left = Person {
        status: "left".into(),
        ..person(1)
    };
    load(&store, 1, [left]).await;
    let now = by_number(&store, 1).await.unwrap();
    assert_eq!((now.email, now.phone), (None, corrected(1).phone));
    let mailed = Person {
        status: "left".into(),
        email: Some("new@example.ma".into()),
        ..person(1)
    };
    load(&store, 2, [mailed]).await;
    let now = by_number(&store, 1).await.unwrap();
    assert_eq!(
        (now.email.as_deref(), now.phone),
        (Some("new@example.ma"), corrected(1).phone)
    );
}

pub(crate) async fn a_correction_while_a_roll_is_staged_counts(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    let at = import(1).at;
    let ticket = store.begin_roll(&import(1), at).await.unwrap();
    let staged = lines([person(1), person(2), person(3)]);
    store
        .stage_roll(ticket, at, &staged, Absent::default())
        .await
        .unwrap();
    commit(&store, Write::CorrectRecord(corrected(1))).await;
    assert_eq!(by_number(&store, 1).await, Some(corrected(1)), "at once");
    let tally = store.settle_roll(ticket, at).await.unwrap();
    store.publish_roll(ticket, at, &tally.counts).await.unwrap();
    assert_eq!(
        by_number(&store, 1).await,
        Some(corrected(1)),
        "and afterwards"
    );
    assert_eq!(by_number(&store, 3).await, Some(person(3)));
    assert_eq!(store.roll_size().await.unwrap(), 3);
}

pub(crate) async fn a_correction_outlives_the_roll_that_was_staged_before_it(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    let at = import(1).at;
    let ticket = store.begin_roll(&import(1), at).await.unwrap();
    let moved = Person {
        status: "left".into(),
        ..person(1)
    };
    let staged = lines([moved, person(2)]);
    store
        .stage_roll(ticket, at, &staged, Absent::default())
        .await
        .unwrap();
    commit(&store, Write::CorrectRecord(corrected(1))).await;
    let tally = store.settle_roll(ticket, at).await.unwrap();
    store.publish_roll(ticket, at, &tally.counts).await.unwrap();
    let wanted = Person {
        status: "left".into(),
        ..corrected(1)
    };
    assert_eq!(by_number(&store, 1).await, Some(wanted));
}
