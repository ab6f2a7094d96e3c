//! `/account/security`: what happened, newest first, and what a recovery could go through.

use miftah_rules::Place;
use miftah_rules::view::Moment;

use crate::kit::{EMAIL, Kit, MINUTE, account, security};

#[tokio::test]
async fn what_happened_is_told_newest_first_on_the_institutions_clock() {
    let (kit, _) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    let view = security(browser.open(Place::Security, "").await);
    assert_eq!(view.acts.len(), 1, "the sign-in itself");
    for lang in ["fr", "en"] {
        kit.wait(MINUTE);
        browser.open(Place::Account, "").await;
        account(
            browser
                .submit(&[("action", "language"), ("language", lang)])
                .await,
        );
    }
    kit.wait(MINUTE);
    browser.open(Place::Password, "").await;
    crate::new_password::change(&mut browser, crate::kit::PASSWORD).await;
    let view = security(browser.open(Place::Security, "").await);
    let kinds: Vec<_> = view.acts.iter().map(|row| row.act.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "password_changed",
            "language_changed",
            "language_changed",
            "signed_in"
        ]
    );
    // 08:03 in Greenwich is 09:03 in Morocco.
    let on = Moment {
        year: 2026,
        month: 9,
        day: 1,
        hour: 9,
        minute: 3,
    };
    assert_eq!(view.acts.first().map(|row| row.on), Some(on));
    assert_eq!(view.older, 0);
}

#[tokio::test]
async fn a_long_history_ends_with_where_the_rest_is() {
    let (kit, _) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    for turn in 0..103 {
        browser.open(Place::Account, "").await;
        let lang = if turn % 2 == 0 { "fr" } else { "ar" };
        browser
            .submit(&[("action", "language"), ("language", lang)])
            .await;
    }
    let view = security(browser.open(Place::Security, "").await);
    assert_eq!((view.acts.len(), view.older), (100, 4));
}

#[tokio::test]
async fn it_says_which_addresses_could_bring_the_account_back() {
    let (kit, _) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    let view = security(browser.open(Place::Security, "").await);
    let confirmed: Vec<_> = view.addresses.iter().map(|a| a.confirmed).collect();
    assert_eq!(confirmed, [true, false]);
}
