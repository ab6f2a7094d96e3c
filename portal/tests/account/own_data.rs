//! S2.1: what people said of themselves stays theirs to change, and every address hears of it (norm 6).

use miftah_portal::model::Person;
use miftah_portal::pages::{Acted, Shown};
use miftah_rules::view::{AccountView, Done, Page};
use miftah_rules::{Field, Place};

use crate::kit::open::{MAILBOX, SAID, said_but};
use crate::kit::{HOUR, Kit, PASSWORD, account, codes, own_data, person};

async fn record(kit: &Kit) -> Person {
    kit.opened(MAILBOX).await.expect("an account").1
}

fn saved(page: Page) -> AccountView {
    let view = account(page);
    assert_eq!(view.done, Some(Done::DataSaved));
    view
}

#[tokio::test]
async fn s2_1_they_are_changed_by_their_owner() {
    let kit = Kit::open_to_all().await;
    let mut browser = kit.settler(MAILBOX).await;
    kit.new_letters().await;
    let view = account(browser.open(Place::Account, "").await);
    assert!(view.is_own);
    let view = own_data(browser.open(Place::OwnData, "").await);
    assert_eq!(view.typed[&Field::BirthPlace], "مستغانم");
    assert!(!view.ask_password, "it was chosen a moment ago");
    let before = record(&kit).await;
    saved(browser.submit(&said_but("first_name_latin", "Imène")).await);
    let after = record(&kit).await;
    assert_eq!(
        after,
        Person {
            first_name_latin: "Imène".into(),
            ..before.clone()
        }
    );
    let letters = kit.new_letters().await;
    let told: Vec<_> = letters
        .iter()
        .map(|l| (l.kind.as_str(), l.to.as_str()))
        .collect();
    assert_eq!(told, [("notice", MAILBOX)]);
    let account = kit.account_of(&before).await.unwrap();
    assert_eq!(kit.acts(&account).await.last().unwrap(), "data_changed");
    // Saved as it is: nothing to tell of.
    browser.open(Place::OwnData, "").await;
    saved(browser.submit(&said_but("first_name_latin", "Imène")).await);
    assert!(kit.new_letters().await.is_empty());
    kit.remove().await;
}

#[tokio::test]
async fn norm_6_the_password_is_typed_again() {
    let kit = Kit::open_to_all().await;
    let mut browser = kit.settler(MAILBOX).await;
    kit.wait(HOUR / 2);
    let view = own_data(browser.open(Place::OwnData, "").await);
    assert!(view.ask_password);
    let before = record(&kit).await;
    let mut fields = said_but("national_id", "18AB76543");
    let view = own_data(browser.submit(&fields).await);
    assert_eq!(codes(&view.problems), ["E206"]);
    assert_eq!(
        view.typed[&Field::NationalId],
        "18AB76543",
        "what was typed stays"
    );
    fields.push(("current_password", "wrong wrong wrong"));
    let view = own_data(browser.submit(&fields).await);
    assert_eq!(codes(&view.problems), ["E406"]);
    assert_eq!(record(&kit).await, before);
    fields.pop();
    fields.push(("current_password", PASSWORD));
    saved(browser.submit(&fields).await);
    assert_eq!(record(&kit).await.national_id, "18AB76543");
    kit.remove().await;
}

#[tokio::test]
async fn s2_1_what_cannot_be_is_refused_and_kept_as_typed() {
    let kit = Kit::open_to_all().await;
    let mut browser = kit.settler(MAILBOX).await;
    browser.open(Place::OwnData, "").await;
    let before = record(&kit).await;
    let view = own_data(browser.submit(&said_but("birth_date", "12/04/2098")).await);
    assert_eq!(codes(&view.problems), ["E111"]);
    assert_eq!(view.typed[&Field::BirthDate], "12/04/2098");
    assert_eq!(record(&kit).await, before);
    // Another browser sees nothing of it.
    let query = browser.query.clone();
    let mut other = kit.browser();
    other.sign_in(MAILBOX).await;
    let view = own_data(other.open(Place::OwnData, &query).await);
    assert_eq!(codes(&view.problems), ["E306"]);
    // A language switch keeps what is typed, and saves nothing.
    let mut fields = said_but("birth_place", "Oran");
    fields.push(("switch_language", "fr"));
    let view = own_data(browser.submit(&fields).await);
    assert_eq!(view.typed[&Field::BirthPlace], "Oran");
    assert_eq!(record(&kit).await, before);
    kit.remove().await;
}

#[tokio::test]
async fn s2_1_a_record_of_the_office_is_not_changed_here() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    kit.open_account(&person(1), MAILBOX).await;
    let mut browser = kit.browser();
    browser.sign_in(MAILBOX).await;
    assert!(!account(browser.open(Place::Account, "").await).is_own);
    assert!(matches!(
        browser.look(&Place::OwnData, "").await,
        Shown::Missing
    ));
    assert!(matches!(
        browser.knock(&Place::OwnData, "", &SAID).await,
        Acted::Missing
    ));
}
