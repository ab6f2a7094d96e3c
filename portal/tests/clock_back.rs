//! The machine's clock is set back: nothing lives longer for that, nobody is kept out for that.

#[cfg(test)]
#[expect(dead_code, reason = "the kit is for all stories; each uses its part")]
mod kit;

use miftah_rules::Place;
use miftah_rules::view::RecoverStep;

use kit::{Browser, DAY, HOUR, Kit, MINUTE, SECOND, codes, login, person, recover};

const EMAIL: &str = "amal@example.ma";

async fn campus() -> Kit {
    let kit = Kit::new().await;
    kit.load([person(1), person(2)]).await;
    kit.open_account(&person(1), EMAIL).await;
    kit
}

/// At the code of a recovery.
async fn asked(kit: &Kit) -> Browser<'_> {
    let mut browser = kit.browser();
    browser.open(Place::Recover, "").await;
    let find = [("step", "find"), ("action", "handle"), ("handle", EMAIL)];
    browser.submit(&find).await;
    browser
}

async fn wrong(kit: &Kit) -> Vec<&'static str> {
    let mut browser = kit.browser();
    browser.open(Place::Login, "").await;
    let fields = [("handle", EMAIL), ("password", "not this one")];
    codes(&login(browser.submit(&fields).await).problems)
}

#[tokio::test]
async fn whoever_had_to_wait_does_not_wait_for_the_clock_to_come_round() {
    let kit = campus().await;
    for _ in 0..5 {
        assert_eq!(wrong(&kit).await, ["E201"]);
    }
    assert_eq!(wrong(&kit).await, ["E202"]);
    kit.wait(-DAY);
    // Guesses are counted on from there.
    for _ in 0..5 {
        assert_eq!(wrong(&kit).await, ["E201"]);
    }
    assert_eq!(wrong(&kit).await, ["E202"]);
    kit.wait(-DAY);
    let mut browser = kit.browser();
    browser.sign_in(EMAIL).await;
    assert!(browser.session.is_some());
}

#[tokio::test]
async fn norm_3_a_code_does_not_live_for_longer() {
    let kit = campus().await;
    let mut browser = asked(&kit).await;
    let code = kit.code(&browser.journey(), 1);
    kit.wait(-HOUR);
    let fields = [("step", "code"), ("code", code.as_str())];
    let view = recover(browser.submit(&fields).await);
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Code, vec!["E304"])
    );
    // Another one may be asked for at once, and works.
    assert_eq!(view.code.map(|code| code.resend_in), Some(0));
    browser
        .submit(&[("step", "code"), ("action", "resend")])
        .await;
    let code = kit.code(&browser.journey(), 2);
    let fields = [("step", "code"), ("code", code.as_str())];
    let view = recover(browser.submit(&fields).await);
    assert_eq!(view.step, RecoverStep::Password);
}

#[tokio::test]
async fn a_few_seconds_between_two_servers_are_nothing() {
    let kit = campus().await;
    let mut browser = asked(&kit).await;
    let code = kit.code(&browser.journey(), 1);
    kit.wait(-40 * SECOND);
    let fields = [("step", "code"), ("code", code.as_str())];
    let view = recover(browser.submit(&fields).await);
    assert_eq!(view.step, RecoverStep::Password);
}

#[tokio::test]
async fn norm_6_a_password_typed_in_another_time_is_asked_for_again() {
    let kit = campus().await;
    let mut browser = kit.browser();
    browser.sign_in(EMAIL).await;
    assert!(!asks_password(&mut browser).await);
    kit.wait(-DAY);
    assert!(
        browser.visitor().await.signed_in.is_some(),
        "the session goes on"
    );
    assert!(asks_password(&mut browser).await);
    kit.wait(DAY + 61 * MINUTE);
    assert!(
        browser.visitor().await.signed_in.is_none(),
        "and ends in its time"
    );
}

async fn asks_password(browser: &mut Browser<'_>) -> bool {
    let page = browser.open(Place::Contact, "").await;
    matches!(page, miftah_rules::view::Page::Contact(view) if view.ask_password)
}

#[tokio::test]
async fn a_network_may_begin_journeys_as_before() {
    let kit = campus().await;
    for _ in 0..1990 {
        asked(&kit).await;
    }
    kit.wait(-DAY);
    let mut browser = asked(&kit).await;
    assert_eq!(recover(browser.reload().await).step, RecoverStep::Code);
}
