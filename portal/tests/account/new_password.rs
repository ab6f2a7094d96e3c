//! Changing the password (norms 4 and 6).

use miftah_portal::letter::Change;
use miftah_rules::Place;
use miftah_rules::view::{Done, Page};

use crate::kit::{
    Browser, CheapHasher, EMAIL, Kit, MINUTE, OTHER_PASSWORD, PASSWORD, PHONE, SECOND, account,
    codes, contact, password, told,
};

/// Fills the form of the page with [`OTHER_PASSWORD`] and sends it.
pub(crate) async fn change(browser: &mut Browser<'_>, current: &str) -> Page {
    browser
        .submit(&[
            ("current_password", current),
            ("password", OTHER_PASSWORD),
            ("password_again", OTHER_PASSWORD),
        ])
        .await
}

#[tokio::test]
async fn a_new_password_ends_other_sessions_and_tells_every_address() {
    let (kit, meryem) = Kit::with_account_like(
        |person| {
            person.email = Some("record@example.ma".into());
            person.phone = Some("+212700000001".into());
        },
        |account| {
            account.phone = Some(PHONE.into());
            account.phone_confirmed = true;
        },
    )
    .await;
    let mut browser = kit.signed_in(EMAIL).await;
    let mut other = kit.signed_in(EMAIL).await;
    browser.open(Place::Password, "").await;
    let view = account(change(&mut browser, PASSWORD).await);
    assert_eq!(view.done, Some(Done::PasswordChanged));
    assert_eq!(
        kit.reread(&meryem).await.password,
        CheapHasher::phc(OTHER_PASSWORD)
    );
    assert!(matches!(
        other.open(Place::Account, "").await,
        Page::Login(_)
    ));
    assert!(matches!(
        browser.open(Place::Account, "").await,
        Page::Account(_)
    ));
    let letters = kit.new_letters().await;
    assert_eq!(
        told(&letters, Change::PasswordChanged),
        ["+212612345678", "+212700000001", EMAIL, "record@example.ma"]
    );
    assert_eq!(kit.acts(&meryem).await, ["password_changed"]);
}

#[tokio::test]
async fn codes_sent_before_a_new_password_are_dead() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    browser.open(Place::Contact, "change=email").await;
    browser.submit(&[("email", "new@example.ma")]).await;
    let (journey, mut tab) = (browser.journey(), browser.clone());
    browser.open(Place::Password, "").await;
    change(&mut browser, PASSWORD).await;
    let code = kit.code(&journey, 1);
    let view = contact(tab.submit(&[("step", "code"), ("code", &code)]).await);
    assert_eq!(codes(&view.problems), ["E306"]);
    assert_eq!(kit.reread(&meryem).await.email, EMAIL);
}

#[tokio::test]
async fn everything_wrong_with_the_form_is_told_at_once() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    for (current, new, again, problems) in [
        ("", "", "", vec!["E105", "E105"]),
        ("wrong", "short", "short", vec!["E406", "E401"]),
        (PASSWORD, "password1", "password1", vec!["E402"]),
        (
            PASSWORD,
            "meryem et les pommes",
            "meryem et les pommes",
            vec!["E403"],
        ),
        (
            PASSWORD,
            "R000000001 pommes",
            "R000000001 pommes",
            vec!["E403"],
        ),
        (PASSWORD, OTHER_PASSWORD, "another", vec!["E404"]),
        (PASSWORD, OTHER_PASSWORD, "", vec!["E105"]),
        ("wrong", OTHER_PASSWORD, OTHER_PASSWORD, vec!["E406"]),
    ] {
        browser.open(Place::Password, "").await;
        let form = [
            ("current_password", current),
            ("password", new),
            ("password_again", again),
        ];
        let view = password(browser.submit(&form).await);
        assert_eq!(codes(&view.problems), problems, "{current} {new} {again}");
        let json = serde_json::to_string(&view).expect("JSON");
        assert!(!json.contains(OTHER_PASSWORD), "a password is never echoed");
    }
    assert_eq!(kit.reread(&meryem).await, meryem);
    assert!(kit.new_letters().await.is_empty());
}

#[tokio::test]
async fn guessing_the_current_password_waits_longer_and_longer() {
    let (kit, _) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    for _ in 0..5 {
        browser.open(Place::Password, "").await;
        assert_eq!(
            codes(&password(change(&mut browser, "guess").await).problems),
            ["E406"]
        );
    }
    browser.open(Place::Password, "").await;
    let work = kit.hasher.work();
    assert_eq!(
        codes(&password(change(&mut browser, PASSWORD).await).problems),
        ["E202"]
    );
    assert_eq!(kit.hasher.work(), work, "not even looked at");
    // The wait is the account's: another browser waits too.
    let mut other = kit.signed_in(EMAIL).await;
    other.open(Place::Password, "").await;
    assert_eq!(
        codes(&password(change(&mut other, PASSWORD).await).problems),
        ["E202"]
    );
    kit.wait(15 * SECOND);
    browser.open(Place::Password, "").await;
    assert!(matches!(
        change(&mut browser, PASSWORD).await,
        Page::Account(_)
    ));
}

#[tokio::test]
async fn a_double_click_changes_the_password_once_and_succeeds_twice() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    let since = password(browser.open(Place::Password, "").await)
        .since
        .to_string();
    kit.wait(SECOND);
    let form = [
        ("since", since.as_str()),
        ("current_password", PASSWORD),
        ("password", OTHER_PASSWORD),
        ("password_again", OTHER_PASSWORD),
    ];
    browser.post(&form).await.expect("the first click");
    let view = account(browser.submit(&form).await);
    assert_eq!(view.done, Some(Done::PasswordChanged));
    assert_eq!(kit.acts(&meryem).await, ["password_changed"]);
    assert_eq!(kit.new_letters().await.len(), 1);
}

#[tokio::test]
async fn a_form_from_before_another_tabs_change_is_told_so() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    let since = password(browser.open(Place::Password, "").await)
        .since
        .to_string();
    let mut tab = browser.clone();
    kit.wait(MINUTE);
    change(&mut browser, PASSWORD).await;
    let form = [
        ("since", since.as_str()),
        ("current_password", PASSWORD),
        ("password", "a third one, quite different"),
        ("password_again", "a third one, quite different"),
    ];
    let view = password(tab.submit(&form).await);
    assert_eq!(codes(&view.problems), ["E306"]);
    assert_eq!(
        kit.reread(&meryem).await.password,
        CheapHasher::phc(OTHER_PASSWORD)
    );
}

#[tokio::test]
async fn a_full_hashing_queue_is_busy_and_nothing_is_written() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    browser.open(Place::Password, "").await;
    kit.hasher.be_busy();
    let form = [
        ("current_password", PASSWORD),
        ("password", OTHER_PASSWORD),
        ("password_again", OTHER_PASSWORD),
    ];
    let answer = browser.post(&form).await;
    assert!(matches!(answer, Err(miftah_portal::fault::Fault::Busy)));
    assert_eq!(kit.reread(&meryem).await, meryem);
}

#[tokio::test]
async fn a_language_switch_submits_nothing() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    for place in [Place::Password, Place::CloseAccount] {
        browser.open(place.clone(), "").await;
        let form = [
            ("current_password", PASSWORD),
            ("password", OTHER_PASSWORD),
            ("password_again", OTHER_PASSWORD),
            ("consent", "yes"),
            ("switch_language", "fr"),
        ];
        browser.submit(&form).await;
        assert_eq!(browser.place, place);
        assert_eq!(browser.lang, miftah_rules::Lang::Fr);
    }
    assert_eq!(kit.reread(&meryem).await, meryem);
}

#[tokio::test]
async fn typed_passwords_are_nowhere_in_the_database() {
    let kit = Kit::on_disk().await;
    kit.load([crate::kit::person(1)]).await;
    kit.open_account(&crate::kit::person(1), EMAIL).await;
    let mut browser = kit.signed_in(EMAIL).await;
    for (current, new) in [("wrong guess of mine", "short"), (PASSWORD, OTHER_PASSWORD)] {
        browser.open(Place::Password, "").await;
        browser
            .submit(&[
                ("current_password", current),
                ("password", new),
                ("password_again", new),
            ])
            .await;
    }
    browser.open(Place::CloseAccount, "").await;
    browser
        .submit(&[("current_password", OTHER_PASSWORD)])
        .await;
    for secret in ["wrong guess of mine", "short", PASSWORD, OTHER_PASSWORD] {
        assert!(!kit.stores(secret), "{secret}");
    }
    kit.remove().await;
}
