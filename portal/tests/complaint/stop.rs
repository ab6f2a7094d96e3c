//! The stop link of an assisted recovery: a person's answer ends it, a scanner's visit does not.

use miftah_portal::letter::{Body, Decision, NOT_ME, STOP, not_me_about};
use miftah_portal::model::AccountState;
use miftah_rules::complaint::{CloseReason, ComplaintState};
use miftah_rules::view::{NotMeMatter, NotMeState, NotMeView};
use miftah_rules::{Field, Lang, Place, Role};

use crate::assisted::{OLD, WAIT, accepted, approved, campus, owner};
use crate::finish::{CHOOSE, by_link, opens, proved};
use crate::kit::{Browser, Kit, PASSWORD, body, codes, follow, not_me_page, person};
use crate::office::clerk;
use crate::way::{EMAIL, Way, kinds, sent};

/// A browser on the page of a complaint's stop link.
async fn link<'k>(kit: &'k Kit, reference: &str) -> (Browser<'k>, NotMeView) {
    let id = kit.complaint(reference).await.id;
    let token = kit.portal.key.link(STOP, id.as_str());
    let mut browser = kit.browser();
    let view = not_me_page(browser.open(Place::NotMe(token), "").await);
    (browser, view)
}

async fn answer(browser: &mut Browser<'_>, verdict: &str) -> NotMeView {
    not_me_page(browser.submit(&[("verdict", verdict)]).await)
}

#[tokio::test]
async fn norm_3_only_the_answer_not_me_changes_anything() {
    let kit = campus(Kit::on_disk().await).await;
    let (_, reference, _) = accepted(&kit).await;
    kit.new_letters().await;
    let before = (kit.tally().await, kit.complaint(&reference).await);
    let (mut scanner, view) = link(&kit, &reference).await;
    assert_eq!(
        (view.state, view.matter),
        (NotMeState::Ask, NotMeMatter::Assisted)
    );
    let place = scanner.place.clone();
    for query in [
        "answer=was_me",
        "answer=not_me",
        "verdict=not_me",
        "answer=missing",
    ] {
        scanner.open(place.clone(), query).await;
    }
    scanner.open(place.clone(), "").await;
    let view = not_me_page(scanner.submit(&[]).await);
    assert_eq!(
        (view.state, codes(&view.problems)),
        (NotMeState::Ask, vec!["E105"])
    );
    assert_eq!(view.problems[0].field, Some(Field::Verdict));
    for verdict in ["", "maybe", "yes"] {
        scanner.open(place.clone(), "").await;
        assert_eq!(answer(&mut scanner, verdict).await.state, NotMeState::Ask);
    }
    scanner.open(place.clone(), "").await;
    let fields = [("switch_language", "fr"), ("verdict", "not_me")];
    let view = not_me_page(scanner.submit(&fields).await);
    assert_eq!((view.state, scanner.lang), (NotMeState::Ask, Lang::Fr));
    scanner.open(place, "").await;
    let view = answer(&mut scanner, "it_was_me").await;
    assert_eq!(
        (view.state, view.matter),
        (NotMeState::WasMe, NotMeMatter::Assisted)
    );
    assert_eq!((kit.tally().await, kit.complaint(&reference).await), before);
    kit.remove().await;
}

#[tokio::test]
async fn not_me_ends_it_and_leaves_the_account_as_it_is() {
    let kit = campus(Kit::new().await).await;
    let account = kit.account_of(&owner()).await.unwrap();
    let mut owner_s = kit.browser();
    owner_s.sign_in(OLD).await;
    let (mut asker, reference, _) = accepted(&kit).await;
    kit.new_letters().await;
    let (mut browser, _) = link(&kit, &reference).await;
    let view = answer(&mut browser, "not_me").await;
    assert_eq!(
        (view.state, view.matter),
        (NotMeState::Frozen, NotMeMatter::Assisted)
    );
    let stopped = kit.complaint(&reference).await;
    assert_eq!(
        (stopped.state, stopped.opens_at),
        (ComplaintState::Closed, None)
    );
    let open = follow(asker.reload().await).open.unwrap();
    assert_eq!(
        (open.closed, open.onward),
        (Some(CloseReason::Stopped), None)
    );
    let letters = kit.new_letters().await;
    assert_eq!(kinds(&letters), [("complaint_decided", EMAIL)]);
    let Body::ComplaintDecided { decision, .. } = body(&letters[0]) else {
        panic!("no decision");
    };
    assert_eq!(decision, Decision::Closed(CloseReason::Stopped));

    assert_eq!(kit.account_of(&owner()).await.as_ref(), Some(&account));
    assert_eq!(account.state, AccountState::Active);
    assert!(
        owner_s.visitor().await.signed_in.is_some(),
        "its owner goes on using it"
    );
    let acts = kit.acts(&account).await;
    assert_eq!(
        acts,
        ["assisted_asked", "assisted_accepted", "assisted_ended"]
    );

    // A second press says the same and does nothing.
    let view = answer(&mut browser, "not_me").await;
    assert_eq!(view.state, NotMeState::Frozen);
    assert_eq!(kit.complaint(&reference).await, stopped);
    assert!(kit.new_letters().await.is_empty());
    // Nothing comes of it when the moment has come.
    kit.wait(WAIT);
    assert!(
        kit.deliver().await.is_empty(),
        "nobody is told that it is ready"
    );
    let (mut late, view) = by_link(&kit, &reference).await;
    assert_eq!(view.open.unwrap().onward, None);
    late.submit(&CHOOSE).await;
    assert_eq!(
        (late.session, opens(&kit, OLD, PASSWORD).await),
        (None, true)
    );
}

#[tokio::test]
async fn it_can_be_stopped_in_every_state_in_which_it_waits() {
    for acts in 0..4 {
        let kit = campus(Kit::new().await).await;
        let (_, reference) = sent(&kit, Way::Assisted, &owner(), EMAIL).await;
        let mut first = clerk(&kit, "amina", Role::Registry).await;
        if acts > 0 {
            first.take(&reference).await;
        }
        if acts > 1 {
            first.press(&reference, "approve", &[]).await;
        }
        let mut second = clerk(&kit, "brahim", Role::Registry).await;
        if acts > 2 {
            second.take(&reference).await;
        }
        let version = second.open(&reference).await.case.version;
        let (mut browser, _) = link(&kit, &reference).await;
        assert_eq!(
            answer(&mut browser, "not_me").await.state,
            NotMeState::Frozen
        );
        // Whatever an officer had on the screen comes to nothing.
        for action in ["take", "approve", "accept"] {
            for clerk in [&mut first, &mut second] {
                let seen = clerk.press_at(&reference, action, version, &[]).await;
                assert_eq!(
                    (seen.case.state, seen.case.moved),
                    (ComplaintState::Closed, true)
                );
            }
        }
    }
}

#[tokio::test]
async fn what_is_over_is_not_stopped() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = accepted(&kit).await;
    kit.wait(WAIT);
    let (mut browser, _) = proved(&kit, &reference).await;
    browser.submit(&CHOOSE).await;
    let done = kit.complaint(&reference).await;
    let (mut late, view) = link(&kit, &reference).await;
    assert_eq!(
        view.state,
        NotMeState::Unknown,
        "the letter of the recovery has its own link"
    );
    answer(&mut late, "not_me").await;
    assert_eq!(kit.complaint(&reference).await, done);
    let account = kit.account_of(&owner()).await.unwrap();
    assert_eq!(account.state, AccountState::Active);
}

#[tokio::test]
async fn a_stop_link_stops_its_own_request_and_nothing_else() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = approved(&kit).await;
    let (_, plain) = sent(&kit, Way::WrongData, &person(2), "x@example.ma").await;
    let account = kit.account_of(&owner()).await.unwrap();
    let key = &kit.portal.key;
    let plain_id = kit.complaint(&plain).await.id;
    let id = kit.complaint(&reference).await.id;
    for token in [
        key.link(STOP, plain_id.as_str()),
        key.link(STOP, account.id.as_str()),
        key.link("complaint", id.as_str()),
        key.link(NOT_ME, id.as_str()),
        format!("{}.{}", id.as_str(), "0".repeat(32)),
        id.as_str().to_owned(),
    ] {
        let mut browser = kit.browser();
        let view = not_me_page(browser.open(Place::NotMe(token.clone()), "").await);
        assert_eq!(view.state, NotMeState::Unknown, "{token}");
        answer(&mut browser, "not_me").await;
    }
    assert_eq!(kit.complaint(&plain).await.state, ComplaintState::Submitted);
    assert_eq!(
        kit.complaint(&reference).await.state,
        ComplaintState::Submitted
    );
    assert_eq!(kit.account_of(&owner()).await, Some(account.clone()));
    // The link of a letter about the account freezes it, and stops nothing by itself.
    let mut browser = kit.browser();
    let token = key.link(NOT_ME, &not_me_about(&account.id, kit.now()));
    let view = not_me_page(browser.open(Place::NotMe(token), "").await);
    assert_eq!(view.matter, NotMeMatter::Account);
}
