//! Problems as a person gets them: each with its next step, before any script runs.
#![cfg(feature = "ssr")]

use leptos::prelude::*;
use miftah_app::page;
use miftah_rules::profile::Institution;
use miftah_rules::view::{
    CloseView, Frame, LoginView, Page, PasswordView, ProblemView, Retry, View,
};
use miftah_rules::{Detail, Field, Lang, Problem, ProblemAt};

#[cfg(test)]
fn write(lang: Lang, page_view: Page) -> String {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../institutions/fsjes/institution.toml"
    );
    let institution: Institution = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let frame = Frame {
        lang,
        path: "/login".into(),
        query: String::new(),
        build: "test".into(),
        institution: institution.brief(lang),
        person: None,
        staff: false,
        dev: false,
    };
    Owner::new().with(|| {
        page(View {
            frame,
            page: page_view,
        })
        .write()
    })
}

/// The summary of a page: from its beginning to the form after it.
#[cfg(test)]
fn summary(html: &str) -> &str {
    let start = html.find("id=\"summary\"").unwrap();
    let rest = &html[start..];
    &rest[..rest.find("id=\"journey\"").unwrap_or(rest.len())]
}

#[cfg(test)]
fn login(met: ProblemAt) -> Page {
    Page::Login(LoginView {
        problems: vec![met],
        ..LoginView::default()
    })
}

#[test]
fn where_the_office_is_the_next_step_it_is_there() {
    for problem in [Problem::TooManyTries, Problem::AccountFrozen] {
        for lang in Lang::ALL {
            let html = write(lang, login(problem.alone()));
            let summary = summary(&html);
            assert!(summary.contains("href=\"tel:0528232817\""), "{problem:?}");
            assert!(summary.contains("mailto:"), "{problem:?}");
            assert!(summary.contains(problem.code()));
        }
    }
    let closing = Page::Close(CloseView {
        problems: vec![Problem::TooManyTries.alone()],
        ..CloseView::default()
    });
    assert!(summary(&write(Lang::Ar, closing)).contains("href=\"tel:"));
}

#[test]
fn a_forgotten_password_leads_to_recovery() {
    let html = write(Lang::Ar, login(Problem::SignInRefused.alone()));
    assert!(
        summary(&html).contains("action=\"/ar/recover\"")
            || summary(&html).contains("href=\"/ar/recover")
    );
    let password = Page::Password(PasswordView {
        problems: vec![Problem::CurrentPasswordWrong.at(Field::CurrentPassword)],
        ..PasswordView::default()
    });
    assert!(summary(&write(Lang::Fr, password)).contains("href=\"/fr/recover\""));
}

#[test]
fn every_problem_in_a_summary_leads_to_the_page_that_explains_it() {
    let html = write(Lang::En, login(Problem::Missing.at(Field::Handle)));
    assert!(summary(&html).contains("href=\"/en/problems/E105\""));
}

#[test]
fn what_could_not_be_done_can_be_sent_again_without_scripts() {
    let busy = ProblemView {
        problem: Problem::Busy.alone().with(Detail::WaitSeconds(5)),
        retry: Some(Retry {
            action: "/ar/register?j=1".into(),
            fields: vec![("email".into(), "a\"b@example.ma".into())],
        }),
    };
    let html = write(Lang::Ar, Page::Problem(busy));
    assert!(html.contains("<form method=\"post\" action=\"/ar/register?j=1\">"));
    assert!(html.contains("<input type=\"hidden\" name=\"email\" value=\"a&quot;b@example.ma\">"));
    // Without a form, the address that is open is asked for once more.
    let fault = ProblemView {
        problem: Problem::Fault.alone().with(Detail::Incident("0a1b".into())),
        retry: None,
    };
    let html = write(Lang::Fr, Page::Problem(fault));
    assert!(html.contains("href>") || html.contains("href=\"\""));
    assert!(html.contains("0a1b"));
}
