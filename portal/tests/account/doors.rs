//! The pages need a session, and lead back after signing in.

use miftah_rules::Place;
use miftah_rules::view::Page;

use crate::kit::{EMAIL, Kit, PASSWORD, codes, contact, login};

const PAGES: [Place; 6] = [
    Place::Account,
    Place::Contact,
    Place::Password,
    Place::Security,
    Place::Sessions,
    Place::CloseAccount,
];

#[tokio::test]
async fn whoever_is_not_signed_in_signs_in_and_comes_back() {
    let (kit, _) = Kit::with_account().await;
    for place in PAGES {
        let mut browser = kit.browser();
        let view = login(browser.open(place.clone(), "").await);
        assert_eq!(view.then.as_deref(), Some(place.path().as_str()));
        let then = view.then.unwrap_or_default();
        browser
            .submit(&[("handle", EMAIL), ("password", PASSWORD), ("then", &then)])
            .await;
        assert_eq!(browser.place, place);
    }
}

#[tokio::test]
async fn a_post_without_a_session_changes_nothing_and_leads_to_signing_in() {
    let (kit, account) = Kit::with_account().await;
    for place in PAGES {
        let mut browser = kit.browser();
        browser.place = place;
        let form = [
            ("current_password", PASSWORD),
            ("password", "another one entirely"),
            ("password_again", "another one entirely"),
            ("email", "new@example.ma"),
            ("change", "email"),
            ("consent", "yes"),
            ("action", "language"),
            ("language", "fr"),
        ];
        assert!(matches!(browser.submit(&form).await, Page::Login(_)));
    }
    assert_eq!(kit.reread(&account).await, account);
    assert!(kit.new_letters().await.is_empty());
}

#[tokio::test]
async fn a_session_that_has_ended_asks_for_the_password_and_says_why() {
    let (kit, _) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    kit.wait(61 * crate::kit::MINUTE);
    let view = login(browser.open(Place::Contact, "change=email").await);
    assert!(view.session_ended);
    assert_eq!(view.then.as_deref(), Some("/account/contact"));
}

#[tokio::test]
async fn hostile_input_is_answered_with_a_page() {
    let (kit, account) = Kit::with_account().await;
    let long = "م".repeat(100_000);
    let values = [
        "",
        " ",
        "\u{202e}\u{0}<script>",
        "' or 1=1 --",
        "../../etc/passwd",
        &long,
    ];
    let queries = [
        "j=x",
        "j=../..&change=%00",
        "change=<b>",
        "done=nothing&moved",
        "=&&=&j=",
    ];
    for place in PAGES {
        let mut browser = kit.signed_in(EMAIL).await;
        for query in queries {
            browser.open(place.clone(), query).await;
        }
        if place == Place::Security {
            continue;
        }
        for value in values {
            for query in ["", "change=email", "change=phone", "j=x"] {
                browser.place = place.clone();
                browser.query = query.to_owned();
                let fields: Vec<_> = [
                    "email",
                    "phone",
                    "code",
                    "step",
                    "action",
                    "session",
                    "language",
                    "since",
                    "password",
                    "password_again",
                    "consent",
                    "change",
                    "switch_language",
                ]
                .iter()
                .map(|name| (*name, value))
                .collect();
                browser.submit(&fields).await;
            }
        }
    }
    assert_eq!(kit.reread(&account).await, account, "nothing was changed");
}

#[tokio::test]
async fn the_journey_of_whoever_sat_here_before_is_nobody_elses() {
    let (kit, _) = Kit::with_account().await;
    kit.load([crate::kit::person(2)]).await;
    kit.open_account(&crate::kit::person(2), "second@example.ma")
        .await;
    let mut browser = kit.signed_in(EMAIL).await;
    browser.open(Place::Contact, "change=email").await;
    let page = browser.submit(&[("email", "new@example.ma")]).await;
    assert!(contact(page).code.is_some());
    let first = (browser.journey(), browser.secret.clone());

    // Their session runs out; the next person signs in, in the same browser.
    let mut next = kit.signed_in("second@example.ma").await;
    next.secret = first.1;
    let view = contact(next.open(Place::Contact, &format!("j={}", first.0)).await);
    assert_eq!(codes(&view.problems), ["E306"]);
    assert!(view.code.is_none() && view.typed.is_empty());
    let code = kit.code(&first.0, 1);
    next.submit(&[("step", "code"), ("code", &code)]).await;
    let second = kit.account_of(&crate::kit::person(2)).await;
    assert_eq!(
        second.map(|a| a.email).as_deref(),
        Some("second@example.ma")
    );
}
