//! No step is skipped or played again, and nothing that was typed is lost.

use miftah_rules::complaint::ComplaintKind;
use miftah_rules::view::ComplainStep;
use miftah_rules::{Field, Lang, Place};

use crate::kit::{Browser, HOUR, Kit, SECOND, codes, complain, person};
use crate::way::{
    EMAIL, FILES, Way, at_check, at_code, at_papers, at_reach, attach, confirm, kinds, send,
    send_data, typed,
};

const STEPS: [ComplainStep; 5] = [
    ComplainStep::Data,
    ComplainStep::Reach,
    ComplainStep::Code,
    ComplainStep::Papers,
    ComplainStep::Check,
];

/// What each step's form looks like when it is filled.
const FORMS: &[(&str, &[(&str, &str)])] = &[
    (
        "data",
        &[
            ("matter", "cannot_register"),
            ("student_number", "R000000001"),
            ("national_id", "JB400001"),
            ("birth_date", "2004-02-29"),
            ("last_name_ar", "العلوي"),
            ("first_name_ar", "مريم"),
        ],
    ),
    ("reach", &[("email", EMAIL), ("phone", "0612345678")]),
    ("code", &[("code", "000000")]),
    ("code", &[("action", "resend")]),
    ("papers", &[("action", "add")]),
    ("check", &[("consent", "yes")]),
    ("sent", &[("consent", "yes")]),
];

/// A kit on whose roll person 1 is, with an account.
async fn campus(kit: Kit) -> Kit {
    kit.load([person(1)]).await;
    kit.open_account(&person(1), "amal@example.ma").await;
    kit
}

/// A browser at a step.
async fn at(kit: &Kit, way: Way, step: ComplainStep) -> Browser<'_> {
    match step {
        ComplainStep::Data => {
            let mut browser = kit.browser();
            browser.open(way.place(), "").await;
            send(&mut browser, "data", &[("student_number", "?")]).await;
            browser
        }
        ComplainStep::Reach => at_reach(kit, way, &person(1)).await,
        ComplainStep::Code => at_code(kit, way, &person(1), EMAIL).await,
        ComplainStep::Papers => at_papers(kit, way, &person(1), EMAIL).await,
        ComplainStep::Check => at_check(kit, way, &person(1), EMAIL).await,
        ComplainStep::Sent => panic!("that is the receipt"),
    }
}

#[tokio::test]
async fn a_form_of_another_step_moves_nothing() {
    for way in Way::ALL {
        for step in STEPS {
            let kit = campus(Kit::on_disk().await).await;
            let mut browser = at(&kit, way, step).await;
            let query = browser.query.clone();
            let before = kit.tally().await;
            for (of, fields) in FORMS.iter().filter(|(of, _)| *of != step.name()) {
                let view = send(&mut browser, of, fields).await;
                assert_eq!(view.step, step, "{of} at {step:?}, {way:?}");
                assert_eq!(browser.query, query);
            }
            assert_eq!(kit.tally().await, before, "at {step:?}, {way:?}");
            kit.remove().await;
        }
    }
}

/// Whether one post without the name of a step may lead from a step to another. The right code and
/// the documents are not among the forms.
fn follows(from: ComplainStep, to: ComplainStep) -> bool {
    use ComplainStep::{Code, Data, Reach};
    from == to || matches!((from, to), (Data, Reach) | (Reach, Code))
}

#[tokio::test]
async fn a_form_that_names_no_step_leads_at_most_to_the_next() {
    for way in Way::ALL {
        for step in STEPS {
            for (of, fields) in FORMS {
                let kit = campus(Kit::new().await).await;
                let mut browser = at(&kit, way, step).await;
                let outcome = browser.post(fields).await.unwrap();
                browser.take(&outcome);
                let is_sent = matches!(browser.place, Place::Complaint(_));
                let may = step == ComplainStep::Check && fields[0].0 == "consent";
                assert_eq!(is_sent, may, "{of} at {step:?}, {way:?}");
                if is_sent {
                    continue;
                }
                let reached = complain(browser.reload().await).step;
                assert!(
                    follows(step, reached),
                    "{of} at {step:?} leads to {reached:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn back_and_change_keep_everything() {
    let kit = campus(Kit::new().await).await;
    let mut browser = at_check(&kit, Way::CannotRegister, &person(1), EMAIL).await;
    let check = complain(browser.reload().await);
    assert_eq!(check.kind, ComplaintKind::CannotRegister);

    for (to, step) in [
        ("data", ComplainStep::Data),
        ("reach", ComplainStep::Reach),
        ("papers", ComplainStep::Papers),
    ] {
        let view = send(&mut browser, "check", &[("action", "back"), ("to", to)]).await;
        assert_eq!((view.step, &view.typed), (step, &check.typed), "{to}");
        assert_eq!(
            (view.papers.len(), view.kind),
            (3, ComplaintKind::CannotRegister)
        );
        // And forward again, without another code for an address that is confirmed.
        let mut view = view;
        if view.step == ComplainStep::Data {
            view = send_data(&mut browser, Way::CannotRegister, &person(1)).await;
        }
        if view.step == ComplainStep::Reach {
            let fields = [
                ("email", EMAIL),
                ("phone", "0612345678"),
                ("note", "Please."),
            ];
            view = send(&mut browser, "reach", &fields).await;
        }
        assert_eq!((view.step, view.unconfirmed), (ComplainStep::Papers, false));
        let view = attach(&mut browser, "", &[]).await;
        assert_eq!(
            (view.step, &view.typed),
            (ComplainStep::Check, &check.typed)
        );
    }
    assert_eq!(kit.new_letters().await.len(), 1, "one code in all");
}

#[tokio::test]
async fn another_address_needs_another_code() {
    let kit = campus(Kit::new().await).await;
    let mut browser = at_check(&kit, Way::WrongData, &person(1), EMAIL).await;
    send(
        &mut browser,
        "check",
        &[("action", "back"), ("to", "reach")],
    )
    .await;
    let view = send(&mut browser, "reach", &[("email", "other@example.ma")]).await;
    assert_eq!((view.step, view.unconfirmed), (ComplainStep::Code, true));
    let old = kit.code(&browser.journey(), 1);
    let view = send(&mut browser, "code", &[("code", &old)]).await;
    assert_eq!(codes(&view.problems), ["E303"]);
    let new = kit.code(&browser.journey(), 2);
    let view = send(&mut browser, "code", &[("code", &new)]).await;
    assert_eq!((view.step, view.unconfirmed), (ComplainStep::Papers, false));
    attach(&mut browser, "", &[]).await;
    let view = confirm(&mut browser).await;
    let stored = kit.complaint(&view.reference).await;
    assert_eq!(
        (stored.email.as_str(), stored.email_confirmed),
        ("other@example.ma", true)
    );
    assert_eq!(
        (stored.phone, stored.note.as_str()),
        (None, ""),
        "emptied fields are empty"
    );
}

#[tokio::test]
async fn a_new_code_kills_the_old_one_and_comes_no_sooner_than_half_a_minute() {
    let kit = campus(Kit::new().await).await;
    let mut browser = at_code(&kit, Way::WrongData, &person(1), EMAIL).await;
    send(&mut browser, "code", &[("action", "resend")]).await;
    assert_eq!(kit.new_letters().await.len(), 1, "too soon");
    kit.wait(30 * SECOND);
    let view = send(&mut browser, "code", &[("action", "resend")]).await;
    assert!(view.code.unwrap().sent_again);
    assert_eq!(kinds(&kit.new_letters().await), [("code", EMAIL)]);
    let old = kit.code(&browser.journey(), 1);
    let view = send(&mut browser, "code", &[("code", &old)]).await;
    assert_eq!(codes(&view.problems), ["E303"]);
    let code = kit.code(&browser.journey(), 2);
    let view = send(&mut browser, "code", &[("code", &code)]).await;
    assert_eq!(view.step, ComplainStep::Papers);
}

#[tokio::test]
async fn a_language_switch_keeps_what_was_typed() {
    let kit = campus(Kit::new().await).await;
    for (way, step, fields) in [
        (
            Way::WrongData,
            ComplainStep::Data,
            vec![("birth_date", "half a d"), ("matter", "cannot_register")],
        ),
        (
            Way::Assisted,
            ComplainStep::Data,
            vec![("national_id", "JB4")],
        ),
        (
            Way::WrongData,
            ComplainStep::Reach,
            vec![("email", "meryem@"), ("note", "مرحبا")],
        ),
        (Way::WrongData, ComplainStep::Code, vec![]),
        (Way::WrongData, ComplainStep::Papers, vec![]),
        (Way::WrongData, ComplainStep::Check, vec![]),
    ] {
        let mut browser = at(&kit, way, step).await;
        let mut all = vec![("switch_language", "fr")];
        all.extend_from_slice(&fields);
        let view = send(&mut browser, step.name(), &all).await;
        assert_eq!((view.step, browser.lang), (step, Lang::Fr));
        for (name, value) in fields.iter().filter(|(name, _)| *name != "matter") {
            let field = Field::from_name(name).unwrap();
            assert_eq!(typed(&view, field), *value, "{step:?}");
        }
        let chosen = fields.contains(&("matter", "cannot_register"));
        assert_eq!(chosen, view.kind == ComplaintKind::CannotRegister);
    }
}

#[tokio::test]
async fn an_expired_journey_keeps_what_was_typed_and_says_so() {
    let kit = campus(Kit::new().await).await;
    for step in [
        ComplainStep::Reach,
        ComplainStep::Papers,
        ComplainStep::Check,
    ] {
        let mut browser = at(&kit, Way::WrongData, step).await;
        kit.wait(2 * HOUR);
        let view = complain(browser.reload().await);
        assert_eq!(
            (view.step, codes(&view.problems)),
            (ComplainStep::Data, vec!["E306"])
        );
        assert!(view.typed.is_empty(), "somebody else may sit there now");
        let view = send(
            &mut browser,
            step.name(),
            &[("consent", "yes"), ("email", EMAIL)],
        )
        .await;
        assert_eq!(
            (view.step, codes(&view.problems)),
            (ComplainStep::Data, vec!["E306"])
        );
        assert_eq!(typed(&view, Field::LastNameAr), "العلوي");
        assert!(view.unconfirmed);
        // Its documents are there until they are swept.
        let kept = usize::from(step == ComplainStep::Check) * FILES.len();
        assert_eq!(view.papers.len(), kept);
    }
}

#[tokio::test]
async fn another_browser_sees_and_moves_nothing() {
    for step in STEPS {
        let kit = campus(Kit::new().await).await;
        let mut owner = at(&kit, Way::WrongData, step).await;
        let mut thief = owner.clone();
        thief.secret = Some("5ec2e7".into());
        let query = owner.query.clone();
        let view = complain(thief.reload().await);
        assert_eq!((codes(&view.problems), view.typed.len()), (vec!["E306"], 0));
        for (of, fields) in FORMS.iter().filter(|(of, _)| *of != "data") {
            thief.query.clone_from(&query);
            let view = send(&mut thief, of, fields).await;
            assert_eq!(
                (view.step, codes(&view.problems)),
                (ComplainStep::Data, vec!["E306"])
            );
            assert!(view.typed.is_empty());
        }
        assert_eq!(complain(owner.reload().await).step, step);
    }
}

#[tokio::test]
async fn the_other_page_does_not_show_it() {
    let kit = campus(Kit::new().await).await;
    for (way, other) in [
        (Way::WrongData, Place::Assisted),
        (Way::Assisted, Place::Complain),
    ] {
        let mut browser = at_papers(&kit, way, &person(1), EMAIL).await;
        let query = browser.query.clone();
        let view = complain(browser.open(other.clone(), &query).await);
        assert_eq!(
            (view.step, codes(&view.problems)),
            (ComplainStep::Data, vec!["E306"])
        );
        // Above all, nobody gets past the code of assisted recovery by the other page.
        browser.query = query;
        let view = send(&mut browser, "check", &[("consent", "yes")]).await;
        assert_eq!(
            (view.step, codes(&view.problems)),
            (ComplainStep::Data, vec!["E306"])
        );
    }
}
