//! What happens to an account, an address or a request while the office looks and the period runs.

use miftah_portal::letter::{Body, Change};
use miftah_portal::model::AccountState;
use miftah_rules::Place;
use miftah_rules::complaint::{CloseReason, ComplaintState, RefusalReason};

use crate::assisted::{WAIT, accepted, campus, change, owner};
use crate::finish::{CHOOSE, NEW, by_link, opens, proved};
use crate::follow::withdraw;
use crate::kit::{HOUR, Kit, PASSWORD, body, codes, follow, person};
use crate::way::{EMAIL, kinds};

/// It is granted as before, and nobody is told of anything.
async fn nothing_came_of_it(kit: &Kit, reference: &str) {
    let state = kit.complaint(reference).await.state;
    assert_eq!(state, ComplaintState::Accepted);
    assert!(kit.new_letters().await.is_empty());
}

#[tokio::test]
async fn a_refusal_during_the_waiting_period_ends_it() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, mut clerks) = accepted(&kit).await;
    kit.new_letters().await;
    let account = kit.account_of(&owner()).await.unwrap();
    let no = [
        ("reason", "another_person"),
        ("answer", "The owner has called."),
    ];
    let seen = clerks[0].press(&reference, "refuse", &no).await;
    assert_eq!(seen.case.refused, Some(RefusalReason::AnotherPerson));
    let letters = kit.new_letters().await;
    assert_eq!(kinds(&letters), [("complaint_decided", EMAIL)]);
    let acts = kit.acts(&account).await;
    assert_eq!(acts.last().map(String::as_str), Some("assisted_ended"));
    kit.wait(WAIT);
    assert!(
        kit.deliver().await.is_empty(),
        "the letter that was queued is not sent"
    );
    let (mut browser, view) = by_link(&kit, &reference).await;
    assert_eq!(view.open.unwrap().onward, None);
    browser.submit(&CHOOSE).await;
    assert_eq!(browser.session, None);
    assert_eq!(kit.account_of(&owner()).await, Some(account));
}

#[tokio::test]
async fn taken_back_during_the_waiting_period_nothing_comes_of_it() {
    let kit = campus(Kit::new().await).await;
    let (mut browser, reference, _) = accepted(&kit).await;
    kit.deliver().await;
    kit.wait(HOUR / 2);
    let view = withdraw(&mut browser).await;
    assert_eq!(view.open.unwrap().closed, Some(CloseReason::Withdrawn));
    let account = kit.account_of(&owner()).await.unwrap();
    let acts = kit.acts(&account).await;
    assert_eq!(acts.last().map(String::as_str), Some("assisted_ended"));
    kit.wait(WAIT);
    assert!(kit.deliver().await.is_empty());
    let (mut late, view) = by_link(&kit, &reference).await;
    assert_eq!(view.open.unwrap().onward, None);
    late.submit(&CHOOSE).await;
    assert_eq!(late.session, None);
}

#[tokio::test]
async fn a_frozen_account_is_not_opened_by_it() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = accepted(&kit).await;
    change(&kit, |account| account.state = AccountState::Frozen).await;
    kit.wait(WAIT);
    let before = kit.account_of(&owner()).await;
    let (mut browser, _) = proved(&kit, &reference).await;
    let view = follow(browser.submit(&CHOOSE).await);
    assert_eq!(
        (codes(&view.problems), browser.session),
        (vec!["E205"], None)
    );
    assert_eq!(kit.account_of(&owner()).await, before);
    nothing_came_of_it(&kit, &reference).await;
}

#[tokio::test]
async fn a_closed_account_stays_closed() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = accepted(&kit).await;
    let closed = change(&kit, |account| account.state = AccountState::Closed).await;
    kit.wait(WAIT);
    let (mut browser, view) = proved(&kit, &reference).await;
    assert!(view.open.is_some());
    browser.submit(&CHOOSE).await;
    assert_eq!(browser.session, None);
    let account = kit.portal.store.account(&closed.id).await.unwrap().unwrap();
    assert_eq!(account.state, AccountState::Closed);
    assert!(kit.new_letters().await.is_empty());
}

#[tokio::test]
async fn an_account_that_was_opened_meanwhile_is_not_taken_over() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = accepted(&kit).await;
    kit.wait(HOUR);
    change(&kit, |account| account.state = AccountState::Closed).await;
    let new = kit.open_account(&owner(), "fresh@example.ma").await;
    kit.wait(WAIT);
    let (mut browser, _) = proved(&kit, &reference).await;
    browser.submit(&CHOOSE).await;
    assert_eq!(browser.session, None, "its owner has never been asked");
    assert_eq!(kit.account_of(&owner()).await, Some(new));
}

#[tokio::test]
async fn an_address_that_was_changed_meanwhile_is_told_too() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = accepted(&kit).await;
    change(&kit, |account| {
        account.email = "newer@example.ma".into();
        account.email_key = "newer@example.ma".into();
        account.phone = Some("+212600000001".into());
        account.phone_confirmed = true;
    })
    .await;
    kit.wait(WAIT);
    let (mut browser, _) = proved(&kit, &reference).await;
    browser.submit(&CHOOSE).await;
    assert_eq!(browser.place, Place::Home);
    let letters = kit.new_letters().await;
    for to in ["newer@example.ma", "+212600000001", EMAIL] {
        let told = letters.iter().any(|letter| {
            letter.to == to
                && matches!(
                    body(letter),
                    Body::Notice {
                        change: Change::Recovered,
                        ..
                    }
                )
        });
        assert!(told, "{to}: {:?}", kinds(&letters));
    }
    assert!(opens(&kit, EMAIL, NEW).await);
    assert!(!opens(&kit, "newer@example.ma", PASSWORD).await);
}

#[tokio::test]
async fn an_address_that_somebody_has_taken_meanwhile_is_told_and_changes_nothing() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = accepted(&kit).await;
    let friend = kit.open_account(&person(2), EMAIL).await;
    kit.wait(WAIT);
    let before = kit.account_of(&owner()).await;
    let (mut browser, _) = proved(&kit, &reference).await;
    let view = follow(browser.submit(&CHOOSE).await);
    assert_eq!(
        (codes(&view.problems), browser.session),
        (vec!["E103"], None)
    );
    assert_eq!(kit.account_of(&owner()).await, before);
    assert_eq!(kit.account_of(&person(2)).await, Some(friend));
    nothing_came_of_it(&kit, &reference).await;
}
