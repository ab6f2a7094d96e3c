//! S3.3, S4.1: "I am not a robot". What shows it does so once, in time, and as it was asked.
#![expect(
    clippy::expect_used,
    reason = "a story that cannot be set up has to stop and say why"
)]

#[cfg(test)]
#[expect(dead_code, reason = "the kit is for all stories; each uses its part")]
mod kit;

use std::sync::Arc;

use altcha::{Challenge, SolveChallengeOptions, solve_challenge};
use kit::open::{MAILBOX, SAID, open_institution};
use kit::{Browser, Kit, MINUTE, PASSWORD, codes, home, login, person, recover, register};
use miftah_rules::Place;
use miftah_rules::profile::{RobotCheck, RobotPlace, RobotProfile, RobotWhen};
use miftah_rules::view::{HomeView, Page, RecoverStep, RegisterStep};
use serde_json::json;

const WORK: &str = "robot_work";
const EMAIL: &str = "amal@example.ma";

/// A faculty that asks on these pages, and person 1 with an account.
async fn kit(at: &[RobotPlace], when: RobotWhen) -> Kit {
    let mut kit = Kit::new().await;
    let mut institution = kit::institution();
    institution.robot = RobotProfile {
        check: RobotCheck::Work,
        at: at.to_vec(),
        when,
    };
    kit.portal.institution = Arc::new(institution);
    kit.load([person(1), person(2)]).await;
    kit.open_account(&person(1), EMAIL).await;
    kit
}

/// What a device answers to a challenge.
fn work(challenge: &str) -> String {
    let challenge: Challenge = serde_json::from_str(challenge).expect("a challenge");
    let solution = solve_challenge(SolveChallengeOptions::new(&challenge))
        .expect("a challenge")
        .expect("in time");
    json!({ "challenge": challenge, "solution": solution }).to_string()
}

fn worked(kit: &Kit) -> String {
    work(&kit.portal.robot_work().expect("a challenge"))
}

async fn sign_in(browser: &mut Browser<'_>, more: &[(&str, &str)]) -> Page {
    browser.open(Place::Login, "").await;
    let mut fields = vec![("handle", EMAIL), ("password", PASSWORD)];
    fields.extend_from_slice(more);
    browser.submit(&fields).await
}

async fn is_let_in(kit: &Kit, more: &[(&str, &str)]) -> bool {
    let mut browser = kit.browser();
    match sign_in(&mut browser, more).await {
        Page::Home(HomeView::SignedIn { .. }) => true,
        page => {
            let view = login(page);
            assert_eq!(codes(&view.problems), ["E207"]);
            assert_eq!(
                view.handle, EMAIL,
                "nothing but the password is typed again"
            );
            assert!(view.robot.is_some());
            false
        }
    }
}

#[tokio::test]
async fn s3_3_work_lets_in_once() {
    let kit = kit(&[RobotPlace::SignIn], RobotWhen::Always).await;
    let before = kit.hasher.work();
    assert!(!is_let_in(&kit, &[]).await);
    assert_eq!(kit.hasher.work(), before, "no password is tried before");
    let answer = worked(&kit);
    assert!(is_let_in(&kit, &[(WORK, &answer)]).await);
    assert!(!is_let_in(&kit, &[(WORK, &answer)]).await, "it was used");
    kit.wait(10 * MINUTE);
    assert!(!is_let_in(&kit, &[(WORK, &answer)]).await, "and stays used");
    let view = login(kit.browser().open(Place::Login, "").await);
    assert_eq!(
        view.robot,
        Some(0),
        "the page that is kept is always the same"
    );
}

#[tokio::test]
async fn s3_3_what_is_not_as_it_was_asked_is_no_work() {
    let kit = kit(&[RobotPlace::SignIn], RobotWhen::Always).await;
    let right = worked(&kit);
    let parsed: serde_json::Value = serde_json::from_str(&right).unwrap();
    let changed = |path: &str, value: serde_json::Value| {
        let mut changed = parsed.clone();
        *changed.pointer_mut(path).unwrap() = value;
        changed.to_string()
    };
    let easy = json!("00");
    for wrong in [
        String::new(),
        "{}".to_owned(),
        "x".repeat(100_000),
        "[".repeat(1900),
        changed("/solution/derivedKey", json!("00")),
        changed("/solution/derivedKey", json!("zz")),
        changed("/challenge/parameters/cost", json!(1)),
        changed("/challenge/parameters/keyPrefix", easy),
        changed("/challenge/parameters/data/until", json!(i64::MAX)),
        changed("/challenge/parameters/keySignature", json!(null)),
        changed("/challenge/signature", json!(null)),
        changed("/challenge/signature", json!("00")),
        changed("/challenge/parameters/algorithm", json!("ARGON2ID")),
    ] {
        assert!(!is_let_in(&kit, &[(WORK, &wrong)]).await, "{wrong}");
    }
    let late = worked(&kit);
    kit.wait(31 * MINUTE);
    assert!(!is_let_in(&kit, &[(WORK, &late)]).await);
}

#[tokio::test]
async fn s3_3_the_same_work_twice_at_once_lets_in_once() {
    let kit = kit(&[RobotPlace::SignIn], RobotWhen::Always).await;
    let answer = worked(&kit);
    let fields = [
        ("handle", EMAIL),
        ("password", PASSWORD),
        (WORK, answer.as_str()),
    ];
    let (mut one, mut two) = (kit.browser(), kit.browser());
    one.open(Place::Login, "").await;
    two.open(Place::Login, "").await;
    let (first, second) = tokio::join!(one.post(&fields), two.post(&fields));
    one.take(&first.unwrap());
    two.take(&second.unwrap());
    assert_eq!(
        [&one, &two].iter().filter(|b| b.session.is_some()).count(),
        1
    );
}

#[tokio::test]
async fn s3_3_without_scripts_a_code_is_seen_or_heard() {
    let kit = kit(&[RobotPlace::SignIn], RobotWhen::Always).await;
    let mut browser = kit.browser();
    let first = kit.portal.robot_turn(None);
    let second = kit.portal.robot_turn(Some(&first));
    assert!(
        second.len() <= 64 && second.bytes().all(|b| b.is_ascii_alphanumeric()),
        "a cookie"
    );
    let digits = kit.portal.robot_digits(&second).unwrap();
    assert_eq!(digits.len(), 6);
    assert_ne!(Some(&digits), kit.portal.robot_digits(&first).as_ref());
    // Nobody else's turn, and none at all.
    assert!(matches!(
        sign_in(&mut browser, &[("robot_code", &digits)]).await,
        Page::Login(_)
    ));
    browser.robot = Some(second.clone());
    assert!(matches!(
        sign_in(&mut browser, &[("robot_code", "000000")]).await,
        Page::Login(_)
    ));
    let spaced = format!(" {} {}", &digits[..3], &digits[3..]);
    let page = sign_in(&mut browser, &[("robot_code", &spaced)]).await;
    assert!(matches!(home(page), HomeView::SignedIn { .. }));
    // Once; the tab that was opened before has its own.
    let mut again = kit.browser();
    again.robot = Some(second.clone());
    assert!(matches!(
        sign_in(&mut again, &[("robot_code", &digits)]).await,
        Page::Login(_)
    ));
    let earlier = kit.portal.robot_digits(&first).unwrap();
    assert!(matches!(
        sign_in(&mut again, &[("robot_code", &earlier)]).await,
        Page::Home(_)
    ));
}

#[tokio::test]
async fn s3_3_a_turn_ends_and_cannot_be_made_up() {
    let kit = kit(&[RobotPlace::SignIn], RobotWhen::Always).await;
    let turn = kit.portal.robot_turn(None);
    let digits = kit.portal.robot_digits(&turn).unwrap();
    kit.wait(31 * MINUTE);
    assert_eq!(kit.portal.robot_digits(&turn), None);
    let mut browser = kit.browser();
    browser.robot = Some(turn);
    assert!(matches!(
        sign_in(&mut browser, &[("robot_code", &digits)]).await,
        Page::Login(_)
    ));
    for made_up in ["", "x", &"f".repeat(32), &"é".repeat(16), &"f".repeat(64)] {
        assert_eq!(kit.portal.robot_digits(made_up), None, "{made_up}");
        browser.robot = Some(made_up.to_owned());
        assert!(matches!(
            sign_in(&mut browser, &[("robot_code", "123456")]).await,
            Page::Login(_)
        ));
    }
}

#[tokio::test]
async fn s3_3_another_picture_submits_nothing() {
    let kit = kit(&[RobotPlace::SignIn], RobotWhen::Always).await;
    let mut browser = kit.browser();
    let view = login(sign_in(&mut browser, &[("action", "another_picture")]).await);
    assert_eq!(
        (codes(&view.problems), view.handle.as_str()),
        (vec![], EMAIL)
    );
    let shown = view.robot;
    kit.wait(1000);
    let view = login(browser.reload().await);
    assert_ne!(view.robot, shown, "a picture of its own each time");
}

#[tokio::test]
async fn s3_3_where_the_profile_allows_it_is_asked_after_a_failure_alone() {
    let kit = kit(&[RobotPlace::SignIn], RobotWhen::Suspicion).await;
    let mut browser = kit.browser();
    assert_eq!(login(browser.open(Place::Login, "").await).robot, None);
    for handle in [EMAIL, "nobody@example.ma"] {
        let mut browser = kit.browser();
        browser.open(Place::Login, "").await;
        let wrong = [("handle", handle), ("password", "something else")];
        let view = login(browser.submit(&wrong).await);
        assert_eq!(
            (codes(&view.problems), view.robot.is_some()),
            (vec!["E201"], true)
        );
        let view = login(browser.submit(&wrong).await);
        assert_eq!(codes(&view.problems), ["E207"], "the same for {handle}");
    }
    let answer = worked(&kit);
    assert!(is_let_in(&kit, &[(WORK, &answer)]).await);
    assert!(is_let_in(&kit, &[]).await, "a success makes good");
}

#[tokio::test]
async fn s4_1_recovery_asks_once_a_journey() {
    let kit = kit(&[RobotPlace::Recover], RobotWhen::Always).await;
    let mut browser = kit.browser();
    assert!(
        recover(browser.open(Place::Recover, "").await)
            .robot
            .is_some()
    );
    let data = |date: &'static str| {
        let person = person(1);
        [
            ("student_number", person.number),
            ("national_id", person.national_id),
            ("birth_date", date.to_owned()),
        ]
    };
    let post = async |browser: &mut Browser<'_>, date, more: Option<(&str, &str)>| {
        let data = data(date);
        let fields: Vec<_> = data
            .iter()
            .map(|(n, v)| (*n, v.as_str()))
            .chain(more)
            .collect();
        recover(browser.submit(&fields).await)
    };
    let view = post(&mut browser, "2004-02-29", None).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Find, vec!["E207"])
    );
    let answer = worked(&kit);
    let view = post(&mut browser, "2004-02-28", Some((WORK, &answer))).await;
    assert_eq!((codes(&view.problems), view.robot), (vec!["E301"], None));
    let view = post(&mut browser, "2004-02-29", None).await;
    assert_eq!(view.step, RecoverStep::Destination);
}

#[tokio::test]
async fn s2_1_registration_asks_once_its_data_can_be_read() {
    let mut kit = Kit::new().await;
    let mut institution = open_institution();
    institution.robot.at = vec![RobotPlace::Register];
    kit.portal.institution = Arc::new(institution);
    let mut browser = kit.browser();
    assert!(
        register(browser.open(Place::Register, "").await)
            .robot
            .is_some()
    );
    let answer = worked(&kit);
    let view = register(browser.submit(&[SAID[0], (WORK, &answer)]).await);
    assert!(
        codes(&view.problems).iter().all(|code| *code == "E105"),
        "{:?}",
        view.problems
    );
    let view = register(browser.submit(&SAID).await);
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RegisterStep::Who, vec!["E207"])
    );
    let fields: Vec<_> = SAID.into_iter().chain([(WORK, answer.as_str())]).collect();
    let view = register(browser.submit(&fields).await);
    assert_eq!(view.step, RegisterStep::Contact, "{:?}", view.problems);
    let view = register(
        browser
            .submit(&[("step", "contact"), ("action", "back")])
            .await,
    );
    assert_eq!(
        (view.step, view.robot),
        (RegisterStep::Who, None),
        "once is enough"
    );
    let view = register(browser.submit(&SAID).await);
    assert_eq!(view.step, RegisterStep::Contact);
    assert!(kit.opened(MAILBOX).await.is_none());
}
