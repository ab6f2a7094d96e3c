//! What became of it: asked for by reference and code, or by a letter's link (norms 2, 3, 5).

use miftah_portal::key::ServerKey;
use miftah_portal::letter::{NOT_ME, STOP, not_me_about};
use miftah_rules::code::CodeForm;
use miftah_rules::complaint::{CloseReason, ComplaintState};
use miftah_rules::view::{FollowView, FollowWhat, NotMeState};
use miftah_rules::{Field, Place, Role};

use crate::kit::{Browser, DAY, Kit, MINUTE, SECOND, codes, follow, not_me_page, person};
use crate::office::clerk;
use crate::way::{EMAIL, Way, sent};

/// A complaint that was sent: its reference, the code that belongs to it, and its own browser.
async fn complaint(kit: &Kit) -> (Browser<'_>, String, String) {
    let (mut browser, reference) = sent(kit, Way::CannotRegister, &person(1), EMAIL).await;
    let view = follow(browser.reload().await);
    let code = view.open.and_then(|open| open.code).expect("a code");
    (browser, reference, code)
}

async fn ask(browser: &mut Browser<'_>, reference: &str, code: &str) -> FollowView {
    browser.open(Place::Complaints, "").await;
    follow(
        browser
            .submit(&[("reference", reference), ("code", code)])
            .await,
    )
}

/// Takes it back, and says so a second time.
pub(crate) async fn withdraw(browser: &mut Browser<'_>) -> FollowView {
    browser.submit(&[("action", "withdraw")]).await;
    follow(browser.submit(&[("action", "withdraw_now")]).await)
}

/// Presses the button behind a link.
async fn press(kit: &Kit, reference: &str, token: &str) -> FollowView {
    let mut browser = kit.browser();
    let place = Place::Complaint(reference.to_owned());
    browser.open(place, &format!("k={token}")).await;
    follow(browser.submit(&[("token", token)]).await)
}

async fn token(kit: &Kit, reference: &str) -> String {
    let id = kit.complaint(reference).await.id;
    kit.portal.key.link("complaint", id.as_str())
}

#[tokio::test]
async fn reference_and_code_show_it_however_they_are_typed() {
    let kit = Kit::new().await;
    let (_, reference, code) = complaint(&kit).await;
    let lower = (reference.to_lowercase(), code.to_lowercase());
    let spaced = (
        format!(
            " {}-{} {}",
            &reference[..2],
            &reference[2..6],
            &reference[6..]
        ),
        format!("{} {}\u{200f}", &code[..4], &code[4..]),
    );
    for (reference_typed, code_typed) in [(reference.clone(), code.clone()), lower, spaced] {
        let mut browser = kit.browser();
        let view = ask(&mut browser, &reference_typed, &code_typed).await;
        let open = view.open.expect("it is shown");
        assert_eq!(
            (view.reference, open.state),
            (reference.clone(), ComplaintState::Submitted)
        );
        assert_eq!(open.code, None, "whoever asks has it");
        assert_eq!(open.sent_to, "m•••@e•••.ma");
        assert_eq!(browser.place, Place::Complaint(reference.clone()));
    }
    // With the reference in the address, the code is enough.
    let mut browser = kit.browser();
    let view = follow(browser.open(Place::Complaint(reference.clone()), "").await);
    assert_eq!((&view.reference, view.open.is_none()), (&reference, true));
    let view = follow(browser.submit(&[("code", &code)]).await);
    assert!(view.open.is_some());
}

#[tokio::test]
async fn what_is_missing_is_asked_for() {
    let kit = Kit::new().await;
    let (_, reference, code) = complaint(&kit).await;
    for (typed, missing) in [
        (("", ""), vec![Some(Field::Reference), Some(Field::Code)]),
        ((reference.as_str(), " "), vec![Some(Field::Code)]),
        (("-", code.as_str()), vec![Some(Field::Reference)]),
    ] {
        let view = ask(&mut kit.browser(), typed.0, typed.1).await;
        let fields: Vec<_> = view.problems.iter().map(|met| met.field).collect();
        assert_eq!(fields, missing);
        assert!(codes(&view.problems).iter().all(|code| *code == "E105"));
    }
}

#[tokio::test]
async fn norm_2_a_wrong_code_and_an_unknown_reference_are_answered_alike() {
    let kit = Kit::on_disk().await;
    let (_, reference, code) = complaint(&kit).await;
    let unknown = "FSAB2CD3EF";
    let other = kit.portal.key.code("complaint ", 0, CodeForm::Letters);
    let tries = [
        (reference.as_str(), "BCDFGHJK"),
        (unknown, "BCDFGHJK"),
        (unknown, code.as_str()),
        // The code of nobody, and what is no code at all.
        (unknown, other.as_str()),
        (reference.as_str(), other.as_str()),
        (reference.as_str(), "123456"),
        ("FS", "?"),
    ];
    let mut answers = Vec::new();
    for (n, (reference, code)) in tries.into_iter().enumerate() {
        let mut browser = kit.browser();
        browser.network = format!("192.0.2.{n}");
        let before = kit.tally().await;
        let view = ask(&mut browser, reference, code).await;
        let after = kit.tally().await;
        let raised: Vec<i64> = before
            .iter()
            .zip(&after)
            .map(|(a, b)| count(b) - count(a))
            .collect();
        assert_eq!(
            (view.problems.len(), view.open.is_none()),
            (1, true),
            "{reference} {code}"
        );
        assert_eq!(browser.place, Place::Complaints);
        answers.push((codes(&view.problems), view.problems[0].field, raised));
    }
    assert_eq!(answers[0].0, ["E501"]);
    for answer in &answers {
        assert_eq!(answer, &answers[0]);
    }
    kit.remove().await;
}

/// The last number of a line of the tally.
fn count(line: &str) -> i64 {
    line.rsplit(' ')
        .next()
        .and_then(|n| n.parse().ok())
        .expect("a number")
}

#[tokio::test]
async fn norm_5_after_five_wrong_codes_the_sixth_waits_even_if_right() {
    let kit = Kit::new().await;
    let (_, reference, code) = complaint(&kit).await;
    for asked in [reference.as_str(), "FSAB2CD3EF"] {
        for _ in 0..5 {
            let view = ask(&mut kit.browser(), asked, "BCDFGHJK").await;
            assert_eq!(codes(&view.problems), ["E501"]);
        }
        let typed = format!("{}-{}", &asked[..4].to_lowercase(), &asked[4..]);
        let view = ask(&mut kit.browser(), &typed, &code).await;
        assert_eq!(codes(&view.problems), ["E202"], "{asked}");
    }
    let mut elsewhere = kit.browser();
    elsewhere.network = "198.51.100.7".into();
    let view = ask(&mut elsewhere, &reference, &code).await;
    assert!(view.open.is_some(), "its person is not kept out");
    kit.wait(15 * SECOND);
    let view = ask(&mut kit.browser(), &reference, &code).await;
    assert!(view.open.is_some());
}

#[tokio::test]
async fn another_browser_does_not_see_what_was_opened() {
    let kit = Kit::new().await;
    let (mut owner, reference, _) = complaint(&kit).await;
    let mut thief = owner.clone();
    thief.secret = Some("5ec2e7".into());
    let view = follow(thief.reload().await);
    assert_eq!(
        (view.open.is_none(), codes(&view.problems)),
        (true, vec!["E306"])
    );
    thief.query.clone_from(&owner.query);
    let view = follow(thief.submit(&[("action", "withdraw")]).await);
    assert!(view.open.is_none());
    assert_eq!(
        kit.complaint(&reference).await.state,
        ComplaintState::Submitted
    );
    assert!(follow(owner.reload().await).open.is_some());
    kit.wait(61 * MINUTE);
    assert!(
        follow(owner.reload().await).open.is_none(),
        "nor does this one an hour later"
    );
}

#[tokio::test]
async fn whoever_made_it_takes_it_back_as_long_as_it_waits() {
    let kit = Kit::new().await;
    let (mut browser, reference, code) = complaint(&kit).await;
    kit.new_letters().await;
    let view = withdraw(&mut browser).await;
    let open = view.open.unwrap();
    assert_eq!(
        (open.state, open.closed),
        (ComplaintState::Closed, Some(CloseReason::Withdrawn))
    );
    let steps: Vec<_> = open.steps.iter().map(|step| step.what).collect();
    assert_eq!(steps, [FollowWhat::Submitted, FollowWhat::Closed]);
    assert!(!open.may_withdraw);
    let again = withdraw(&mut browser).await;
    assert_eq!(again.open.unwrap().steps.len(), 2, "once");
    assert_eq!(kit.complaint(&reference).await.version, 1);
    let view = ask(&mut kit.browser(), &reference, &code).await;
    assert_eq!(view.open.unwrap().state, ComplaintState::Closed);
}

#[tokio::test]
async fn it_is_taken_back_only_by_whoever_says_so_twice() {
    let kit = Kit::new().await;
    let (mut browser, reference, _) = complaint(&kit).await;
    for (action, asked) in [
        ("withdraw_now", false),
        ("withdraw", true),
        ("keep", false),
        ("withdraw_now", false),
    ] {
        let view = follow(browser.submit(&[("action", action)]).await);
        let open = view.open.unwrap();
        assert_eq!(
            (open.state, open.withdrawing),
            (ComplaintState::Submitted, asked),
            "{action}"
        );
    }
    let state = kit.complaint(&reference).await.state;
    assert_eq!(state, ComplaintState::Submitted);
}

#[tokio::test]
async fn what_is_decided_cannot_be_taken_back() {
    let kit = Kit::new().await;
    let (mut browser, reference, _) = complaint(&kit).await;
    let mut officer = clerk(&kit, "amina", Role::Registry).await;
    officer.take(&reference).await;
    let no = [
        ("reason", "not_enrolled"),
        ("answer", "We do not know you."),
    ];
    officer.press(&reference, "refuse", &no).await;
    let view = withdraw(&mut browser).await;
    let open = view.open.unwrap();
    assert_eq!(
        (open.state, open.may_withdraw),
        (ComplaintState::Refused, false)
    );
    assert_eq!(open.answer, no[1].1);
}

#[tokio::test]
async fn a_switch_of_language_shows_the_same() {
    let kit = Kit::new().await;
    let (mut browser, reference, _) = complaint(&kit).await;
    let fields = [("switch_language", "fr"), ("action", "withdraw")];
    let view = follow(browser.submit(&fields).await);
    assert_eq!(view.open.unwrap().state, ComplaintState::Submitted);
    let mut other = kit.browser();
    other.open(Place::Complaint(reference.clone()), "").await;
    let view = follow(
        other
            .submit(&[("switch_language", "en"), ("code", "?")])
            .await,
    );
    assert_eq!((view.reference, view.problems.len()), (reference, 0));
}

#[tokio::test]
async fn norm_3_opening_a_link_shows_nothing_and_writes_nothing() {
    let kit = Kit::on_disk().await;
    let (_, reference, _) = complaint(&kit).await;
    let token = token(&kit, &reference).await;
    let before = kit.tally().await;
    let mut scanner = kit.browser();
    let place = Place::Complaint(reference.clone());
    let view = follow(scanner.open(place, &format!("k={token}")).await);
    assert_eq!(
        (view.open.is_none(), view.token.as_deref()),
        (true, Some(token.as_str()))
    );
    assert_eq!(kit.tally().await, before);
    let view = follow(scanner.submit(&[("token", &token)]).await);
    assert!(view.open.is_some());
    kit.remove().await;
}

#[tokio::test]
async fn a_link_dies_two_months_after_the_last_move() {
    let kit = Kit::new().await;
    let (_, reference, _) = complaint(&kit).await;
    let token = token(&kit, &reference).await;
    kit.wait(59 * DAY);
    assert!(press(&kit, &reference, &token).await.open.is_some());
    let mut officer = clerk(&kit, "amina", Role::Registry).await;
    officer.take(&reference).await;
    kit.wait(60 * DAY - SECOND);
    assert!(
        press(&kit, &reference, &token).await.open.is_some(),
        "counted from the last move"
    );
    kit.wait(SECOND);
    let view = press(&kit, &reference, &token).await;
    assert_eq!(
        (view.open.is_none(), codes(&view.problems)),
        (true, vec!["E501"])
    );
}

#[tokio::test]
async fn forged_links_and_those_of_another_purpose_show_nothing() {
    let kit = Kit::new().await;
    let (_, reference, _) = complaint(&kit).await;
    let complaint = kit.complaint(&reference).await;
    let id = complaint.id.as_str();
    let key = &kit.portal.key;
    let token = key.link("complaint", id);
    let other = key.link("complaint", "018f0000-0000-7000-8000-000000000000");
    let stranger = ServerKey::new([8; 32]).link("complaint", id);
    let (_, proof) = other.rsplit_once('.').unwrap();
    for forged in [
        format!("{id}.{proof}"),
        format!("{token}0"),
        token.replace('.', ""),
        format!("{id}."),
        other.clone(),
        stranger,
        key.link(STOP, id),
        key.link(NOT_ME, id),
        key.link("activate", id),
    ] {
        let view = press(&kit, &reference, &forged).await;
        assert_eq!(
            (view.open.is_none(), codes(&view.problems)),
            (true, vec!["E501"]),
            "{forged}"
        );
    }
    // And its link neither stops nor freezes anything.
    kit.load([person(7)]).await;
    let account = kit.open_account(&person(7), "amal@example.ma").await;
    for token in [
        token,
        key.link("complaint", &not_me_about(&account.id, kit.now())),
    ] {
        let mut browser = kit.browser();
        let view = not_me_page(browser.open(Place::NotMe(token.clone()), "").await);
        assert_eq!(view.state, NotMeState::Unknown);
        let view = not_me_page(browser.submit(&[("verdict", "not_me")]).await);
        assert_eq!(view.state, NotMeState::Unknown);
    }
    assert_eq!(kit.complaint(&reference).await, complaint);
    assert_eq!(kit.account_of(&person(7)).await, Some(account));
}

#[tokio::test]
async fn an_address_that_is_no_reference_is_answered_like_an_unknown_one() {
    let kit = Kit::new().await;
    for odd in ["../staff", "\0", "x'--", "ش", &"A".repeat(5000)] {
        let mut browser = kit.browser();
        let view = follow(browser.open(Place::Complaint(odd.to_owned()), "").await);
        assert_eq!((view.reference.as_str(), view.open.is_none()), ("", true));
        let view = follow(browser.submit(&[("code", "BCDFGHJK")]).await);
        assert!(view.open.is_none());
        assert_eq!(view.problems.len(), 1, "{odd:?}");
    }
}
