//! Every form in every state, from the right and the wrong browser: no step is skipped.

use miftah_portal::id::JourneyId;
use miftah_portal::model::JourneyRow;
use miftah_rules::Place;

use crate::kit::{Browser, HOUR, Kit, PASSWORD, person};
use crate::steps::{EMAIL, at_code, at_contact, at_password, kit, send_password, send_who};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Who,
    Contact,
    Code,
    Password,
    Opened,
    Expired,
}

const STATES: [State; 6] = [
    State::Who,
    State::Contact,
    State::Code,
    State::Password,
    State::Opened,
    State::Expired,
];

/// A browser whose journey is in that state; its session, if any, is dropped.
async fn reach(kit: &Kit, state: State) -> Browser<'_> {
    let mut browser = match state {
        State::Who => {
            let mut browser = kit.browser();
            browser.open(Place::Register, "").await;
            send_who(&mut browser, &person(9)).await;
            browser
        }
        State::Contact => at_contact(kit).await,
        State::Code => at_code(kit).await,
        State::Password | State::Expired => at_password(kit).await,
        State::Opened => {
            let mut browser = at_password(kit).await;
            let query = browser.query.clone();
            send_password(&mut browser).await;
            browser.place = Place::Register;
            browser.query = query;
            browser
        }
    };
    if state == State::Expired {
        kit.wait(2 * HOUR);
    }
    browser.session = None;
    browser
}

/// Everything any form of this journey may hold, all right: skipping a step would succeed.
fn form(code: &str) -> Vec<(&'static str, String)> {
    [
        ("student_number", "R000000001"),
        ("national_id", "JB400001"),
        ("birth_date", "2004-02-29"),
        ("email", EMAIL),
        ("terms", "yes"),
        ("code", code),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

const ACTIONS: [&str; 8] = [
    "",
    "back",
    "change",
    "resend",
    "use_suggestion",
    "read_terms",
    "read_privacy",
    "nonsense",
];
const STEPS: [&str; 7] = ["", "who", "contact", "code", "password", "over", "nonsense"];

async fn row(kit: &Kit, browser: &Browser<'_>) -> JourneyRow {
    let id = JourneyId(browser.journey());
    kit.portal.store.journey(&id).await.unwrap().unwrap()
}

/// Where a journey may be after one post.
const fn may_follow(state: State) -> &'static [&'static str] {
    match state {
        State::Who => &["who", "contact"],
        State::Contact => &["contact", "who", "code"],
        State::Code => &["code", "contact", "password"],
        State::Password => &["password", "over"],
        State::Opened => &["over"],
        State::Expired => &["password"],
    }
}

const fn name(state: State) -> &'static str {
    match state {
        State::Who => "who",
        State::Contact => "contact",
        State::Code => "code",
        State::Password => "password",
        State::Opened | State::Expired => "none",
    }
}

#[tokio::test]
async fn no_form_in_any_state_skips_or_repeats_a_step() {
    for state in STATES {
        for step in STEPS {
            for action in ACTIONS {
                let kit = kit().await;
                let browser = reach(&kit, state).await;
                let before = row(&kit, &browser).await;
                let had_account = kit.account_of(&person(1)).await;
                kit.new_letters().await;
                let code = kit.code(&browser.journey(), 1);
                let mut fields = form(&code);
                fields.extend([("step", step), ("action", action)].map(|(n, v)| (n, v.to_owned())));
                let fields: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
                let outcome = browser.post(&fields).await.unwrap();
                let after = row(&kit, &browser).await;
                let case = format!("{state:?}, form of {step:?}, {action:?}");

                assert!(
                    may_follow(state).contains(&after.step.as_str()),
                    "{case}: {}",
                    after.step
                );
                let for_this_step = step.is_empty() || step == name(state);
                if !for_this_step {
                    assert_eq!(after, before, "{case} changed the journey");
                    assert!(kit.new_letters().await.is_empty(), "{case} sent a letter");
                }
                let account = kit.account_of(&person(1)).await;
                if state == State::Password && for_this_step {
                    assert!(account.is_some(), "{case}");
                } else {
                    assert_eq!(account, had_account, "{case} touched the account");
                    assert_eq!(outcome.session, Default::default(), "{case} signed in");
                }
            }
        }
    }
}

#[tokio::test]
async fn the_wrong_browser_moves_nothing() {
    for state in STATES {
        for step in STEPS {
            let kit = kit().await;
            let browser = reach(&kit, state).await;
            let before = row(&kit, &browser).await;
            let code = kit.code(&browser.journey(), 1);
            let mut fields = form(&code);
            fields.push(("step", step.to_owned()));
            let fields: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
            for secret in [None, Some("0".repeat(32))] {
                let mut stranger = browser.clone();
                stranger.secret = secret;
                let outcome = stranger.post(&fields).await.unwrap();
                assert_eq!(outcome.session, Default::default(), "{state:?} {step:?}");
                assert_eq!(row(&kit, &browser).await, before, "{state:?} {step:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_robot_that_opens_and_presses_everything_burns_nothing() {
    let kit = kit().await;
    let mut browser = at_code(&kit).await;
    let before = row(&kit, &browser).await;
    let mut robot = kit.browser();
    let query = browser.query.clone();
    for _ in 0..10 {
        robot.open(Place::Register, &query).await;
        robot.submit(&[("step", "code"), ("code", "")]).await;
    }
    assert_eq!(row(&kit, &browser).await, before);
    let code = kit.code(&browser.journey(), 1);
    let view = crate::steps::send(&mut browser, "code", &[("code", &code)]).await;
    assert!(view.problems.is_empty());
}
