//! No step is skipped: every form, posted at every step, in order and out of it, from the right
//! browser and the wrong one.

use miftah_rules::view::{Channel, RecoverStep};

use super::kit::{Browser, Kit, codes, person, recover};
use super::way::{NEW_PASSWORD, begin, located, open_account, proved, send, waiting};

/// What each step's form looks like when it is filled.
const FORMS: &[(&str, &[(&str, &str)])] = &[
    (
        "find",
        &[
            ("student_number", "R000000001"),
            ("national_id", "JB400001"),
            ("birth_date", "2004-02-29"),
        ],
    ),
    (
        "find",
        &[("handle", "amal.idrissi@example.ma"), ("action", "handle")],
    ),
    ("destination", &[("channel", "email")]),
    ("destination", &[("channel", "phone")]),
    ("destination", &[("action", "none_mine")]),
    ("dispute", &[("action", "freeze")]),
    ("code", &[("code", "000000")]),
    ("code", &[("action", "resend")]),
    (
        "password",
        &[("password", NEW_PASSWORD), ("password_again", NEW_PASSWORD)],
    ),
    ("password", &[("action", "replace_email")]),
    ("new_email", &[("email", "new@example.ma")]),
    ("new_email", &[("action", "keep")]),
    ("new_email_code", &[("code", "000000")]),
    ("frozen", &[("action", "freeze")]),
    ("over", &[("code", "000000")]),
];

/// Those of the faculty, whose messages bring codes; `temporary.rs` has the other one.
fn steps() -> Vec<RecoverStep> {
    let all = RecoverStep::ALL.into_iter();
    all.filter(|step| *step != RecoverStep::Sent).collect()
}

/// A browser at a step.
async fn at(kit: &Kit, step: RecoverStep) -> Browser<'_> {
    let owner = person(1);
    match step {
        RecoverStep::Find => {
            let mut browser = begin(kit).await;
            send(&mut browser, &[("step", "find"), ("handle", "?")]).await;
            browser
        }
        RecoverStep::Destination => located(kit, &owner).await,
        RecoverStep::Dispute | RecoverStep::Frozen => {
            let mut browser = located(kit, &owner).await;
            send(&mut browser, &[("action", "none_mine")]).await;
            if step == RecoverStep::Frozen {
                send(&mut browser, &[("action", "freeze")]).await;
            }
            browser
        }
        RecoverStep::Sent => panic!("no step of the faculty's"),
        RecoverStep::Code => waiting(kit, &owner, Channel::Phone).await,
        RecoverStep::Password => proved(kit, &owner, Channel::Phone).await,
        RecoverStep::NewEmail | RecoverStep::NewEmailCode => {
            let mut browser = proved(kit, &owner, Channel::Phone).await;
            send(&mut browser, &[("action", "replace_email")]).await;
            if step == RecoverStep::NewEmailCode {
                send(&mut browser, &[("email", "other@example.ma")]).await;
            }
            browser
        }
    }
}

async fn furnish(kit: Kit) -> Kit {
    kit.load([person(1)]).await;
    open_account(&kit, &person(1)).await;
    kit
}

#[tokio::test]
async fn a_form_of_another_step_moves_nothing() {
    for step in steps() {
        let kit = furnish(Kit::on_disk().await).await;
        let mut browser = at(&kit, step).await;
        let query = browser.query.clone();
        let before = kit.tally().await;
        for (of, fields) in FORMS.iter().filter(|(of, _)| *of != step.name()) {
            let mut fields = fields.to_vec();
            fields.push(("step", of));
            let view = send(&mut browser, &fields).await;
            assert_eq!(view.step, step, "{of} at {step:?}");
            assert_eq!(browser.query, query);
        }
        assert_eq!(kit.tally().await, before, "at {step:?}");
        assert_eq!(browser.session, None);
        kit.remove().await;
    }
}

#[tokio::test]
async fn a_form_that_names_no_step_is_taken_for_the_step_one_is_at() {
    for step in steps() {
        for (of, fields) in FORMS {
            let kit = furnish(Kit::new().await).await;
            let mut browser = at(&kit, step).await;
            // The new password may be chosen where it is asked, and nowhere else.
            let outcome = browser.post(fields).await.unwrap();
            browser.take(&outcome);
            let opened = browser.session.is_some();
            let may = step == RecoverStep::Password && fields[0].0 == "password";
            assert_eq!(opened, may, "{of} at {step:?}");
            if opened {
                continue;
            }
            let reached = recover(browser.reload().await).step;
            assert!(
                follows(step, reached),
                "{of} at {step:?} leads to {reached:?}"
            );
        }
    }
}

/// Whether one post may lead from a step to another.
fn follows(from: RecoverStep, to: RecoverStep) -> bool {
    use RecoverStep::{
        Code, Destination, Dispute, Find, Frozen, NewEmail, NewEmailCode, Password, Sent,
    };
    let next: &[RecoverStep] = match from {
        Find => &[Destination, Code],
        Destination => &[Code, Dispute, Find],
        Dispute => &[Frozen, Destination],
        // The right code is not among the forms.
        Code => &[Destination],
        Password => &[NewEmail],
        NewEmail => &[NewEmailCode, Password],
        NewEmailCode => &[NewEmail],
        Frozen | Sent => &[],
    };
    from == to || next.contains(&to)
}

#[tokio::test]
async fn another_browser_moves_nothing() {
    for step in steps() {
        let kit = furnish(Kit::new().await).await;
        let mut owner = at(&kit, step).await;
        let mut thief = owner.clone();
        thief.secret = Some("5ec2e7".into());
        thief.session = None;
        let query = owner.query.clone();
        for (of, fields) in FORMS.iter().filter(|(of, _)| *of != "find") {
            thief.query.clone_from(&query);
            let mut fields = fields.to_vec();
            fields.push(("step", of));
            let view = send(&mut thief, &fields).await;
            assert_eq!(
                (view.step, codes(&view.problems)),
                (RecoverStep::Find, vec!["E306"])
            );
        }
        assert_eq!(recover(owner.reload().await).step, step);
    }
}

#[tokio::test]
async fn back_and_reload_show_where_one_stands() {
    let kit = furnish(Kit::new().await).await;
    for step in steps()
        .into_iter()
        .filter(|step| *step != RecoverStep::Frozen)
    {
        let mut browser = at(&kit, step).await;
        let first = recover(browser.reload().await);
        let second = recover(browser.reload().await);
        assert_eq!(first, second);
        assert_eq!(first.step, step);
    }
}
