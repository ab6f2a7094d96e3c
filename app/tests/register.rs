//! The pages of a registration as a person gets them before any script runs.
#![cfg(feature = "ssr")]

use std::collections::BTreeMap;

use leptos::prelude::*;
use miftah_app::page;
use miftah_rules::profile::Institution;
use miftah_rules::view::{
    Already, Channel, CodeView, Frame, Page, RegisterStep, RegisterView, TextKind, TextView, Trail,
    View,
};
use miftah_rules::{Field, Lang, Problem};

const ID: &str = "01a200b6-25f9-76d1-95b2-c20c7cd1b8b6";

#[cfg(test)]
fn render(page_view: Page, query: &str) -> String {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../institutions/fsjes/institution.toml"
    );
    let institution: Institution = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let frame = Frame {
        lang: Lang::Ar,
        path: "/register".into(),
        query: query.into(),
        build: "test".into(),
        institution: institution.brief(Lang::Ar),
        person: None,
        staff: false,
        dev: false,
    };
    Owner::new().with(|| {
        page(View {
            frame,
            page: page_view,
        })
        .to_html()
    })
}

fn at(step: RegisterStep) -> RegisterView {
    RegisterView {
        trail: Trail {
            journey: Some(ID.into()),
            from: None,
        },
        step,
        code: (step == RegisterStep::Code).then(|| CodeView {
            sent_to: Some("meryem@example.ma".into()),
            channel: Channel::Email,
            resend_in: 30,
            minutes: 10,
            sent_again: false,
            form: miftah_rules::code::CodeForm::Digits,
            delivery: None,
        }),
        ..RegisterView::default()
    }
}

fn register(view: RegisterView) -> String {
    render(Page::Register(view), "")
}

/// The tags of a kind, from `<` to `>`.
#[cfg(test)]
fn tags<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let open = format!("<{name}");
    html.match_indices(&open)
        .map(|(start, _)| {
            let rest = &html[start..];
            &rest[..=rest.find('>').unwrap()]
        })
        .collect()
}

#[test]
fn every_step_posts_to_its_journey_and_says_which_step_it_is() {
    for step in RegisterStep::ALL {
        let html = register(at(step));
        let form = tags(&html, "form")
            .into_iter()
            .find(|tag| tag.contains("id=\"journey\""))
            .unwrap();
        assert!(
            form.contains(&format!("action=\"/ar/register?j={ID}\"")),
            "{form}"
        );
        let hidden = format!("name=\"step\" value=\"{}\"", step.name());
        assert!(html.contains(&hidden), "{step:?}");
        assert!(
            html.contains(&format!("data-step=\"{}\"", step.name())),
            "{step:?}"
        );
        assert!(!html.contains("data-problem"), "{step:?}");
    }
}

#[test]
fn x1_enter_sends_the_form_and_does_not_switch_the_language() {
    for step in RegisterStep::ALL {
        let html = register(at(step));
        let first = tags(&html, "button")[0];
        assert!(
            first.contains("form=\"journey\"") && !first.contains("name="),
            "{first}"
        );
    }
}

#[test]
fn a_problem_stands_in_the_summary_and_is_tied_to_its_field() {
    for (step, field, problem) in [
        (RegisterStep::Who, Field::StudentNumber, Problem::Shape),
        (RegisterStep::Who, Field::BirthDate, Problem::DateShape),
        (RegisterStep::Contact, Field::Phone, Problem::PhoneShape),
        (
            RegisterStep::Contact,
            Field::Terms,
            Problem::TermsNotAccepted,
        ),
        (RegisterStep::Code, Field::Code, Problem::CodeWrong),
        (
            RegisterStep::Password,
            Field::Password,
            Problem::PasswordShort,
        ),
    ] {
        let html = register(RegisterView {
            problems: vec![problem.at(field)],
            ..at(step)
        });
        let mark = format!("data-problem=\"{}\"", problem.code());
        assert_eq!(html.matches(&mark).count(), 2, "{problem:?}");
        assert!(html.contains(&format!("href=\"#{}\"", field.name())));
        let id = format!("id=\"{}\"", field.name());
        let input = tags(&html, "input")
            .into_iter()
            .find(|tag| tag.contains(&id))
            .unwrap();
        assert!(input.contains("aria-invalid=\"true\""), "{input}");
        assert!(
            input.contains(&format!("{}-problem", field.name())),
            "{input}"
        );
    }
}

#[test]
fn s0_5_an_account_that_exists_leads_to_recovery_by_a_post_without_data_in_the_address() {
    let html = register(RegisterView {
        problems: vec![Problem::AccountExists.alone()],
        typed: BTreeMap::from([(Field::StudentNumber, "R000000001".into())]),
        ..at(RegisterStep::Who)
    });
    assert!(html.contains("data-problem=\"E102\""));
    let form = tags(&html, "form")
        .into_iter()
        .find(|tag| tag.contains("/ar/recover\""))
        .unwrap();
    assert!(form.contains("method=\"post\""), "{form}");
    assert!(html.contains(&format!("name=\"from\" value=\"{ID}\"")));
}

#[test]
fn s0_4_an_unknown_record_shows_where_the_number_is_printed_then_the_office_first() {
    let unknown = |mismatches| {
        register(RegisterView {
            problems: vec![Problem::NoRecord.alone()],
            mismatches,
            ..at(RegisterStep::Who)
        })
    };
    let summary = |html: &str| {
        let start = html.find("id=\"summary\"").unwrap();
        html[start..html.find("id=\"journey\"").unwrap()].to_owned()
    };
    let first = unknown(1);
    assert!(summary(&first).contains("student-card.svg"));
    assert!(summary(&first).contains("registration-slip.svg"));
    assert!(!summary(&first).contains("tel:"));
    assert!(summary(&unknown(2)).contains("tel:0528232817"));
}

#[test]
fn an_account_that_is_there_is_said_and_nothing_is_asked() {
    let signed_in = register(RegisterView {
        already: Already::SignedIn("<b>مريم</b>".into()),
        ..RegisterView::default()
    });
    assert!(signed_in.contains("&lt;b&gt;") && !signed_in.contains("<b>"));
    assert!(
        tags(&signed_in, "form")
            .iter()
            .any(|tag| tag.contains("/ar/logout"))
    );
    let opened = register(RegisterView {
        already: Already::Opened,
        problems: vec![Problem::JourneyOver.alone()],
        ..RegisterView::default()
    });
    assert!(opened.contains("data-problem=\"E306\"") && opened.contains("href=\"/ar/login\""));
    for html in [signed_in, opened] {
        assert!(!html.contains("id=\"journey\""));
    }
}

#[test]
fn the_terms_lead_back_to_the_form_they_were_read_from() {
    let terms = |query: &str| {
        let view = TextView {
            kind: TextKind::Terms,
            version: "2026-09-01".into(),
            sections: vec![],
            asks: None,
        };
        render(Page::Text(view), query)
    };
    let back = format!("href=\"/ar/register?j={ID}\"");
    assert!(terms(&format!("j={ID}")).contains(&back));
    for other in ["", "j=", "j=\"><script>", "x=1"] {
        assert!(!terms(other).contains("/ar/register?j="), "{other}");
    }
}
