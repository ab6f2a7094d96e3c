//! What happens to the account ends an assisted recovery of it: its owner is back by another way, or it
//! is frozen (norm 6). There is one at a time.

use miftah_portal::letter::{Body, Decision, NOT_ME, not_me_about};
use miftah_portal::store::Conflict;
use miftah_rules::complaint::{CloseReason, ComplaintState};
use miftah_rules::view::ComplainStep;
use miftah_rules::{Place, Role};

use crate::assisted::{OLD, WAIT, accepted, approved, campus, owner};
use crate::finish::{CHOOSE, NEW, by_link, opens, proved};
use crate::follow::withdraw;
use crate::kit::{Browser, HOUR, Kit, MINUTE, PASSWORD, body, codes, complain};
use crate::office::clerk;
use crate::way::{EMAIL, Way, at_check, confirm, kinds, send, send_data, sent};

/// Whoever asked hears that it is over and why, history has it, and no password comes of it.
async fn is_over(kit: &Kit, reference: &str, reason: CloseReason) {
    let complaint = kit.complaint(reference).await;
    assert_eq!(
        (
            complaint.state,
            complaint.reason.as_deref(),
            complaint.opens_at
        ),
        (ComplaintState::Closed, Some(reason.name()), None)
    );
    let letters = kit.new_letters().await;
    let decided = letters
        .iter()
        .find(|letter| letter.kind == "complaint_decided");
    let decided = decided.unwrap_or_else(|| panic!("{:?}", kinds(&letters)));
    assert_eq!(decided.to, EMAIL);
    let Body::ComplaintDecided { decision, .. } = body(decided) else {
        panic!("no decision");
    };
    assert_eq!(decision, Decision::Closed(reason));
    let acts = kit.case_acts(reference).await;
    assert_eq!(acts.last().map(String::as_str), Some("complaint_closed"));
    let account = kit.account_of(&owner()).await;
    kit.wait(WAIT);
    let (mut late, view) = by_link(kit, reference).await;
    assert_eq!(view.open.unwrap().onward, None);
    late.submit(&CHOOSE).await;
    assert_eq!(late.session, None);
    assert_eq!(kit.account_of(&owner()).await, account);
}

/// Signed in as the owner, who changes the password.
async fn change_password(kit: &Kit) -> Browser<'_> {
    let mut browser = kit.browser();
    browser.sign_in(OLD).await;
    browser.open(Place::Password, "").await;
    let fields = [
        ("current_password", PASSWORD),
        ("password", NEW),
        ("password_again", NEW),
    ];
    browser.submit(&fields).await;
    assert!(opens(kit, OLD, NEW).await);
    browser
}

#[tokio::test]
async fn norm_6_a_changed_password_ends_it() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = accepted(&kit).await;
    change_password(&kit).await;
    is_over(&kit, &reference, CloseReason::Overtaken).await;
    let acts = kit.acts(&kit.account_of(&owner()).await.unwrap()).await;
    assert!(acts.iter().any(|act| act == "assisted_ended"), "{acts:?}");
}

#[tokio::test]
async fn norm_6_it_ends_while_the_new_password_is_being_chosen() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = accepted(&kit).await;
    kit.wait(WAIT);
    let (mut thief, _) = proved(&kit, &reference).await;
    change_password(&kit).await;
    thief.submit(&CHOOSE).await;
    assert_eq!(thief.session, None);
    is_over(&kit, &reference, CloseReason::Overtaken).await;
}

#[tokio::test]
async fn norm_6_a_recovery_by_an_address_that_is_known_ends_it() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = approved(&kit).await;
    let mut browser = kit.browser();
    browser.open(Place::Recover, "").await;
    let data = [
        ("student_number", "R000000001"),
        ("national_id", "JB400001"),
        ("birth_date", "2004-02-29"),
    ];
    browser.submit(&data).await;
    let fields = [("step", "destination"), ("channel", "email")];
    browser.submit(&fields).await;
    let code = kit.code(&browser.journey(), 1);
    browser.submit(&[("step", "code"), ("code", &code)]).await;
    let fields = [
        ("step", "password"),
        ("password", NEW),
        ("password_again", NEW),
    ];
    browser.submit(&fields).await;
    assert_eq!(browser.place, Place::Home);
    is_over(&kit, &reference, CloseReason::Overtaken).await;
}

#[tokio::test]
async fn norm_6_freezing_the_account_ends_it() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = accepted(&kit).await;
    let account = kit.account_of(&owner()).await.unwrap();
    let about = not_me_about(&account.id, kit.now());
    let token = kit.portal.key.link(NOT_ME, &about);
    let mut mailbox = kit.browser();
    mailbox.open(Place::NotMe(token), "").await;
    mailbox.submit(&[("verdict", "not_me")]).await;
    is_over(&kit, &reference, CloseReason::Frozen).await;
}

#[tokio::test]
async fn closing_the_account_ends_it() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = accepted(&kit).await;
    let mut browser = kit.browser();
    browser.sign_in(OLD).await;
    browser.open(Place::CloseAccount, "").await;
    let fields = [("current_password", PASSWORD), ("consent", "yes")];
    browser.submit(&fields).await;
    is_over(&kit, &reference, CloseReason::Overtaken).await;
}

#[tokio::test]
async fn the_office_can_open_it_again_and_looks_anew() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, mut clerks) = accepted(&kit).await;
    change_password(&kit).await;
    let seen = clerks[1].press(&reference, "reopen", &[]).await;
    assert_eq!(seen.case.state, ComplaintState::InReview);
    assert_eq!(kit.complaint(&reference).await.approved_by, None);
}

#[tokio::test]
async fn an_account_has_one_request_at_a_time() {
    let kit = campus(Kit::new().await).await;
    // Both are at their last question; one of them is sent first.
    let mut late = at_check(&kit, Way::Assisted, &owner(), "other@example.ma").await;
    let (mut first, reference) = sent(&kit, Way::Assisted, &owner(), EMAIL).await;
    kit.new_letters().await;
    late.submit(&[("step", "check"), ("consent", "yes")]).await;
    let view = complain(late.reload().await);
    assert_eq!(
        (view.step, codes(&view.problems)),
        (ComplainStep::Check, vec!["E504"])
    );
    let mut third = kit.browser();
    third.open(Place::Assisted, "").await;
    let view = send_data(&mut third, Way::Assisted, &owner()).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (ComplainStep::Data, vec!["E504"])
    );
    let view = send(&mut third, "reach", &[("email", "x@example.ma")]).await;
    assert_eq!(view.step, ComplainStep::Data);
    assert!(kit.new_letters().await.is_empty());
    // Once it is over there can be another, and the first is not opened beside it.
    withdraw(&mut first).await;
    let view = confirm(&mut late).await;
    assert!(view.open.is_some(), "{:?}", view.problems);
    let mut officer = clerk(&kit, "amina", Role::Registry).await;
    let seen = officer.press(&reference, "reopen", &[]).await;
    assert_eq!(seen.case.state, ComplaintState::Closed);
    assert_eq!(seen.problems, ["E504"]);
}

#[tokio::test]
async fn two_at_once_are_one() {
    let kit = campus(Kit::on_disk().await).await;
    let one = at_check(&kit, Way::Assisted, &owner(), EMAIL).await;
    let other = at_check(&kit, Way::Assisted, &owner(), "other@example.ma").await;
    let fields = [("step", "check"), ("consent", "yes")];
    let (left, right) = tokio::join!(one.post(&fields), other.post(&fields));
    left.and(right).expect("both are answered");
    let open = kit.portal.store.open_assisted(&owner().id).await.unwrap();
    let open = open.expect("one of them");
    let again = miftah_portal::store::Write::AddComplaint(miftah_portal::dossier::Complaint {
        id: miftah_portal::id::ComplaintId("another".into()),
        reference: "FSAB2CD3EF".into(),
        ..open
    });
    let refused = kit.portal.store.commit(vec![again]).await;
    let conflict = refused.expect_err("a second one");
    assert!(matches!(
        conflict,
        miftah_portal::store::StoreError::Conflict(Conflict::AssistedOpen)
    ));
    kit.remove().await;
}

#[tokio::test]
async fn one_that_lapsed_makes_way_and_its_asker_is_told() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, _) = accepted(&kit).await;
    kit.wait(WAIT + 14 * 24 * HOUR);
    kit.new_letters().await;
    let (_, second) = sent(&kit, Way::Assisted, &owner(), "other@example.ma").await;
    is_over(&kit, &reference, CloseReason::Lapsed).await;
    let state = kit.complaint(&second).await.state;
    assert_eq!(state, ComplaintState::Submitted);
}

#[tokio::test]
async fn an_account_that_was_frozen_meanwhile_is_not_asked_for() {
    let kit = campus(Kit::new().await).await;
    let mut browser = at_check(&kit, Way::Assisted, &owner(), EMAIL).await;
    crate::assisted::change(&kit, |account| {
        account.state = miftah_portal::model::AccountState::Frozen;
    })
    .await;
    browser
        .submit(&[("step", "check"), ("consent", "yes")])
        .await;
    let view = complain(browser.reload().await);
    assert_eq!(
        (view.step, codes(&view.problems)),
        (ComplainStep::Check, vec!["E205"])
    );
}

#[tokio::test]
async fn both_letters_say_from_where_it_was_asked_and_which_address_it_would_get() {
    let kit = campus(Kit::new().await).await;
    let mut browser = at_check(&kit, Way::Assisted, &owner(), EMAIL).await;
    let view = confirm(&mut browser).await;
    kit.wait(MINUTE);
    let mut first = clerk(&kit, "amina", Role::Registry).await;
    let mut second = clerk(&kit, "brahim", Role::Registry).await;
    first.take(&view.reference).await;
    first.press(&view.reference, "approve", &[]).await;
    second.take(&view.reference).await;
    second.press(&view.reference, "accept", &[]).await;
    let letters = kit.deliver().await;
    let told: Vec<_> = letters.iter().filter(|letter| letter.to == OLD).collect();
    assert_eq!(told.len(), 2, "asked and granted");
    for letter in told {
        for said in ["Firefox · Android", "m•••@e•••.ma"] {
            assert!(letter.text.contains(said), "{}", letter.text);
        }
    }
}
