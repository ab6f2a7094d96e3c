//! History: chains that hold, also when many write at once.

use miftah_portal::act::first_break;
use miftah_portal::store::Write;
use miftah_store::testing::Place;

use crate::samples::{act, commit, race};

pub(crate) async fn a_chain_holds_and_is_told_oldest_first(place: &Place) {
    let store = place.open().await;
    // Two acts of one batch follow each other as well.
    let both = vec![
        Write::Record(act("account:1", 1)),
        Write::Record(act("account:1", 2)),
    ];
    store.commit(both).await.unwrap();
    commit(&store, Write::Record(act("account:1", 3))).await;
    let chain = store.acts("account:1").await.unwrap();
    let told: Vec<_> = chain.iter().map(|sealed| sealed.act.clone()).collect();
    assert_eq!(told, [1, 2, 3].map(|n| act("account:1", n)));
    assert_eq!(
        chain.iter().map(|sealed| sealed.seq).collect::<Vec<_>>(),
        [1, 2, 3]
    );
    assert_eq!(first_break(&chain), None);
}

pub(crate) async fn each_subject_has_its_own_chain(place: &Place) {
    let store = place.open().await;
    commit(&store, Write::Record(act("account:1", 1))).await;
    commit(&store, Write::Record(act("person:1", 2))).await;
    for subject in ["account:1", "person:1"] {
        let chain = store.acts(subject).await.unwrap();
        assert_eq!(chain.len(), 1);
        assert_eq!(first_break(&chain), None);
    }
    assert_eq!(store.acts("account:2").await.unwrap(), []);
}

pub(crate) async fn two_servers_write_one_unbroken_chain(place: &Place) {
    // On two servers.
    let (store, other) = (place.open().await, place.open().await);
    let (here, there) = tokio::join!(
        race(&store, |n| vec![Write::Record(act("account:1", n))]),
        race(&other, |n| vec![Write::Record(act("account:1", 100 + n))]),
    );
    let outcomes: Vec<_> = here.into_iter().chain(there).collect();
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    let chain = store.acts("account:1").await.unwrap();
    assert_eq!(chain.len(), 40);
    assert_eq!(first_break(&chain), None);
}

pub(crate) async fn acts_about_two_subjects_in_any_order_all_succeed(place: &Place) {
    let store = place.open().await;
    let outcomes = race(&store, |n| {
        let (a, b) = (
            Write::Record(act("account:1", n)),
            Write::Record(act("person:1", n)),
        );
        if n % 2 == 0 { vec![a, b] } else { vec![b, a] }
    })
    .await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    for subject in ["account:1", "person:1"] {
        let chain = store.acts(subject).await.unwrap();
        assert_eq!(chain.len(), 20);
        assert_eq!(first_break(&chain), None);
    }
}
