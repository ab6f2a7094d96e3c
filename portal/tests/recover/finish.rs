//! The new password: everything at once, once, and everything else about the account ends.

use miftah_portal::fault::Fault;
use miftah_portal::letter::{NOT_ME, not_me_about};
use miftah_portal::model::AccountState;
use miftah_rules::Place;
use miftah_rules::view::{Channel, HomeView, RecoverStep};

use super::kit::{Kit, PASSWORD, codes, home, login, person, recover};
use super::way::{EMAIL, NEW_PASSWORD, open_account, proved, send, waiting};

const PASSWORDS: [(&str, &str); 2] = [("password", NEW_PASSWORD), ("password_again", NEW_PASSWORD)];

async fn campus() -> Kit {
    let kit = Kit::on_disk().await;
    kit.load([person(1), person(2)]).await;
    open_account(&kit, &person(1)).await;
    kit
}

#[tokio::test]
async fn a_password_is_judged_before_anything_changes() {
    let kit = campus().await;
    let mut browser = proved(&kit, &person(1), Channel::Email).await;
    let own = recover(browser.reload().await).hints.own;
    assert_ne!(
        own,
        miftah_rules::password::OwnData::default(),
        "for the live ticks"
    );
    for (password, again, code) in [
        ("", "", "E105"),
        ("short1!", "short1!", "E401"),
        ("password1", "password1", "E402"),
        ("Alaoui et son chat", "Alaoui et son chat", "E403"),
        ("amal.idrissi@example.ma", "amal.idrissi@example.ma", "E403"),
        (NEW_PASSWORD, "", "E105"),
        (NEW_PASSWORD, "une barque bleue sur le lac ", "E404"),
    ] {
        let view = send(
            &mut browser,
            &[("password", password), ("password_again", again)],
        )
        .await;
        assert_eq!(
            (view.step, codes(&view.problems)),
            (RecoverStep::Password, vec![code])
        );
        assert!(view.typed.is_empty(), "a password is never echoed");
    }
    let account = kit.account_of(&person(1)).await.unwrap();
    assert_eq!(account.version, 0);
    kit.remove().await;
}

#[tokio::test]
async fn neither_password_nor_code_is_stored_anywhere() {
    let kit = campus().await;
    let mut browser = waiting(&kit, &person(1), Channel::Email).await;
    let code = kit.code(&browser.journey(), 1);
    send(&mut browser, &[("code", "918273")]).await;
    send(&mut browser, &[("code", &code)]).await;
    send(
        &mut browser,
        &[
            ("password", NEW_PASSWORD),
            ("password_again", "Zx9-nearly-so"),
        ],
    )
    .await;
    let switch = [
        ("switch_language", "fr"),
        ("password", "typed-before-switch"),
    ];
    send(&mut browser, &switch).await;
    browser.submit(&PASSWORDS).await;
    let session = browser.session.clone().unwrap();
    let secret = browser.secret.clone().unwrap();
    for hidden in [
        NEW_PASSWORD,
        "Zx9-nearly-so",
        "typed-before-switch",
        "918273",
        &session,
        &secret,
    ] {
        assert!(!kit.stores(hidden), "{hidden} is stored");
    }
    // Six digits may stand anywhere by chance; as a value of its own they do not.
    assert!(!kit.stores(&format!("\"{code}\"")));
    assert!(
        kit.stores("account_recovered"),
        "the search finds what is there"
    );
    kit.remove().await;
}

#[tokio::test]
async fn every_other_journey_about_the_account_is_over() {
    let kit = campus().await;
    let mut first = proved(&kit, &person(1), Channel::Email).await;
    let mut second = waiting(&kit, &person(1), Channel::Phone).await;
    let mut third = proved(&kit, &person(1), Channel::Email).await;
    let by_handle = {
        let mut browser = super::way::begin(&kit).await;
        send(&mut browser, &[("handle", EMAIL)]).await;
        browser
    };
    first.submit(&PASSWORDS).await;

    let code = kit.code(&second.journey(), 1);
    let view = send(&mut second, &[("step", "code"), ("code", &code)]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Find, vec!["E306"])
    );
    let view = send(&mut third, &PASSWORDS).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Find, vec!["E306"])
    );
    let mut by_handle = by_handle;
    let code = kit.code(&by_handle.journey(), 1);
    let view = send(&mut by_handle, &[("code", &code)]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Find, vec!["E306"])
    );
    kit.remove().await;
}

#[tokio::test]
async fn a_double_click_recovers_once() {
    let kit = campus().await;
    let browser = proved(&kit, &person(1), Channel::Email).await;
    let (left, right) = tokio::join!(browser.post(&PASSWORDS), browser.post(&PASSWORDS));
    let places = [left.unwrap().place, right.unwrap().place];
    assert!(places.contains(&Place::Home), "{places:?}");
    let account = kit.account_of(&person(1)).await.unwrap();
    assert_eq!(account.version, 1);
    assert_eq!(kit.acts(&account).await, ["account_recovered"]);
    assert!(kit.tally().await.contains(&"session 1".to_owned()));
    kit.remove().await;
}

#[tokio::test]
async fn recovered_and_frozen_in_the_same_moment_is_frozen_without_a_fault() {
    for round in 0..8 {
        let kit = campus().await;
        let account = kit.account_of(&person(1)).await.unwrap();
        let browser = proved(&kit, &person(1), Channel::Email).await;
        let token = kit
            .portal
            .key
            .link(NOT_ME, &not_me_about(&account.id, kit.now()));
        let mut worried = kit.browser();
        worried.open(Place::NotMe(token), "").await;
        let verdict = [("verdict", "not_me")];
        if round % 2 == 0 {
            let (a, b) = tokio::join!(browser.post(&PASSWORDS), worried.post(&verdict));
            a.and(b).unwrap();
        } else {
            let (a, b) = tokio::join!(worried.post(&verdict), browser.post(&PASSWORDS));
            a.and(b).unwrap();
        }
        let account = kit.account_of(&person(1)).await.unwrap();
        assert_eq!(account.state, AccountState::Frozen);
        assert!(kit.tally().await.contains(&"session 0".to_owned()));
        kit.remove().await;
    }
}

#[tokio::test]
async fn a_full_queue_loses_nothing() {
    let kit = campus().await;
    let mut browser = proved(&kit, &person(1), Channel::Email).await;
    kit.hasher.be_busy();
    assert!(matches!(browser.post(&PASSWORDS).await, Err(Fault::Busy)));
    let view = recover(browser.reload().await);
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Password, vec![])
    );
    kit.remove().await;
}

#[tokio::test]
async fn earlier_wrong_tries_hold_nobody_back_afterwards() {
    let kit = campus().await;
    let mut guesser = kit.browser();
    for handle in [EMAIL, "R000000001"] {
        for _ in 0..6 {
            guesser.open(Place::Login, "").await;
            guesser
                .submit(&[("handle", handle), ("password", "guess")])
                .await;
        }
        let page = guesser
            .submit(&[("handle", handle), ("password", PASSWORD)])
            .await;
        assert_eq!(codes(&login(page).problems), ["E202"]);
    }
    let mut browser = proved(&kit, &person(1), Channel::Email).await;
    browser.submit(&PASSWORDS).await;
    for handle in [EMAIL, "R000000001"] {
        let mut again = kit.browser();
        again.open(Place::Login, "").await;
        let page = again
            .submit(&[("handle", handle), ("password", NEW_PASSWORD)])
            .await;
        assert!(matches!(home(page), HomeView::SignedIn { .. }), "{handle}");
    }
    kit.remove().await;
}

#[tokio::test]
async fn somebody_else_s_open_account_in_this_browser_is_closed() {
    let kit = campus().await;
    kit.open_account(&person(2), "b@example.ma").await;
    let mut shared = kit.browser();
    shared.open(Place::Login, "").await;
    shared
        .submit(&[("handle", "b@example.ma"), ("password", PASSWORD)])
        .await;
    let before = shared.session.clone();

    shared.open(Place::Recover, "").await;
    super::way::give_data(&mut shared, &person(1)).await;
    send(&mut shared, &[("channel", "email")]).await;
    let code = kit.code(&shared.journey(), 1);
    send(&mut shared, &[("code", &code)]).await;
    let page = shared.submit(&PASSWORDS).await;
    let HomeView::SignedIn { number, .. } = home(page) else {
        panic!("not signed in")
    };
    assert_eq!(number, "R000000001");
    let mut old = kit.browser();
    old.session = before;
    assert!(matches!(
        home(old.open(Place::Home, "").await),
        HomeView::Anonymous
    ));
    kit.remove().await;
}
