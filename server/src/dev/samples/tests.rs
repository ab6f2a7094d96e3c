//! What `--dev` finds at its first start, and at later ones.

use std::path::PathBuf;
use std::sync::Arc;

use miftah_portal::key::ServerKey;
use miftah_portal::ports::Verified;
use miftah_portal::testing::{FixedClock, MemoryFiles, PassingCleaner, SeededRandom};

use super::*;
use crate::hashing::HashingThreads;
use crate::institution;

fn folder() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../institutions/fsjes"
    ))
}

/// A portal with an empty database, on 2026-09-01.
async fn portal() -> Portal {
    let random = Arc::new(SeededRandom::new(3));
    Portal {
        store: miftah_store::testing::temporary().await,
        clock: Arc::new(FixedClock::at(Millis(1_788_220_800_000))),
        hasher: Arc::new(HashingThreads::start(random.clone(), crate::hashing::LEAST).unwrap()),
        cleaner: Arc::<PassingCleaner>::default(),
        files: Arc::<MemoryFiles>::default(),
        random,
        key: ServerKey::new([7; 32]),
        institution: Arc::new(institution::load(&folder()).unwrap()),
        newcomers: Arc::default(),
        ways: miftah_portal::portal::Ways { sms: true },
        public_url: "http://127.0.0.1:3000".into(),
    }
}

#[tokio::test]
async fn an_empty_roll_is_filled_and_the_first_persons_can_sign_in() {
    let portal = portal().await;
    prepare(&portal, &folder()).await.unwrap();
    assert_eq!(portal.store.roll_size().await.unwrap(), 2000);
    let samples = list(&portal).await.unwrap();
    let told: Vec<_> = samples
        .accounts
        .iter()
        .take(3)
        .map(|a| (a.identity.number.as_str(), a.phone.is_some(), a.state))
        .collect();
    assert_eq!(
        told,
        [
            ("R130000001", true, AccountState::Active),
            ("K130000002", false, AccountState::Active),
            ("K192777985", true, AccountState::Frozen),
        ]
    );
    assert!(samples.accounts.len() > 8, "{}", samples.accounts.len());
    for account in &samples.accounts {
        let key = Email::parse(&account.email).unwrap().key();
        let stored = portal.store.account_by_email(&key).await.unwrap().unwrap();
        assert_eq!(stored.phone_confirmed, stored.phone.is_some());
        assert_eq!(account.password, Some(PASSWORD));
        let typed = Secret::new(PASSWORD.to_owned());
        let verified = portal.hasher.verify(&typed, Some(&stored.password)).await;
        assert_eq!(verified.unwrap(), Verified::Yes);
    }
    let without = &samples.without_account;
    assert_eq!(without.len(), WITHOUT_ACCOUNT);
    assert_eq!(without[0].identity.number, "D130000003");
    assert!(without.iter().any(|person| !person.identity.eligible));
    assert!(!portal.hasher.is_common(PASSWORD) && PASSWORD.chars().count() >= 15);
}

#[tokio::test]
async fn what_is_there_is_left_alone_and_told_as_it_is_now() {
    let portal = portal().await;
    prepare(&portal, &folder()).await.unwrap();
    let mut first = portal
        .store
        .account_by_email("salma.elalaoui@example.ma")
        .await
        .unwrap()
        .unwrap();
    first.password_changed_at = first.password_changed_at.plus_seconds(1);
    let mut second = portal
        .store
        .account_by_email("youssef.bennani@example.ma")
        .await
        .unwrap()
        .unwrap();
    second.state = AccountState::Closed;
    let writes = vec![Write::ChangeAccount(first), Write::ChangeAccount(second)];
    portal.store.commit(writes).await.unwrap();

    prepare(&portal, &folder()).await.unwrap();
    let samples = list(&portal).await.unwrap();
    assert_eq!(samples.accounts[0].password, None);
    let youssef = &samples.without_account[0];
    assert_eq!(youssef.identity.number, "K130000002");

    let page = crate::dev::print::welcome("http://127.0.0.1:3000", &samples);
    assert!(
        page.contains("http://127.0.0.1:3000/dev/outbox\n"),
        "{page}"
    );
    assert!(page.contains("R130000001  (changed since)"), "{page}");
    assert!(
        page.lines().all(|line| line.chars().count() <= 100),
        "{page}"
    );
    let json = serde_json::to_value(&samples).unwrap();
    assert_eq!(json["accounts"][1]["password"], PASSWORD);
    assert_eq!(json["accounts"][1]["state"], "frozen");
    assert_eq!(json["without_account"][0]["national_id"], "CD234567");
    let roles: Vec<_> = samples.staff.iter().map(|one| one.role).collect();
    assert_eq!(
        roles.iter().filter(|role| **role == Role::Registry).count(),
        2
    );
    assert!(roles.contains(&Role::Administrator));
    assert_eq!(json["staff"][0]["password"], PASSWORD);
}
