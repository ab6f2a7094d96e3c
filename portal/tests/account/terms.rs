//! S3.4: terms that have to be accepted after sign-in, before anything else.

use std::sync::Arc;

use miftah_portal::pages::{Acted, Shown};
use miftah_rules::view::{Page, TextView};
use miftah_rules::{Place, Role};

use crate::kit::{EMAIL, Kit, institution};

const NEW: &str = "2027-01-15";

/// The terms change after the account was opened.
async fn changed() -> (Kit, miftah_portal::model::Account) {
    let (mut kit, meryem) = Kit::with_account().await;
    let mut institution = institution();
    institution.terms.version = NEW.into();
    kit.portal.institution = Arc::new(institution);
    (kit, meryem)
}

fn terms(page: Page) -> TextView {
    match page {
        Page::Text(view) => view,
        page => panic!("not the terms: {page:?}"),
    }
}

#[tokio::test]
async fn s3_4_a_new_version_is_shown_and_nothing_else_is_reachable() {
    let (kit, meryem) = changed().await;
    let mut browser = kit.signed_in(EMAIL).await;
    let view = terms(browser.open(Place::Home, "").await);
    assert_eq!(view.version, NEW);
    assert!(view.asks.is_some());
    for place in [
        Place::Account,
        Place::Contact,
        Place::Password,
        Place::Security,
        Place::Sessions,
        Place::CloseAccount,
        Place::Complain,
        Place::Recover,
    ] {
        let Shown::Elsewhere(to) = browser.look(&place, "").await else {
            panic!("{place:?} is shown");
        };
        assert_eq!(to.place, Place::Terms, "{place:?}");
        let acted = browser.knock(&place, "", &[("action", "x")]).await;
        let Acted::Done(to) = acted else {
            panic!("{place:?} takes no posts");
        };
        assert_eq!(to.place, Place::Terms, "{place:?}");
    }
    // What they are about, and what a problem means, may be read.
    for place in [Place::Privacy, Place::Problems] {
        assert!(matches!(browser.look(&place, "").await, Shown::Page(_)));
    }
    assert_ne!(kit.reread(&meryem).await.terms_version, NEW);
}

#[tokio::test]
async fn s3_4_accepted_it_leads_on_and_is_asked_no_more() {
    let (kit, meryem) = changed().await;
    let mut browser = kit.signed_in(EMAIL).await;
    let view = terms(browser.open(Place::Sessions, "").await);
    let then = view.asks.and_then(|asks| asks.then);
    assert_eq!(then.as_deref(), Some("/account/sessions"));
    let form = [
        ("terms", "yes"),
        ("version", NEW),
        ("then", "/account/sessions"),
    ];
    assert!(matches!(browser.submit(&form).await, Page::Sessions(_)));
    assert_eq!(kit.reread(&meryem).await.terms_version, NEW);
    assert_eq!(kit.acts(&meryem).await, ["terms_accepted"]);
    assert!(matches!(browser.open(Place::Home, "").await, Page::Home(_)));
    let view = terms(browser.open(Place::Terms, "").await);
    assert_eq!(view.asks, None);
    // A second click writes nothing.
    browser.submit(&form).await;
    assert_eq!(kit.acts(&meryem).await, ["terms_accepted"]);
}

#[tokio::test]
async fn s3_4_what_was_not_read_is_not_accepted() {
    let (kit, meryem) = changed().await;
    let mut browser = kit.signed_in(EMAIL).await;
    browser.open(Place::Terms, "").await;
    for form in [
        &[("terms", "yes"), ("version", "2026-09-01")][..],
        &[("version", NEW)],
        &[("terms", "yes")],
        &[
            ("terms", "yes"),
            ("version", NEW),
            ("switch_language", "fr"),
        ],
    ] {
        let view = terms(browser.submit(form).await);
        assert!(view.asks.is_some(), "{form:?}");
    }
    assert_ne!(kit.reread(&meryem).await.terms_version, NEW);
    // Another language keeps what follows.
    let switched = [
        ("then", "/account/sessions"),
        ("news", "account_opened"),
        ("switch_language", "fr"),
    ];
    let asks = terms(browser.submit(&switched).await).asks.unwrap();
    assert_eq!(asks.then.as_deref(), Some("/account/sessions"));
    assert!(asks.news.is_some());
    // Whoever does not accept signs out.
    let acted = browser.knock(&Place::Logout, "", &[]).await;
    assert!(matches!(acted, Acted::Done(to) if to.place == Place::Login));
}

#[tokio::test]
async fn s3_4_a_link_leads_no_further_than_the_portal() {
    let (kit, _) = changed().await;
    let mut browser = kit.signed_in(EMAIL).await;
    browser.open(Place::Terms, "").await;
    let form = [
        ("terms", "yes"),
        ("version", NEW),
        ("then", "//evil.example/x"),
    ];
    assert!(matches!(browser.submit(&form).await, Page::Home(_)));
}

#[tokio::test]
async fn s3_4_officers_have_no_terms() {
    let (kit, _) = changed().await;
    let email = "registry@example.ma";
    kit.officer("Amina", email, Role::Registry).await;
    let mut browser = kit.browser();
    browser.sign_in(email).await;
    assert!(!matches!(
        browser.look(&Place::Staff, "").await,
        Shown::Elsewhere(to) if to.place == Place::Terms
    ));
}
