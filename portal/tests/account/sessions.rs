//! `/account/sessions`: where the account is open, and closing it there.

use miftah_rules::Place;
use miftah_rules::view::{Done, Page};

use crate::kit::{EMAIL, HOUR, Kit, MINUTE, home, person, sessions};

#[tokio::test]
async fn every_open_device_is_listed_this_one_first_and_marked() {
    let (kit, _) = Kit::with_account().await;
    let mut here = kit.signed_in(EMAIL).await;
    kit.wait(6 * MINUTE);
    let _there = kit.signed_in(EMAIL).await;
    let view = sessions(here.open(Place::Sessions, "").await);
    let current: Vec<_> = view.sessions.iter().map(|row| row.current).collect();
    assert_eq!(current, [true, false]);
    let used = view.sessions.first().map(|row| view.now - row.last_seen);
    assert_eq!(used, Some(0), "this very request is the last use");
    assert!(
        view.sessions
            .iter()
            .all(|row| row.device == "Firefox · Android")
    );
    assert_eq!(
        view.sessions.first().map(|row| view.now - row.started),
        Some(6 * MINUTE)
    );
    assert_eq!(
        view.sessions.first().map(|row| row.started_on.hour),
        Some(9)
    );

    // A session that ran out is no device any more.
    kit.wait(HOUR - MINUTE);
    here.open(Place::Home, "").await;
    kit.wait(2 * MINUTE);
    assert_eq!(
        sessions(here.open(Place::Sessions, "").await)
            .sessions
            .len(),
        1
    );
}

#[tokio::test]
async fn an_ended_session_is_dead_at_once() {
    let (kit, account) = Kit::with_account().await;
    let mut here = kit.signed_in(EMAIL).await;
    let mut there = kit.signed_in(EMAIL).await;
    let view = sessions(here.open(Place::Sessions, "").await);
    let other = view
        .sessions
        .iter()
        .find(|row| !row.current)
        .expect("the other")
        .id
        .clone();
    let view = sessions(here.submit(&[("session", &other)]).await);
    assert_eq!(
        (view.done, view.sessions.len()),
        (Some(Done::SessionEnded), 1)
    );
    assert!(
        matches!(there.open(Place::Account, "").await, Page::Login(view) if view.session_ended)
    );
    assert_eq!(kit.acts(&account).await, ["session_ended"]);

    // The second click of a double click.
    here.open(Place::Sessions, "").await;
    let view = sessions(here.submit(&[("session", &other)]).await);
    assert_eq!(view.done, Some(Done::SessionEnded));
    assert_eq!(kit.acts(&account).await, ["session_ended"]);
}

#[tokio::test]
async fn ending_all_others_keeps_this_one() {
    let (kit, account) = Kit::with_account().await;
    let mut here = kit.signed_in(EMAIL).await;
    let mut others = vec![kit.signed_in(EMAIL).await, kit.signed_in(EMAIL).await];
    here.open(Place::Sessions, "").await;
    let view = sessions(here.submit(&[("action", "end_others")]).await);
    assert_eq!(view.done, Some(Done::OthersEnded));
    assert_eq!(
        view.sessions
            .iter()
            .map(|row| row.current)
            .collect::<Vec<_>>(),
        [true]
    );
    for other in &mut others {
        assert!(matches!(
            other.open(Place::Sessions, "").await,
            Page::Login(_)
        ));
    }
    assert_eq!(kit.acts(&account).await, ["sessions_ended"]);
    sessions(here.submit(&[("action", "end_others")]).await);
    assert_eq!(
        kit.acts(&account).await,
        ["sessions_ended"],
        "there was nothing left to end"
    );
}

#[tokio::test]
async fn nobody_ends_another_accounts_session_by_its_id() {
    let (kit, _) = Kit::with_account().await;
    kit.load([person(2)]).await;
    let second = kit.open_account(&person(2), "second@example.ma").await;
    let mut theirs = kit.signed_in("second@example.ma").await;
    let id = sessions(theirs.open(Place::Sessions, "").await)
        .sessions
        .remove(0)
        .id;

    let mut mine = kit.signed_in(EMAIL).await;
    mine.open(Place::Sessions, "").await;
    let view = sessions(mine.submit(&[("session", &id)]).await);
    assert_eq!(
        view.done,
        Some(Done::SessionEnded),
        "nor learns that it is one"
    );
    assert_eq!(
        sessions(theirs.open(Place::Sessions, "").await)
            .sessions
            .len(),
        1
    );
    assert!(kit.acts(&second).await.is_empty());
}

#[tokio::test]
async fn ending_the_session_one_sits_in_is_signing_out() {
    let (kit, _) = Kit::with_account().await;
    let mut here = kit.signed_in(EMAIL).await;
    let id = sessions(here.open(Place::Sessions, "").await)
        .sessions
        .remove(0)
        .id;
    let page = here.submit(&[("session", &id)]).await;
    assert!(matches!(page, Page::Login(view) if view.signed_out));
    assert!(here.session.is_none());
    home(here.open(Place::Home, "").await);
}
