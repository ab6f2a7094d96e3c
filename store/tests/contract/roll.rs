//! The roll: who is on it, and what was said of them before.

use std::sync::Arc;

use miftah_portal::id::PersonId;
use miftah_portal::model::{ImportCounts, Person, RollLine};
use miftah_rules::profile::NationalIdKind;
use miftah_store::testing::Place;

use crate::samples::{import, lines, person, with_roll};

pub(crate) async fn a_person_is_found_by_id_and_number(place: &Place) {
    let store = place.open().await;
    let foreign = Person {
        national_id_kind: NationalIdKind::ResidenceCard,
        email: None,
        phone: Some("+212600000000".into()),
        ..person(2)
    };
    let counts = store
        .load_roll(&import(1), &lines([person(1), foreign.clone()]))
        .await
        .unwrap();
    assert_eq!(
        counts,
        ImportCounts {
            added: 2,
            updated: 0,
            unchanged: 0
        }
    );
    assert_eq!(store.roll_size().await.unwrap(), 2);
    for written in [person(1), foreign] {
        assert_eq!(
            store.person(&written.id).await.unwrap(),
            Some(written.clone())
        );
        let found = store
            .person_by_number(&written.student_number)
            .await
            .unwrap();
        assert_eq!(found, Some(written));
    }
    assert_eq!(
        store.person(&PersonId("nobody".into())).await.unwrap(),
        None
    );
    assert_eq!(store.person_by_number("R999999999").await.unwrap(), None);
}

pub(crate) async fn a_second_load_updates_and_keeps_what_was(place: &Place) {
    let store = with_roll(place.open().await, 3).await;
    let renamed = Person {
        // A line has a new id each time; a known person keeps the first.
        id: PersonId("fresh-id".into()),
        last_name_latin: "BENNANI".into(),
        ..person(2)
    };
    let again = lines([person(1), renamed.clone(), person(4)]);
    let counts = store.load_roll(&import(1), &again).await.unwrap();
    assert_eq!(
        counts,
        ImportCounts {
            added: 1,
            updated: 1,
            unchanged: 1
        }
    );
    let now = store
        .person_by_number(&person(2).student_number)
        .await
        .unwrap();
    assert_eq!(
        now,
        Some(Person {
            id: person(2).id,
            ..renamed
        })
    );
    // Who is missing in a file stays on the roll.
    assert_eq!(store.person(&person(3).id).await.unwrap(), Some(person(3)));
    assert_eq!(store.roll_size().await.unwrap(), 4);
    let kept = "select person || ' ' || last_name_latin || ' ' || loaded_by || ' ' || \
        replaced_by || ' ' || replaced_at from person_history";
    let at = import(1).at.0;
    assert_eq!(
        place.texts(kept).await,
        [format!("person-2 EL ALAOUI import-0 import-1 {at}")]
    );
    let brought = "select id || ' ' || loaded_by from person";
    assert_eq!(
        place.texts(brought).await,
        [
            "person-1 import-0",
            "person-2 import-1",
            "person-3 import-0",
            "person-4 import-1"
        ]
    );
    let imports = "select id || ' ' || file_name || ' ' || added || ' ' || updated || ' ' || \
        unchanged from roll_import";
    assert_eq!(
        place.texts(imports).await,
        [
            "import-0 طلبة 2026.csv 3 0 0",
            "import-1 طلبة 2026.csv 1 1 1"
        ]
    );
}

pub(crate) async fn an_address_that_goes_or_comes_is_a_change(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    let gone = Person {
        email: None,
        phone: Some("+212611111111".into()),
        ..person(1)
    };
    let one_changed = ImportCounts {
        added: 0,
        updated: 1,
        unchanged: 0,
    };
    assert_eq!(
        store
            .load_roll(&import(1), &lines([gone.clone()]))
            .await
            .unwrap(),
        one_changed
    );
    assert_eq!(store.person(&gone.id).await.unwrap(), Some(gone.clone()));
    let same = store.load_roll(&import(2), &lines([gone])).await.unwrap();
    assert_eq!(
        same,
        ImportCounts {
            added: 0,
            updated: 0,
            unchanged: 1
        }
    );
    assert_eq!(
        store
            .load_roll(&import(3), &lines([person(1)]))
            .await
            .unwrap(),
        one_changed
    );
    assert_eq!(store.person(&person(1).id).await.unwrap(), Some(person(1)));
    let kept = "select coalesce(email, 'none') from person_history";
    assert_eq!(place.texts(kept).await, ["meryem1@example.ma", "none"]);
}

pub(crate) async fn a_number_named_twice_counts_once(place: &Place) {
    let store = place.open().await;
    let twin = Person {
        id: PersonId("twin".into()),
        ..person(1)
    };
    let counts = store
        .load_roll(&import(1), &lines([person(1), twin]))
        .await
        .unwrap();
    assert_eq!(
        counts,
        ImportCounts {
            added: 1,
            updated: 0,
            unchanged: 1
        }
    );
    assert_eq!(store.roll_size().await.unwrap(), 1);
}

pub(crate) async fn first_persons_come_in_the_order_of_the_file(place: &Place) {
    let store = place.open().await;
    store
        .load_roll(&import(1), &lines([person(9), person(3), person(5)]))
        .await
        .unwrap();
    store
        .load_roll(&import(2), &lines([person(1), person(9)]))
        .await
        .unwrap();
    assert_eq!(
        store.first_persons(2).await.unwrap(),
        [person(9), person(3)]
    );
    let all = [person(9), person(3), person(5), person(1)];
    assert_eq!(store.first_persons(10).await.unwrap(), all);
}

pub(crate) async fn a_big_roll_loads_in_batches(place: &Place) {
    let store = place.open().await;
    let first: Vec<RollLine> = lines((1..=2500).map(person));
    let counts = store.load_roll(&import(1), &first).await.unwrap();
    assert_eq!(
        counts,
        ImportCounts {
            added: 2500,
            updated: 0,
            unchanged: 0
        }
    );
    let second = lines((1001..=3500).map(|n| Person {
        status: if n % 2 == 0 {
            "left".into()
        } else {
            person(n).status
        },
        ..person(n)
    }));
    let counts = store.load_roll(&import(2), &second).await.unwrap();
    assert_eq!(
        counts,
        ImportCounts {
            added: 1000,
            updated: 750,
            unchanged: 750
        }
    );
    assert_eq!(store.roll_size().await.unwrap(), 3500);
}

pub(crate) async fn two_imports_at_once_take_turns(place: &Place) {
    let servers = [place.open().await, place.open().await];
    let load = |n: u32| {
        let store = Arc::clone(&servers[n as usize]);
        let changed = move |p: u32| Person {
            year: format!("S{n}"),
            ..person(p)
        };
        // One from the front, one from the back: row locks alone would wait for each other.
        let mut all = lines((1..=1500).map(changed));
        if n == 1 {
            all.reverse();
        }
        tokio::spawn(async move { store.load_roll(&import(n), &all).await })
    };
    let (first, second) = tokio::join!(load(0), load(1));
    let (first, second) = (first.unwrap().unwrap(), second.unwrap().unwrap());
    assert_eq!(first.added + second.added, 1500);
    assert_eq!(first.updated + second.updated, 1500);
    assert_eq!(servers[0].roll_size().await.unwrap(), 1500);
}
