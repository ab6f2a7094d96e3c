//! A roll on its way: seen by nobody, cleared away when its import dies, contradictions found.

use miftah_portal::id::PersonId;
use miftah_portal::model::Person;
use miftah_portal::store::{Absent, ClashKind, ImportCounts, StoreError};
use miftah_rules::profile::NationalIdKind;
use miftah_store::testing::Place;

use crate::samples::{import, lines, load, person, with_roll};

pub(crate) async fn what_is_staged_is_seen_by_nobody_until_it_is_published(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    let moved = Person {
        year: "S4".into(),
        ..person(1)
    };
    let at = import(1).at;
    let ticket = store.begin_roll(&import(1), at).await.unwrap();
    let staged = lines([moved.clone(), person(2)]);
    let stage = store.stage_roll(ticket, at, &staged, Absent::default());
    stage.await.unwrap();
    let tally = store.settle_roll(ticket, at).await.unwrap();
    assert_eq!(store.roll_size().await.unwrap(), 1);
    assert_eq!(store.person(&person(1).id).await.unwrap(), Some(person(1)));
    assert_eq!(
        store.person_by_number(&person(2).number).await.unwrap(),
        None
    );
    assert_eq!(store.first_persons(9).await.unwrap(), [person(1)]);
    store.publish_roll(ticket, at, &tally.counts).await.unwrap();
    assert_eq!(store.first_persons(9).await.unwrap(), [moved, person(2)]);
    assert_eq!(
        place.texts("select 'line ' || line from roll_line").await,
        Vec::<String>::new()
    );
}

pub(crate) async fn a_dropped_roll_leaves_nothing_and_the_next_one_begins(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    let at = import(1).at;
    let ticket = store.begin_roll(&import(1), at).await.unwrap();
    let moved = (1..=2500).map(|n| Person {
        year: "S4".into(),
        ..person(n)
    });
    for batch in lines(moved).chunks(600) {
        let stage = store.stage_roll(ticket, at, batch, Absent::default());
        stage.await.unwrap();
    }
    store.drop_roll(ticket).await.unwrap();
    assert_eq!(store.first_persons(9).await.unwrap(), [person(1)]);
    let left = "select 'person ' || count(*) from person union all select 'record ' || count(*) \
        from record union all select 'line ' || count(*) from roll_line";
    assert_eq!(place.texts(left).await, ["line 0", "person 1", "record 1"]);
    // A late batch of the dropped one is refused.
    let late = lines([person(3)]);
    let late = store.stage_roll(ticket, at, &late, Absent::default()).await;
    assert!(matches!(late, Err(StoreError::RollTaken)), "{late:?}");
    assert_eq!(load(&store, 2, [person(2)]).await.added, 1);
}

pub(crate) async fn one_roll_is_loaded_at_a_time_and_a_dead_one_is_cleared_away(place: &Place) {
    let servers = [place.open().await, place.open().await];
    let begun = import(1).at;
    let first = servers[0].begin_roll(&import(1), begun).await.unwrap();
    let staged = lines([person(1), person(2)]);
    let stage = servers[0].stage_roll(first, begun, &staged, Absent::default());
    stage.await.unwrap();
    let second = servers[1].begin_roll(&import(2), begun).await;
    assert!(matches!(second, Err(StoreError::RollTaken)), "{second:?}");
    // Silent for too long.
    let ticket = servers[1]
        .begin_roll(&import(2), begun.plus_seconds(1))
        .await
        .unwrap();
    let late = servers[0]
        .publish_roll(first, begun, &ImportCounts::default())
        .await;
    assert!(matches!(late, Err(StoreError::RollTaken)), "{late:?}");
    let staged = lines([person(2)]);
    let stage = servers[1].stage_roll(ticket, begun, &staged, Absent::default());
    stage.await.unwrap();
    let tally = servers[1].settle_roll(ticket, begun).await.unwrap();
    servers[1]
        .publish_roll(ticket, begun, &tally.counts)
        .await
        .unwrap();
    assert_eq!(servers[0].first_persons(9).await.unwrap(), [person(2)]);
    let imports = "select id || ' ' || state from roll_import";
    assert_eq!(
        place.texts(imports).await,
        ["import-1 dropped", "import-2 published"]
    );
}

pub(crate) async fn lines_that_contradict_are_found_and_taken_out(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    let at = import(1).at;
    let other = |n: u32, document: u32| Person {
        national_id: person(document).national_id,
        ..person(n)
    };
    let twin = Person {
        id: PersonId("twin".into()),
        year: "S9".into(),
        ..person(3)
    };
    // Lines 2 and 3 have one number; 4 and 5 one document; 6 has the document of person 2.
    let staged = lines([
        person(3),
        twin,
        person(4),
        other(5, 4),
        other(6, 2),
        person(7),
    ]);
    let ticket = store.begin_roll(&import(1), at).await.unwrap();
    let stage = store.stage_roll(ticket, at, &staged, Absent::default());
    stage.await.unwrap();
    for (kind, wanted) in [
        (ClashKind::Number, vec![2, 3]),
        // Both lines of one student have it.
        (ClashKind::Document, vec![4, 5]),
        (ClashKind::OnRoll, vec![6]),
    ] {
        let clashes = store.roll_clashes(ticket, kind).await.unwrap();
        let found: Vec<u64> = clashes.iter().map(|clash| clash.line).collect();
        assert_eq!(found, wanted, "{kind:?}");
        let keys: Vec<_> = clashes.iter().map(|clash| &clash.key).collect();
        assert!(keys.iter().all(|key| *key == keys[0]), "{clashes:?}");
        store.refuse_roll_lines(ticket, &found).await.unwrap();
    }
    let tally = store.settle_roll(ticket, at).await.unwrap();
    assert_eq!(
        (tally.counts.added, tally.counts.updated, tally.refused),
        (1, 0, 5)
    );
    assert_eq!(
        tally.statuses.into_iter().collect::<Vec<_>>(),
        [("registered".into(), 1)]
    );
    store.publish_roll(ticket, at, &tally.counts).await.unwrap();
    let all = [person(1), person(2), person(7)];
    assert_eq!(store.first_persons(9).await.unwrap(), all);
}

pub(crate) async fn a_document_that_moves_within_the_file_is_free(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    let at = import(1).at;
    // Person 1 has a new card, and a newcomer has the number of the old one.
    let renewed = Person {
        national_id: "AB99".into(),
        ..person(1)
    };
    let newcomer = Person {
        national_id: person(1).national_id,
        ..person(3)
    };
    let ticket = store.begin_roll(&import(1), at).await.unwrap();
    let staged = lines([renewed, newcomer]);
    let stage = store.stage_roll(ticket, at, &staged, Absent::default());
    stage.await.unwrap();
    let clashes = store.roll_clashes(ticket, ClashKind::OnRoll).await.unwrap();
    assert_eq!((clashes.len(), clashes[0].held), (1, false));
    // Refused, the line frees nothing.
    store.refuse_roll_lines(ticket, &[2]).await.unwrap();
    let clashes = store.roll_clashes(ticket, ClashKind::OnRoll).await.unwrap();
    assert_eq!((clashes.len(), clashes[0].held), (1, true));
    assert_eq!(clashes[0].number, Some(person(1).number));
    assert_eq!(clashes[0].own, Some(person(3).number));
    store.drop_roll(ticket).await.unwrap();
}

pub(crate) async fn where_a_file_has_no_column_nothing_changes(place: &Place) {
    let store = place.open().await;
    let with_phone = Person {
        national_id_kind: NationalIdKind::ResidenceCard,
        phone: Some("+212600000001".into()),
        further: [(miftah_rules::Field::DocumentExpires, "2030-01-31".into())].into(),
        ..person(1)
    };
    let by_id = async |n: u32| store.person(&person(n).id).await.unwrap().unwrap();
    load(&store, 0, [with_phone.clone()]).await;
    assert_eq!(by_id(1).await, with_phone);
    // A file that has the column says it anew; one line is the same, and one is not.
    let renewed = Person {
        further: [(miftah_rules::Field::DocumentExpires, "2035-01-31".into())].into(),
        ..with_phone.clone()
    };
    load(&store, 1, [renewed.clone()]).await;
    assert_eq!(by_id(1).await, renewed);
    let with_phone = renewed;
    let at = import(2).at;
    let bare = |n: u32| Person {
        pension_number: None,
        email: None,
        phone: None,
        year: String::new(),
        ..person(n)
    };
    let moved = Person {
        status: "left".into(),
        ..bare(1)
    };
    let absent = Absent {
        kind: true,
        pension: true,
        email: true,
        phone: true,
        year: true,
        further: true,
    };
    let ticket = store.begin_roll(&import(2), at).await.unwrap();
    let staged = lines([moved, bare(2)]);
    store.stage_roll(ticket, at, &staged, absent).await.unwrap();
    let tally = store.settle_roll(ticket, at).await.unwrap();
    store.publish_roll(ticket, at, &tally.counts).await.unwrap();
    let kept = Person {
        status: "left".into(),
        ..with_phone
    };
    assert_eq!(store.first_persons(9).await.unwrap(), [kept, bare(2)]);
}

/// One that was taken for dead wakes up while it is cleared away: it can neither stage nor publish.
pub(crate) async fn an_import_that_is_cleared_away_is_refused(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    let at = import(1).at;
    let first = store.begin_roll(&import(1), at).await.unwrap();
    let staged = lines([person(2)]);
    let stage = store.stage_roll(first, at, &staged, Absent::default());
    stage.await.unwrap();
    place
        .run("update roll_import set state = 'clearing' where state = 'staging'")
        .await;
    let taken = |outcome: Result<(), StoreError>| {
        assert!(matches!(outcome, Err(StoreError::RollTaken)), "{outcome:?}");
    };
    taken(
        store
            .stage_roll(first, at, &staged, Absent::default())
            .await,
    );
    taken(
        store
            .publish_roll(first, at, &ImportCounts::default())
            .await,
    );
    // Whoever cleared it away died too: the next one goes on.
    assert_eq!(load(&store, 2, [person(3)]).await.added, 1);
    assert_eq!(
        store.first_persons(9).await.unwrap(),
        [person(1), person(3)]
    );
}
