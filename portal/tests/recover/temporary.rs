//! S1.2–S1.4, norm 8: the roll's number and the address once recorded bring a temporary password, which
//! opens the page where another one is chosen and nothing else.

use std::sync::Arc;

use miftah_portal::letter::{Body, Purpose};
use miftah_portal::model::{Account, AccountState, Letter, Person};
use miftah_portal::pages::{Acted, Shown};
use miftah_rules::Place;
use miftah_rules::profile::{RecoverBy, RecoveryDelivery, RecoveryProfile, Who};
use miftah_rules::view::{Channel, Due, HomeView, News, Page, PasswordView, RecoverStep};

use super::kit::{Browser, HOUR, Kit, MINUTE, SECOND, body, codes, institution, person};
use super::way::{EMAIL, NEW_PASSWORD, PHONE, begin, open_account, send, sent};

/// A portal whose accounts come from the roll.
async fn school() -> Kit {
    let mut kit = Kit::on_disk().await;
    let mut institution = institution();
    institution.registration.who = Who::Nobody;
    institution.recovery = RecoveryProfile {
        by: RecoverBy::Number,
        types_address: true,
        delivery: RecoveryDelivery::TemporaryPassword,
        same_password: vec![],
    };
    kit.portal.institution = Arc::new(institution);
    kit
}

async fn with_account() -> (Kit, Account) {
    let kit = school().await;
    kit.load([person(1)]).await;
    let account = open_account(&kit, &person(1)).await;
    (kit, account)
}

/// Asks for a temporary password; the browser stands where one waits for it.
async fn ask<'k>(kit: &'k Kit, number: &str, channel: &str, address: &str) -> Browser<'k> {
    let mut browser = begin(kit).await;
    send(&mut browser, &[("handle", number)]).await;
    let field = if channel == "email" { "email" } else { "phone" };
    let fields = [
        ("step", "destination"),
        ("channel", channel),
        (field, address),
    ];
    let view = send(&mut browser, &fields).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Sent, vec![])
    );
    browser
}

/// The temporary password that was just sent.
async fn received(kit: &Kit) -> String {
    let letters = kit.new_letters().await;
    let [letter] = letters.as_slice() else {
        panic!("not one letter: {letters:?}");
    };
    let Body::Code { purpose, .. } = body(letter) else {
        panic!("no code letter: {}", letter.kind);
    };
    assert_eq!((purpose, letter.decoy), (Purpose::TemporaryPassword, false));
    kit.code_in(letter)
}

async fn enter<'k>(kit: &'k Kit, number: &str, password: &str) -> (Browser<'k>, Page) {
    let mut browser = kit.browser();
    browser.open(Place::Login, "").await;
    let page = browser
        .submit(&[("handle", number), ("password", password)])
        .await;
    (browser, page)
}

fn password(page: Page) -> PasswordView {
    match page {
        Page::Password(view) => view,
        page => panic!("not the password's page: {page:?}"),
    }
}

fn refusal(page: Page) -> Vec<&'static str> {
    match page {
        Page::Login(view) => codes(&view.problems),
        page => panic!("not the sign-in: {page:?}"),
    }
}

fn chosen(current: &str) -> [(&str, &str); 3] {
    [
        ("current_password", current),
        ("password", NEW_PASSWORD),
        ("password_again", NEW_PASSWORD),
    ]
}

#[tokio::test]
async fn s1_2_the_recorded_address_another_one_and_nobody_cost_the_same() {
    let kit = school().await;
    kit.load((1..=3).map(person)).await;
    for (n, state) in [(1, AccountState::Active), (2, AccountState::Closed)] {
        kit.open_account_with(&person(n), &format!("p{n}@example.ma"), |a| a.state = state)
            .await;
    }
    let mut seen: Vec<Vec<i64>> = Vec::new();
    for (n, address) in [
        (1, "p1@example.ma"),
        (1, "other@example.ma"),
        (2, "p2@example.ma"),
        (9, "p9@example.ma"),
    ] {
        let before = kit.tally().await;
        let number = person(n).number;
        let browser = ask(&kit, &number, "email", address).await;
        drop(browser);
        let rise: Vec<i64> = numbers(&kit.tally().await)
            .iter()
            .zip(numbers(&before))
            .map(|(after, before)| after - before)
            .collect();
        let letters = kit.new_letters().await;
        assert_eq!(letters.len(), 1, "one letter, real or not");
        assert_eq!(letters[0].decoy, address != "p1@example.ma", "{address}");
        // Whoever was closed has an account from the roll again, which is a row more.
        seen.push(if n == 2 { seen[0].clone() } else { rise });
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:?}");
    kit.remove().await;
}

fn numbers(tally: &[String]) -> Vec<i64> {
    let words = tally.iter().flat_map(|line| line.split(' '));
    words.filter_map(|word| word.parse().ok()).collect()
}

#[tokio::test]
async fn s1_3_it_opens_the_page_of_the_password_and_nothing_else() {
    let (kit, _) = with_account().await;
    let number = person(1).number;
    ask(&kit, &number, "email", EMAIL).await;
    let temporary = received(&kit).await;
    assert!(!kit.stores(&temporary), "it is never stored");
    let (mut browser, page) = enter(&kit, &number, &temporary.to_lowercase()).await;
    assert_eq!(password(page).due, Due::Told);
    for place in [
        Place::Home,
        Place::Account,
        Place::Contact,
        Place::Security,
        Place::Sessions,
        Place::CloseAccount,
        Place::Complain,
        Place::Assisted,
        Place::Recover,
        Place::Staff,
        Place::Login,
    ] {
        let Shown::Elsewhere(to) = browser.look(&place, "").await else {
            panic!("{place:?} is shown");
        };
        assert_eq!(to.place, Place::Password, "{place:?}");
        let fields = [
            ("action", "x"),
            ("change", "email"),
            ("email", "e@example.ma"),
        ];
        let Acted::Done(to) = browser.knock(&place, "", &fields).await else {
            panic!("{place:?} takes no posts");
        };
        assert_eq!(to.place, Place::Password, "{place:?}");
    }
    let view = password(browser.open(Place::Password, "").await);
    assert_eq!(view.due, Due::Form);
    kit.remove().await;
}

#[tokio::test]
async fn s1_4_it_is_typed_twice_and_dead_once_the_new_one_is_saved() {
    let (kit, account) = with_account().await;
    let number = person(1).number;
    let mut elsewhere = kit.browser();
    elsewhere.sign_in(EMAIL).await;
    ask(&kit, &number, "phone", PHONE).await;
    let temporary = received(&kit).await;
    // Signing in with it uses nothing up.
    enter(&kit, &number, &temporary).await;
    let (mut browser, _) = enter(&kit, &number, &temporary).await;
    assert!(elsewhere.visitor().await.signed_in.is_some());
    browser.open(Place::Password, "").await;
    let refused = password(browser.submit(&chosen("BCDFGHJK")).await);
    assert_eq!(codes(&refused.problems), ["E406"]);
    // The password that was forgotten is none here.
    let refused = password(browser.submit(&chosen(super::kit::PASSWORD)).await);
    assert_eq!(codes(&refused.problems), ["E406"]);
    let page = browser.submit(&chosen(&temporary)).await;
    let Page::Home(HomeView::SignedIn { news, .. }) = page else {
        panic!("not at home: {page:?}");
    };
    assert_eq!(news, Some(News::PasswordChosen));
    assert!(elsewhere.visitor().await.signed_in.is_none());
    let acts = kit.acts(&account).await;
    assert_eq!(acts.last().map(String::as_str), Some("account_recovered"));
    let letters = kit.new_letters().await;
    assert_eq!(sent(&letters), [("notice", PHONE), ("notice", EMAIL)]);
    let (_, page) = enter(&kit, &number, &temporary).await;
    assert_eq!(refusal(page), ["E201"]);
    let (browser, _) = enter(&kit, &number, NEW_PASSWORD).await;
    let visitor = browser.visitor().await;
    assert_eq!(visitor.signed_in.unwrap().session.temporary, None);
    kit.remove().await;
}

#[tokio::test]
async fn s1_4_a_double_click_saves_once_and_says_so() {
    let (kit, _) = with_account().await;
    let number = person(1).number;
    ask(&kit, &number, "email", EMAIL).await;
    let temporary = received(&kit).await;
    let (mut browser, _) = enter(&kit, &number, &temporary).await;
    let since = password(browser.open(Place::Password, "").await)
        .since
        .to_string();
    let mut fields = chosen(&temporary).to_vec();
    fields.push(("since", &since));
    kit.wait(SECOND);
    browser.post(&fields).await.unwrap();
    let page = browser.submit(&fields).await;
    assert!(matches!(page, Page::Account(_)), "{page:?}");
    kit.remove().await;
}

#[tokio::test]
async fn e203_it_says_when_it_is_too_late() {
    for (channel, address, lives) in [("email", EMAIL, 24 * HOUR), ("phone", PHONE, 10 * MINUTE)] {
        let (kit, _) = with_account().await;
        let number = person(1).number;
        ask(&kit, &number, channel, address).await;
        let temporary = received(&kit).await;
        kit.wait(lives - SECOND);
        let (mut browser, page) = enter(&kit, &number, &temporary).await;
        assert_eq!(password(page).due, Due::Told, "{channel}");
        browser.open(Place::Password, "").await;
        kit.wait(SECOND);
        let view = password(browser.submit(&chosen(&temporary)).await);
        assert_eq!(codes(&view.problems), ["E203"], "{channel}");
        let (_, page) = enter(&kit, &number, &temporary).await;
        assert_eq!(refusal(page), ["E203"], "{channel}");
        // To whoever does not know it nothing is said.
        let (_, page) = enter(&kit, &number, "BCDFGHJK").await;
        assert_eq!(refusal(page), ["E201"], "{channel}");
        kit.remove().await;
    }
}

#[tokio::test]
async fn norm_3_the_last_one_counts_and_nobody_else_displaces_it() {
    let (kit, _) = with_account().await;
    let number = person(1).number;
    let mut browser = ask(&kit, &number, "email", EMAIL).await;
    let first = received(&kit).await;
    kit.wait(30 * SECOND);
    send(&mut browser, &[("step", "sent"), ("action", "resend")]).await;
    let second = received(&kit).await;
    let (_, page) = enter(&kit, &number, &first).await;
    assert_eq!(refusal(page), ["E201"]);
    // Somebody who knows the number asks, with addresses that are not recorded.
    for n in 0..9 {
        kit.wait(HOUR);
        ask(&kit, &number, "email", &format!("thief{n}@example.com")).await;
    }
    kit.new_letters().await;
    let (_, page) = enter(&kit, &number, &second).await;
    assert_eq!(password(page).due, Due::Told);
    kit.wait(HOUR);
    ask(&kit, &number, "phone", PHONE).await;
    let third = received(&kit).await;
    let (_, page) = enter(&kit, &number, &second).await;
    assert_eq!(refusal(page), ["E201"]);
    let (_, page) = enter(&kit, &number, &third).await;
    assert_eq!(password(page).due, Due::Told);
    kit.remove().await;
}

#[tokio::test]
async fn norm_5_guesses_are_held_back_like_any_password() {
    let (kit, _) = with_account().await;
    let number = person(1).number;
    ask(&kit, &number, "email", EMAIL).await;
    let temporary = received(&kit).await;
    let mut held = false;
    for _ in 0..12 {
        let (_, page) = enter(&kit, &number, "BCDFGHJK").await;
        held |= refusal(page) == ["E202"];
    }
    assert!(held);
    let (_, page) = enter(&kit, &number, &temporary).await;
    assert_eq!(refusal(page), ["E202"], "the right one waits too");
    kit.remove().await;
}

#[tokio::test]
async fn s1_0_an_account_comes_from_the_roll_when_it_is_first_asked_for() {
    let kit = school().await;
    let on_record = |n: u32| Person {
        email: Some(format!("record{n}@example.ma")),
        ..person(n)
    };
    let left = Person {
        status: "left".into(),
        ..on_record(2)
    };
    kit.load([on_record(1), left]).await;
    let number = person(1).number;
    ask(&kit, &number, "email", " Record1@Example.ma ").await;
    let temporary = received(&kit).await;
    let account = kit.account_of(&person(1)).await.unwrap();
    assert_eq!((account.mailbox(), account.hash()), (None, None));
    let (mut browser, page) = enter(&kit, &number, &temporary).await;
    // What is read before anything else comes first.
    assert!(matches!(page, Page::Text(_)), "{page:?}");
    let version = kit.portal.institution.terms.version.clone();
    let page = browser
        .submit(&[("terms", "yes"), ("version", &version)])
        .await;
    assert_eq!(password(page).due, Due::Told);
    browser.open(Place::Password, "").await;
    browser.submit(&chosen(&temporary)).await;
    // The address that it was sent to is the account's from now on.
    let account = kit.account_of(&person(1)).await.unwrap();
    assert_eq!(account.mailbox(), Some("record1@example.ma"));

    let letters: Vec<Letter> = kit.new_letters().await;
    assert!(
        letters.iter().all(|letter| !letter.to.is_empty()),
        "{letters:?}"
    );
    // Whoever has left gets none.
    ask(&kit, &person(2).number, "email", "record2@example.ma").await;
    assert!(kit.new_letters().await[0].decoy);
    assert_eq!(kit.account_of(&person(2)).await, None);
    kit.remove().await;
}

#[tokio::test]
async fn s1_1_a_mailbox_that_another_account_has_does_not_stop_anybody() {
    let kit = school().await;
    let shared = Person {
        email: Some("family@example.ma".into()),
        ..person(1)
    };
    kit.load([shared, person(2)]).await;
    kit.open_account(&person(2), "family@example.ma").await;
    let number = person(1).number;
    ask(&kit, &number, "email", "family@example.ma").await;
    let temporary = received(&kit).await;
    let (mut browser, _) = enter(&kit, &number, &temporary).await;
    let version = kit.portal.institution.terms.version.clone();
    browser
        .submit(&[("terms", "yes"), ("version", &version)])
        .await;
    browser.open(Place::Password, "").await;
    let page = browser.submit(&chosen(&temporary)).await;
    assert!(matches!(page, Page::Home(_)), "{page:?}");
    let account = kit.account_of(&person(1)).await.unwrap();
    assert_eq!(account.mailbox(), None);
    kit.remove().await;
}

#[tokio::test]
async fn a_frozen_account_gets_a_word_in_its_place() {
    let (kit, _) = with_account().await;
    kit.load([person(1), person(2)]).await;
    kit.open_account_with(&person(2), "two@example.ma", |a| {
        a.state = AccountState::Frozen;
    })
    .await;
    ask(&kit, &person(2).number, "email", "two@example.ma").await;
    let letters = kit.new_letters().await;
    assert_eq!(sent(&letters), [("frozen_told", "two@example.ma")]);
    assert_eq!(letters[0].channel, Channel::Email);
    kit.remove().await;
}
