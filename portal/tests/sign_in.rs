//! S0.1: signing in with e-mail or student number.

#[cfg(test)]
#[expect(dead_code, reason = "the kit is for all stories; each uses its part")]
mod kit;

use kit::{Kit, PASSWORD, codes, home, login, person};
use miftah_rules::Place;
use miftah_rules::view::HomeView;

#[tokio::test]
async fn both_handles_open_the_account_and_a_wrong_pair_never_tells_which_half_was_wrong() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    kit.open_account(&person(1), "Amal@example.ma").await;

    for handle in ["amal@example.ma", " r 000 000 001"] {
        let mut browser = kit.browser();
        browser.open(Place::Login, "").await;
        let page = browser
            .submit(&[("handle", handle), ("password", PASSWORD)])
            .await;
        assert!(matches!(home(page), HomeView::SignedIn { .. }), "{handle}");
    }
    for handle in [
        "amal@example.ma",
        "R000000001",
        "R000000002",
        "nobody@example.ma",
        "?",
    ] {
        let mut browser = kit.browser();
        browser.open(Place::Login, "").await;
        let before = kit.hasher.work();
        let page = browser
            .submit(&[("handle", handle), ("password", "something else")])
            .await;
        let view = login(page);
        assert_eq!(codes(&view.problems), ["E201"], "{handle}");
        assert_eq!(view.handle, handle.trim());
        assert_eq!(
            kit.hasher.work(),
            before + 1,
            "the same work for everyone: {handle}"
        );
    }
}

#[tokio::test]
async fn signing_in_and_out_stands_in_the_history_and_a_refused_try_does_not() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    let account = kit.open_account(&person(1), "amal@example.ma").await;
    let mut browser = kit.browser();
    for password in ["something else", PASSWORD] {
        browser.open(Place::Login, "").await;
        let fields = [("handle", "amal@example.ma"), ("password", password)];
        browser.submit(&fields).await;
    }
    assert_eq!(kit.all_acts(&account).await, ["signed_in"]);
    browser.place = Place::Logout;
    let outcome = browser.post(&[]).await.expect("an answer");
    browser.take(&outcome);
    assert_eq!(kit.all_acts(&account).await, ["signed_in", "signed_out"]);
    // Nobody is signed in any more: nothing is noted.
    browser.place = Place::Logout;
    browser.post(&[]).await.expect("an answer");
    assert_eq!(kit.all_acts(&account).await.len(), 2);
}
