//! Members of staff and their accounts.

use miftah_portal::model::{Account, AccountState, Officer};
use miftah_portal::store::{Conflict, StoreError, Write};
use miftah_rules::Role;
use miftah_store::testing::Place;

use crate::samples::{account, commit, conflict, desk, officer, person, with_roll};

pub(crate) async fn an_officer_comes_back_and_is_listed_while_the_account_is_open(place: &Place) {
    let store = place.open().await;
    let last = Officer {
        name: "Zineb".into(),
        role: Role::Administrator,
        ..officer(1)
    };
    let first = Officer {
        name: "Amina".into(),
        ..officer(2)
    };
    // The account may come before the officer whom it is for.
    let writes = vec![
        Write::OpenAccount(desk(1)),
        Write::AddOfficer(last.clone()),
        Write::AddOfficer(first.clone()),
        Write::OpenAccount(desk(2)),
    ];
    store.commit(writes).await.unwrap();
    assert_eq!(store.officer(&last.id).await.unwrap(), Some(last.clone()));
    assert_eq!(store.officer(&officer(9).id).await.unwrap(), None);
    assert_eq!(
        store.officers().await.unwrap(),
        [(first.clone(), desk(2)), (last.clone(), desk(1))]
    );
    assert_eq!(store.account(&desk(1).id).await.unwrap(), Some(desk(1)));
    let by_email = store.account_by_email(&desk(1).email_key).await.unwrap();
    assert_eq!(by_email, Some(desk(1)));
    for state in [AccountState::Frozen, AccountState::Closed] {
        let account = store.account(&desk(1).id).await.unwrap().unwrap();
        commit(&store, Write::ChangeAccount(Account { state, ..account })).await;
        let listed = store.officers().await.unwrap().len();
        assert_eq!(listed, if state == AccountState::Closed { 1 } else { 2 });
    }
    assert_eq!(
        store.officer(&last.id).await.unwrap(),
        Some(last),
        "history names them"
    );
}

pub(crate) async fn an_officer_s_account_is_nobody_s_on_the_roll(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    let writes = vec![Write::AddOfficer(officer(1)), Write::OpenAccount(desk(1))];
    store.commit(writes).await.unwrap();
    assert_eq!(store.account_by_person(&person(1).id).await.unwrap(), None);
    let nobody = miftah_portal::id::PersonId(String::new());
    assert_eq!(store.account_by_person(&nobody).await.unwrap(), None);
    commit(&store, Write::OpenAccount(account(1))).await;
    let found = store.account_by_person(&person(1).id).await.unwrap();
    assert_eq!(found, Some(account(1)));
    // An account of an officer who is not there is a fault of the program.
    let refused = store.commit(vec![Write::OpenAccount(desk(2))]).await;
    assert!(matches!(refused, Err(StoreError::Broken(_))), "{refused:?}");
}

pub(crate) async fn an_officer_and_a_student_never_share_an_address(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    let same = Account {
        email_key: account(1).email_key,
        ..desk(1)
    };
    let refused = store
        .commit(vec![
            Write::AddOfficer(officer(1)),
            Write::OpenAccount(same),
        ])
        .await;
    assert_eq!(conflict(refused), Conflict::EmailTaken);
    assert_eq!(
        store.officer(&officer(1).id).await.unwrap(),
        None,
        "not by halves"
    );
    let writes = vec![Write::AddOfficer(officer(1)), Write::OpenAccount(desk(1))];
    store.commit(writes).await.unwrap();
    // Nor has one officer two accounts.
    let second = Account {
        id: desk(2).id,
        email_key: desk(2).email_key,
        ..desk(1)
    };
    let refused = store.commit(vec![Write::OpenAccount(second)]).await;
    assert!(refused.is_err(), "{refused:?}");
    assert_eq!(store.officers().await.unwrap().len(), 1);
}
