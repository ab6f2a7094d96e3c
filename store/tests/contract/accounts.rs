//! Accounts: one a person, one an address, nothing overwritten.

use miftah_portal::model::{Account, AccountState};
use miftah_portal::store::{Conflict, StoreError, Write};
use miftah_rules::Lang;
use miftah_store::testing::Place;

use crate::glance::tried;
use crate::samples::{account, commit, conflict, later, person, race, session, with_roll};

pub(crate) async fn an_opened_account_is_found_by_each_of_its_keys(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    let written = account(1);
    commit(&store, Write::OpenAccount(written.clone())).await;
    assert_eq!(
        store.account(&written.id).await.unwrap(),
        Some(written.clone())
    );
    assert_eq!(
        store.account_by_email(&written.email_key).await.unwrap(),
        Some(written.clone())
    );
    assert_eq!(
        store.account_by_person(&person(1).id).await.unwrap(),
        Some(written)
    );
    assert_eq!(
        store.account_by_email("nobody@example.ma").await.unwrap(),
        None
    );
}

pub(crate) async fn a_person_has_one_open_account(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    // Same person and same address: the person's conflict is the one that is told.
    for email_key in ["other@example.ma", "student1@example.ma"] {
        let again = Account {
            email_key: email_key.into(),
            holder: account(1).holder,
            ..account(2)
        };
        let refused = store.commit(vec![Write::OpenAccount(again)]).await;
        assert_eq!(conflict(refused), Conflict::PersonHasAccount);
    }
}

pub(crate) async fn an_address_has_one_open_account(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    let other = Account {
        email_key: account(1).email_key,
        ..account(2)
    };
    let refused = store.commit(vec![Write::OpenAccount(other.clone())]).await;
    assert_eq!(conflict(refused), Conflict::EmailTaken);
    assert_eq!(store.account(&other.id).await.unwrap(), None);
    // A frozen account keeps its address too.
    let frozen = Account {
        state: AccountState::Frozen,
        ..account(1)
    };
    commit(&store, Write::ChangeAccount(frozen)).await;
    let refused = store.commit(vec![Write::OpenAccount(other)]).await;
    assert_eq!(conflict(refused), Conflict::EmailTaken);
}

pub(crate) async fn a_closed_account_frees_person_and_address(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    let closed = Account {
        state: AccountState::Closed,
        ..account(1)
    };
    commit(&store, Write::ChangeAccount(closed.clone())).await;
    assert_eq!(
        store.account_by_email(&closed.email_key).await.unwrap(),
        None
    );
    assert_eq!(store.account_by_person(&person(1).id).await.unwrap(), None);
    assert_eq!(
        store.account(&closed.id).await.unwrap(),
        Some(Account {
            version: 2,
            ..closed
        })
    );
    let next = Account {
        holder: account(1).holder,
        email_key: account(1).email_key,
        ..account(2)
    };
    commit(&store, Write::OpenAccount(next.clone())).await;
    assert_eq!(
        store.account_by_person(&person(1).id).await.unwrap(),
        Some(next)
    );
}

pub(crate) async fn a_change_counts_the_version_and_loses_against_a_newer_one(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    let changed = Account {
        state: AccountState::Frozen,
        email: "Other@Example.ma".into(),
        email_key: "other@example.ma".into(),
        phone: None,
        phone_confirmed: false,
        password: "$argon2id$other".into(),
        lang: Lang::Ar,
        terms_version: "2027-01-01".into(),
        password_changed_at: later(5),
        ..account(1)
    };
    commit(&store, Write::ChangeAccount(changed.clone())).await;
    let stored = Account {
        version: 2,
        ..changed.clone()
    };
    assert_eq!(
        store.account(&changed.id).await.unwrap(),
        Some(stored.clone())
    );
    let refused = store.commit(vec![Write::ChangeAccount(changed)]).await;
    assert_eq!(conflict(refused), Conflict::AccountMoved);
    assert_eq!(store.account(&stored.id).await.unwrap(), Some(stored));
}

pub(crate) async fn a_change_to_a_taken_address_is_refused(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    commit(&store, Write::OpenAccount(account(2))).await;
    let taken = Account {
        email_key: account(1).email_key,
        ..account(2)
    };
    let refused = store.commit(vec![Write::ChangeAccount(taken)]).await;
    assert_eq!(conflict(refused), Conflict::EmailTaken);
    assert_eq!(
        store.account(&account(2).id).await.unwrap(),
        Some(account(2))
    );
}

pub(crate) async fn a_reopened_account_meets_the_one_opened_meanwhile(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    let closed = Account {
        state: AccountState::Closed,
        ..account(1)
    };
    commit(&store, Write::OpenAccount(closed)).await;
    let meanwhile = Account {
        holder: account(1).holder,
        ..account(2)
    };
    commit(&store, Write::OpenAccount(meanwhile)).await;
    let refused = store.commit(vec![Write::ChangeAccount(account(1))]).await;
    assert_eq!(conflict(refused), Conflict::PersonHasAccount);
}

pub(crate) async fn twenty_tasks_open_one_account(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    let outcomes = race(&store, |n| {
        vec![Write::OpenAccount(Account {
            holder: account(1).holder,
            ..account(n)
        })]
    })
    .await;
    assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 1);
    for refused in outcomes.into_iter().filter(Result::is_err) {
        assert_eq!(conflict(refused), Conflict::PersonHasAccount);
    }
}

pub(crate) async fn twenty_tasks_claim_one_address(place: &Place) {
    let store = with_roll(place.open().await, 20).await;
    let outcomes = race(&store, |n| {
        vec![Write::OpenAccount(Account {
            email_key: account(1).email_key,
            ..account(n)
        })]
    })
    .await;
    assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 1);
    for refused in outcomes.into_iter().filter(Result::is_err) {
        assert_eq!(conflict(refused), Conflict::EmailTaken);
    }
}

pub(crate) async fn an_account_of_nobody_is_broken_not_a_conflict(place: &Place) {
    let store = place.open().await;
    let refused = store.commit(vec![Write::OpenAccount(account(1))]).await;
    assert!(matches!(refused, Err(StoreError::Broken(_))), "{refused:?}");
    let store = with_roll(store, 2).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    // The same id for somebody else is a fault of the program, no conflict to tell a person.
    let same_id = Account {
        id: account(1).id,
        ..account(2)
    };
    let refused = store.commit(vec![Write::OpenAccount(same_id)]).await;
    assert!(matches!(refused, Err(StoreError::Broken(_))), "{refused:?}");
}

pub(crate) async fn what_was_decided_about_an_older_version_is_refused(place: &Place) {
    let store = with_roll(place.open().await, 1).await;
    commit(&store, Write::OpenAccount(account(1))).await;
    let at = |n, version| Write::AddSessionAt {
        session: session(n, 1),
        version,
        tried: tried([0, 0]),
    };
    commit(&store, at(1, 1)).await;
    let (opened, ..) = store.session_by_token("token-1").await.unwrap().unwrap();
    assert_eq!(opened, session(1, 1));
    commit(&store, Write::ChangeAccount(account(1))).await;
    let refused = store
        .commit(vec![Write::AddSession(session(2, 1)), at(3, 1)])
        .await;
    assert_eq!(conflict(refused), Conflict::AccountMoved);
    assert_eq!(store.session_by_token("token-2").await.unwrap(), None);
    assert_eq!(store.session_by_token("token-3").await.unwrap(), None);
    commit(&store, at(4, 2)).await;
}

/// Those that come from the roll: nobody is found by an address that is none.
pub(crate) async fn accounts_without_an_address_are_beside_each_other(place: &Place) {
    let store = with_roll(place.open().await, 2).await;
    for n in [1, 2] {
        let bare = Account {
            email: String::new(),
            email_key: String::new(),
            ..account(n)
        };
        commit(&store, Write::OpenAccount(bare)).await;
    }
    assert_eq!(store.account_by_email("").await.unwrap(), None);
    let address = account(1).email_key;
    let mut second = store.account(&account(2).id).await.unwrap().unwrap();
    second.email_key.clone_from(&address);
    commit(&store, Write::ChangeAccount(second.clone())).await;
    let found = store.account_by_email(&address).await.unwrap();
    assert_eq!(found.map(|found| found.id), Some(second.id));
    let mut first = store.account(&account(1).id).await.unwrap().unwrap();
    first.email_key = address;
    let refused = store.commit(vec![Write::ChangeAccount(first)]).await;
    assert_eq!(conflict(refused), Conflict::EmailTaken);
}
