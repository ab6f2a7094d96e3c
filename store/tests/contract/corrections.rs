//! What officers change of the roll counts at once, in its place between the imports.

use std::sync::Arc;

use miftah_portal::id::PersonId;
use miftah_portal::model::Person;
use miftah_portal::store::{Absent, Conflict, Store, StoreError, Write};
use miftah_rules::profile::NationalIdKind;
use miftah_store::testing::Place;

use crate::samples::{act, commit, conflict, import, lines, load, person, race, with_roll};

/// Person `n` with everything corrected but the number.
pub(crate) fn corrected(n: u32) -> Person {
    Person {
        national_id_kind: NationalIdKind::Passport,
        national_id: "P1234567".into(),
        last_name_ar: "الإدريسي".into(),
        first_name_ar: "سلمى".into(),
        last_name_latin: "El Idrissi".into(),
        first_name_latin: "Salma".into(),
        birth_date: "2003-12-31".into(),
        pension_number: Some("8000001".into()),
        email: None,
        phone: Some("+212611111111".into()),
        programme: "Économie".into(),
        year: "S5".into(),
        status: "graduated".into(),
        further: [(miftah_rules::Field::BirthPlace, "Fès \"\u{62d}\"".into())].into(),
        ..person(n)
    }
}

/// Somebody whom no file has brought.
fn added(n: u32) -> Person {
    Person {
        id: PersonId(format!("added-{n}")),
        ..person(n)
    }
}

pub(crate) async fn by_number(store: &Arc<dyn Store>, n: u32) -> Option<Person> {
    let number = person(n).number;
    store.person_by_number(&number).await.unwrap()
}

pub(crate) async fn a_correction_counts_at_once_and_for_one_person(place: &Place) {
    let store = with_roll(place.open().await, 3).await;
    commit(&store, Write::CorrectRecord(corrected(2))).await;
    assert_eq!(by_number(&store, 2).await, Some(corrected(2)));
    let by_id = store.person(&person(2).id).await.unwrap();
    assert_eq!(by_id, Some(corrected(2)));
    for n in [1, 3] {
        assert_eq!(by_number(&store, n).await, Some(person(n)));
    }
    assert_eq!(store.roll_size().await.unwrap(), 3);
    // A second one is a record of its own: what was said before stays.
    let again = Person {
        year: "S6".into(),
        ..corrected(2)
    };
    commit(&store, Write::CorrectRecord(again.clone())).await;
    assert_eq!(by_number(&store, 2).await, Some(again));
    let records = "select version || ' ' || year from record where person = 'person-2'";
    assert_eq!(
        place.texts(records).await,
        ["1000000 S3", "1000001 S5", "1000002 S6"]
    );
}

pub(crate) async fn a_corrected_number_finds_the_person_and_the_old_one_nobody(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    let renumbered = Person {
        number: person(9).number,
        ..person(1)
    };
    commit(&store, Write::CorrectRecord(renumbered.clone())).await;
    assert_eq!(by_number(&store, 9).await, Some(renumbered.clone()));
    assert_eq!(by_number(&store, 1).await, None);
    // A roll with the right number meets the same person.
    let right = Person {
        id: PersonId("fresh".into()),
        year: "S4".into(),
        ..renumbered.clone()
    };
    let counts = load(&store, 1, [right, person(2)]).await;
    assert_eq!((counts.added, counts.updated), (0, 1));
    let now = store.person(&person(1).id).await.unwrap().unwrap();
    assert_eq!((now.number, now.year.as_str()), (person(9).number, "S4"));
}

pub(crate) async fn a_number_that_somebody_has_is_refused(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    let taken = Person {
        number: person(2).number,
        ..corrected(1)
    };
    let refused = store.commit(vec![Write::CorrectRecord(taken)]).await;
    assert_eq!(conflict(refused), Conflict::NumberTaken);
    for n in [1, 2] {
        assert_eq!(by_number(&store, n).await, Some(person(n)));
    }
    // One's own number is free.
    commit(&store, Write::CorrectRecord(corrected(1))).await;
}

pub(crate) async fn a_refused_correction_leaves_nothing_of_its_batch(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    let batch = vec![
        Write::Record(act("person:1", 1)),
        Write::CorrectRecord(corrected(1)),
        Write::AddPerson(Person {
            number: person(2).number,
            ..added(3)
        }),
    ];
    assert_eq!(conflict(store.commit(batch).await), Conflict::NumberTaken);
    assert_eq!(by_number(&store, 1).await, Some(person(1)));
    assert!(store.acts("person:1").await.unwrap().is_empty());
}

pub(crate) async fn a_person_is_added_where_no_roll_was_ever_loaded(place: &Place) {
    let store = place.open().await;
    assert_eq!(store.roll_size().await.unwrap(), 0);
    for n in 1..=2 {
        commit(&store, Write::AddPerson(added(n))).await;
        assert_eq!(by_number(&store, n).await, Some(added(n)));
    }
    assert_eq!(store.roll_size().await.unwrap(), 2);
    let right = Person {
        number: added(1).number,
        id: added(1).id,
        ..corrected(1)
    };
    commit(&store, Write::CorrectRecord(right.clone())).await;
    assert_eq!(by_number(&store, 1).await, Some(right.clone()));
    // The first roll comes afterwards.
    let counts = load(&store, 1, [person(1), person(3)]).await;
    assert_eq!((counts.added, counts.updated), (1, 1));
    let now = by_number(&store, 1).await.unwrap();
    assert_eq!(
        now,
        Person {
            id: added(1).id,
            ..person(1)
        }
    );
    assert_eq!(
        by_number(&store, 2).await,
        Some(added(2)),
        "who is missing stays"
    );
}

pub(crate) async fn an_added_person_is_found_by_the_next_import(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::AddPerson(added(5))).await;
    assert_eq!(by_number(&store, 5).await, Some(added(5)));
    assert_eq!(store.roll_size().await.unwrap(), 2);
    let counts = load(&store, 1, [person(1), person(5), person(6)]).await;
    // The first file with this person has a record of its own; the person is the same.
    assert_eq!((counts.added, counts.updated + counts.unchanged), (1, 2));
    assert_eq!(by_number(&store, 5).await, Some(added(5)));
    let moved = Person {
        year: "S4".into(),
        ..person(5)
    };
    load(&store, 2, [moved.clone()]).await;
    let now = by_number(&store, 5).await;
    assert_eq!(
        now,
        Some(Person {
            id: added(5).id,
            ..moved
        })
    );
    assert_eq!(store.roll_size().await.unwrap(), 3);
}

pub(crate) async fn an_added_person_s_number_is_taken(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    for taken in [added(1), added(2)] {
        if taken == added(2) {
            commit(&store, Write::AddPerson(added(2))).await;
        }
        let again = Person {
            id: PersonId("again".into()),
            ..taken
        };
        let refused = store.commit(vec![Write::AddPerson(again)]).await;
        assert_eq!(conflict(refused), Conflict::NumberTaken);
    }
    assert_eq!(store.roll_size().await.unwrap(), 2);
}

pub(crate) async fn twenty_tasks_add_one_number(place: &Place) {
    // Where nothing counts yet, all of them begin the roll, too.
    for persons in [0, 3] {
        let store = match persons {
            0 => place.open().await,
            _ => with_roll(place.open().await, persons).await,
        };
        let number = 50 + persons;
        let outcomes = race(&store, |n| {
            vec![Write::AddPerson(Person {
                id: PersonId(format!("raced-{persons}-{n}")),
                number: person(number).number,
                ..person(n)
            })]
        })
        .await;
        assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 1);
        for refused in outcomes.into_iter().filter(Result::is_err) {
            assert_eq!(conflict(refused), Conflict::NumberTaken);
        }
        assert!(by_number(&store, number).await.is_some());
    }
}

pub(crate) async fn twenty_tasks_give_one_number_to_different_persons(place: &Place) {
    let store = with_roll(place.open().await, 20).await;
    let outcomes = race(&store, |n| {
        vec![Write::CorrectRecord(Person {
            number: person(99).number,
            ..person(n)
        })]
    })
    .await;
    assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 1);
    for refused in outcomes.into_iter().filter(Result::is_err) {
        assert_eq!(conflict(refused), Conflict::NumberTaken);
    }
    assert_eq!(store.roll_size().await.unwrap(), 20);
    // And of one person at once: each is a record of its own.
    let outcomes = race(&store, |n| {
        vec![Write::CorrectRecord(Person {
            number: by_chance(n),
            ..corrected(1)
        })]
    })
    .await;
    for outcome in outcomes {
        outcome.expect("every one of them is written");
    }
    let records = "select person || '' from record where person = 'person-1' and version > 1000000";
    assert!(place.texts(records).await.len() >= 20);
}

pub(crate) async fn numbers_that_a_file_brings_at_the_same_time_are_taken(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    let at = import(1).at;
    let ticket = store.begin_roll(&import(1), at).await.unwrap();
    let staged = lines((2..=400).map(person));
    let (file, desk) = tokio::join!(
        store.stage_roll(ticket, at, &staged, Absent::default()),
        race(&store, |n| vec![Write::AddPerson(added(n * 20 - 1))]),
    );
    file.unwrap();
    for outcome in desk {
        match outcome {
            Ok(()) | Err(StoreError::Conflict(Conflict::NumberTaken)) => {}
            Err(other) => panic!("{other}"),
        }
    }
}

/// A number that nobody has.
fn by_chance(n: u32) -> String {
    person(500 + n).number
}

pub(crate) async fn persons_are_found_by_what_their_document_is_now(place: &Place) {
    let store = with_roll(place.open().await, 3).await;
    let found = async |document: &str| -> Vec<PersonId> {
        let found = store.persons_by_national_id(document).await.unwrap();
        found.into_iter().map(|person| person.id).collect()
    };
    assert_eq!(found("AB2").await, [person(2).id]);
    let same = Person {
        national_id: "AB2".into(),
        ..person(1)
    };
    commit(&store, Write::CorrectRecord(same)).await;
    assert_eq!(found("AB2").await, [person(1).id, person(2).id]);
    assert_eq!(found("AB1").await, [], "what it was before");
    assert_eq!(found("").await, []);
    load(
        &store,
        1,
        (10..25).map(|n| Person {
            national_id: "ZZ1".into(),
            ..person(n)
        }),
    )
    .await;
    assert_eq!(found("ZZ1").await.len(), 10);
}

pub(crate) async fn what_was_seen_has_to_be_there_still(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    let seen = person(1);
    let next = vec![
        Write::RecordIs(seen.clone()),
        Write::CorrectRecord(corrected(1)),
    ];
    store.commit(next.clone()).await.unwrap();
    assert_eq!(conflict(store.commit(next).await), Conflict::RecordMoved);
    assert_eq!(by_number(&store, 1).await, Some(corrected(1)));
    let nobody = vec![Write::RecordIs(person(9))];
    assert_eq!(conflict(store.commit(nobody).await), Conflict::RecordMoved);
}

pub(crate) async fn twenty_tasks_correct_one_record_as_they_saw_it(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    let outcomes = race(&store, |n| {
        vec![
            Write::RecordIs(person(1)),
            Write::CorrectRecord(Person {
                year: format!("M{n}"),
                ..person(1)
            }),
        ]
    })
    .await;
    assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 1);
    for refused in outcomes.into_iter().filter(Result::is_err) {
        assert_eq!(conflict(refused), Conflict::RecordMoved);
    }
}
