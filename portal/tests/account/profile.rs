//! `/account`: the record, the addresses, the language of letters.

use miftah_portal::letter::{Body, Change};
use miftah_rules::view::{Channel, Done, ProfileKind};
use miftah_rules::{Lang, Place};

use crate::kit::{EMAIL, Kit, PHONE, account, body, codes};

#[tokio::test]
async fn the_record_is_shown_as_the_roll_has_it() {
    let (kit, _) = Kit::with_account_like(|_| {}, |a| a.phone = Some(PHONE.into())).await;
    let mut browser = kit.signed_in(EMAIL).await;
    let view = account(browser.open(Place::Account, "").await);
    let value = |kind| {
        view.profile
            .iter()
            .find(|row| row.kind == kind)
            .map(|r| r.value.as_str())
    };
    assert_eq!(value(ProfileKind::NameArabic), Some("مريم العلوي"));
    assert_eq!(value(ProfileKind::NameLatin), Some("Meryem El Alaoui"));
    assert_eq!(value(ProfileKind::Number), Some("R000000001"));
    assert_eq!(value(ProfileKind::NationalId), Some("JB400001"));
    assert_eq!(value(ProfileKind::BirthDate), Some("2004-02-29"));
    assert_eq!(value(ProfileKind::Year), Some("S3"));
    let [email, phone] = view.addresses.as_slice() else {
        panic!("two addresses")
    };
    assert_eq!(
        (email.value.as_deref(), email.confirmed),
        (Some(EMAIL), true)
    );
    assert_eq!((phone.channel, phone.confirmed), (Channel::Phone, false));
    assert_eq!(view.sessions, 1);
    assert_eq!(view.letters_lang, Lang::Ar);
    assert!(view.problems.is_empty());
}

#[tokio::test]
async fn letters_follow_the_language_of_the_account_not_of_the_page() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    browser.open(Place::Account, "").await;
    let view = account(
        browser
            .submit(&[("action", "language"), ("language", "fr")])
            .await,
    );
    assert_eq!(
        (view.done, view.letters_lang),
        (Some(Done::LanguageSaved), Lang::Fr)
    );
    assert_eq!(browser.lang, Lang::Ar, "the page stays in its language");
    assert_eq!(kit.acts(&meryem).await, ["language_changed"]);

    // A double click saves once.
    browser.place = Place::Account;
    account(
        browser
            .submit(&[("action", "language"), ("language", "fr")])
            .await,
    );
    assert_eq!(kit.acts(&meryem).await, ["language_changed"]);

    browser.open(Place::Password, "").await;
    crate::new_password::change(&mut browser, crate::kit::PASSWORD).await;
    let letters = kit.new_letters().await;
    assert!(!letters.is_empty());
    for letter in letters {
        assert!(matches!(
            body(&letter),
            Body::Notice {
                change: Change::PasswordChanged,
                ..
            }
        ));
        assert_eq!(letter.lang, Lang::Fr);
    }
}

#[tokio::test]
async fn a_language_that_is_none_of_ours_changes_nothing() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    for hostile in ["", "de", "<b>", "arabic"] {
        browser.open(Place::Account, "").await;
        let page = browser
            .submit(&[("action", "language"), ("language", hostile)])
            .await;
        assert_eq!(codes(&account(page).problems), ["E306"], "{hostile}");
    }
    assert_eq!(kit.reread(&meryem).await, meryem);
}

#[tokio::test]
async fn of_two_tabs_that_change_the_account_at_once_one_is_told() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    browser.open(Place::Account, "").await;
    let other = browser.clone();
    let french = [("action", "language"), ("language", "fr")];
    let english = [("action", "language"), ("language", "en")];
    let (first, second) = tokio::join!(browser.post(&french), other.post(&english));
    let outcomes = [first.expect("an answer"), second.expect("an answer")];
    let saved = outcomes
        .iter()
        .filter(|outcome| outcome.query == "done=language_saved")
        .count();
    assert!(saved >= 1);
    for outcome in &outcomes {
        let mut tab = browser.clone();
        tab.take(outcome);
        let view = account(tab.reload().await);
        let told = view.done == Some(Done::LanguageSaved) || codes(&view.problems) == ["E306"];
        assert!(told, "{}", outcome.query);
    }
    assert_eq!(kit.acts(&meryem).await.len(), saved);
}
