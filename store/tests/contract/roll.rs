//! The roll: who is on it, and what was said of them before.

use miftah_portal::id::PersonId;
use miftah_portal::model::Person;
use miftah_portal::store::ImportCounts;
use miftah_rules::profile::NationalIdKind;
use miftah_store::testing::Place;

use crate::samples::{load, person, with_roll};

pub(crate) async fn a_person_is_found_by_id_and_number(place: &Place) {
    let store = place.open().await;
    let foreign = Person {
        national_id_kind: NationalIdKind::ResidenceCard,
        email: None,
        phone: Some("+212600000000".into()),
        ..person(2)
    };
    let counts = load(&store, 1, [person(1), foreign.clone()]).await;
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
        let found = store.person_by_number(&written.number).await.unwrap();
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
    let again = [person(1), renamed.clone(), person(4)];
    let counts = load(&store, 1, again).await;
    assert_eq!(
        counts,
        ImportCounts {
            added: 1,
            updated: 1,
            unchanged: 1
        }
    );
    let now = store.person_by_number(&person(2).number).await.unwrap();
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
    let records = "select person || ' ' || version || ' ' || last_name_latin from record";
    assert_eq!(
        place.texts(records).await,
        [
            "person-1 1000000 EL ALAOUI",
            "person-2 1000000 EL ALAOUI",
            "person-2 2000000 BENNANI",
            "person-3 1000000 EL ALAOUI",
            "person-4 2000000 EL ALAOUI"
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
    assert_eq!(load(&store, 1, [gone.clone()]).await, one_changed);
    assert_eq!(store.person(&gone.id).await.unwrap(), Some(gone.clone()));
    let same = load(&store, 2, [gone]).await;
    assert_eq!(
        same,
        ImportCounts {
            added: 0,
            updated: 0,
            unchanged: 1
        }
    );
    assert_eq!(load(&store, 3, [person(1)]).await, one_changed);
    assert_eq!(store.person(&person(1).id).await.unwrap(), Some(person(1)));
    let all = "select version || ' ' || coalesce(email, 'none') from record";
    assert_eq!(
        place.texts(all).await,
        [
            "1000000 meryem1@example.ma",
            "2000000 none",
            "4000000 meryem1@example.ma"
        ]
    );
}

pub(crate) async fn first_persons_come_in_the_order_of_the_file(place: &Place) {
    let store = place.open().await;
    load(&store, 1, [person(9), person(3), person(5)]).await;
    load(&store, 2, [person(1), person(9)]).await;
    assert_eq!(
        store.first_persons(2).await.unwrap(),
        [person(9), person(3)]
    );
    let all = [person(9), person(3), person(5), person(1)];
    assert_eq!(store.first_persons(10).await.unwrap(), all);
}

pub(crate) async fn a_big_roll_loads_in_batches(place: &Place) {
    let store = place.open().await;
    let counts = load(&store, 1, (1..=2500).map(person)).await;
    assert_eq!(
        counts,
        ImportCounts {
            added: 2500,
            updated: 0,
            unchanged: 0
        }
    );
    let second = (1001..=3500).map(|n| Person {
        status: if n % 2 == 0 {
            "left".into()
        } else {
            person(n).status
        },
        ..person(n)
    });
    let counts = load(&store, 2, second).await;
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
