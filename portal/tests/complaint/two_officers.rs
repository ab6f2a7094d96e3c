//! S0.12: two different officers have to agree, and one of them never does for both.

use miftah_portal::letter::{Body, STOP};
use miftah_rules::complaint::{ComplaintEvent, ComplaintState};
use miftah_rules::view::FollowWhat;
use miftah_rules::{Place, Role};

use crate::assisted::{OLD, PHONE, RECORD, RECORD_PHONE, accepted, approved, campus, owner, told};
use crate::kit::{Kit, MINUTE, PASSWORD, body, follow};
use crate::office::clerk;
use crate::way::{EMAIL, Way, sent};

#[tokio::test]
async fn s0_12_two_different_officers_have_to_agree() {
    let kit = campus(Kit::new().await).await;
    let (mut browser, reference, [mut first, mut second]) = approved(&kit).await;
    let complaint = kit.complaint(&reference).await;
    assert_eq!(
        (complaint.state, complaint.officer),
        (ComplaintState::Submitted, None)
    );
    assert_eq!(complaint.approved_by.as_ref(), Some(&first.account.id));
    assert!(first.queue("").await.rows[0].approved_once);

    let case = first.open(&reference).await.case;
    assert_eq!(
        (case.may, case.mine),
        (vec![], false),
        "back in the queue, for somebody else"
    );
    for action in ["take", "accept", "approve", "refuse", "complete"] {
        let seen = first.press(&reference, action, &[]).await;
        assert_eq!(
            (seen.case.state, seen.case.moved),
            (ComplaintState::Submitted, true),
            "{action}"
        );
    }
    let case = second.take(&reference).await;
    assert_eq!(case.approved_by.as_deref(), Some("amina"));
    use ComplaintEvent::{Accept, Close, Refuse, Release};
    assert_eq!(case.may, [Accept, Refuse, Close, Release]);
    kit.new_letters().await;
    let seen = second.press(&reference, "accept", &[]).await;
    assert_eq!(seen.case.state, ComplaintState::Accepted);
    let opens_at = kit.now().plus_minutes(72 * 60);
    assert_eq!(kit.complaint(&reference).await.opens_at, Some(opens_at));

    // Everybody is told again, with the date; what is ready only then is not sent yet.
    let letters = kit.new_letters().await;
    assert_eq!(told(&letters), [RECORD_PHONE, PHONE, OLD, RECORD]);
    for letter in letters
        .iter()
        .filter(|letter| letter.kind == "assisted_told")
    {
        let Body::AssistedTold { opens_at: at, .. } = body(letter) else {
            panic!("{}", letter.kind)
        };
        assert_eq!(at, Some(opens_at));
    }
    assert_eq!(letters.len(), 5);
    let open = follow(browser.reload().await).open.unwrap();
    let steps: Vec<_> = open.steps.iter().map(|step| step.what).collect();
    use FollowWhat::{Accepted, Approved, Submitted, Taken};
    assert_eq!(steps, [Submitted, Taken, Approved, Taken, Accepted]);
    assert!(open.opens_on.is_some());
    assert_eq!(open.onward, None, "not yet");
    let account = kit.account_of(&owner()).await.unwrap();
    assert_eq!(
        kit.acts(&account).await,
        ["assisted_asked", "assisted_accepted"]
    );
}

#[tokio::test]
async fn one_officer_alone_never_accepts_nor_corrects_it() {
    let kit = campus(Kit::new().await).await;
    let (_, reference) = sent(&kit, Way::Assisted, &owner(), EMAIL).await;
    let mut officer = clerk(&kit, "badr", Role::Administrator).await;
    officer.take(&reference).await;
    for (action, fields) in [
        ("accept", vec![]),
        (
            "complete",
            vec![("record", "R000000001"), ("fix_email", "1")],
        ),
        (
            "complete",
            vec![
                ("add", "1"),
                ("programme", "x"),
                ("year", "x"),
                ("status", "enrolled"),
            ],
        ),
        ("link", vec![("student_number", "R000000002")]),
    ] {
        let seen = officer.press(&reference, action, &fields).await;
        assert_eq!(
            (seen.case.state, seen.case.mine),
            (ComplaintState::InReview, true),
            "{action}"
        );
    }
    let complaint = kit.complaint(&reference).await;
    assert_eq!((complaint.person, complaint.version), (Some(owner().id), 1));
    assert_eq!(
        kit.portal.store.person(&owner().id).await.unwrap(),
        Some(owner())
    );
}

#[tokio::test]
async fn what_was_stopped_and_is_reopened_needs_two_officers_again() {
    let kit = campus(Kit::new().await).await;
    let (_, reference, [_, mut second]) = accepted(&kit).await;
    let token = kit
        .portal
        .key
        .link(STOP, kit.complaint(&reference).await.id.as_str());
    let mut owner_s = kit.browser();
    owner_s.open(Place::NotMe(token), "").await;
    owner_s.submit(&[("verdict", "not_me")]).await;
    assert_eq!(
        kit.complaint(&reference).await.state,
        ComplaintState::Closed
    );
    second.press(&reference, "reopen", &[]).await;
    let seen = second.press(&reference, "accept", &[]).await;
    assert_eq!(
        seen.case.state,
        ComplaintState::InReview,
        "the first has not looked again"
    );
}

#[tokio::test]
async fn norm_6_consent_asks_for_the_officer_s_password() {
    let kit = campus(Kit::new().await).await;
    let (_, reference) = sent(&kit, Way::Assisted, &owner(), EMAIL).await;
    let mut officer = clerk(&kit, "amina", Role::Registry).await;
    officer.take(&reference).await;
    kit.wait(11 * MINUTE);
    assert!(officer.open(&reference).await.case.ask_password);
    for (typed, problem) in [("", "E206"), ("another one", "E406")] {
        let fields = [("current_password", typed)];
        let seen = officer.press(&reference, "approve", &fields).await;
        assert_eq!(
            (seen.problems, seen.case.approved_by),
            (vec![problem], None)
        );
    }
    let fields = [("current_password", PASSWORD)];
    officer.press(&reference, "approve", &fields).await;
    assert!(kit.complaint(&reference).await.approved_by.is_some());
    // It counts for the next minutes, and a wrong one is counted.
    let seen = officer.open(&reference).await;
    assert!(!seen.case.ask_password);
    // Refusing takes nothing from anybody.
    let mut second = clerk(&kit, "brahim", Role::Registry).await;
    second.take(&reference).await;
    kit.wait(11 * MINUTE);
    let no = [("reason", "another_person"), ("answer", "No.")];
    let seen = second.press(&reference, "refuse", &no).await;
    assert_eq!(seen.case.state, ComplaintState::Refused);
}
