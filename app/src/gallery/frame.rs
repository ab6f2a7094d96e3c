//! What surrounds a page, and a page that is one problem.

use std::sync::Arc;

use leptos::prelude::*;
use miftah_rules::view::{Frame, Moment, ProblemView};
use miftah_rules::{Detail, Lang, Problem, ProblemAt};

use super::{Example, among, example};
use crate::Ctx;
use crate::html::Html;
use crate::pages::problem;
use crate::ui::bars::{Surroundings, bars};
use crate::ui::shell::{Form, masthead};

pub(super) fn examples(ctx: &Ctx) -> Vec<Example> {
    let offline = Surroundings {
        offline: RwSignal::new(true),
        ..Surroundings::default()
    };
    let translated = Surroundings {
        translated: RwSignal::new(true),
        ..Surroundings::default()
    };
    let refused = Surroundings {
        refused: RwSignal::new(Some(Problem::Busy.alone())),
        ..Surroundings::default()
    };
    let moment = Moment {
        year: 2026,
        month: 9,
        day: 3,
        hour: 17,
        minute: 5,
    };
    let saved = Surroundings {
        saved: RwSignal::new(Some(moment)),
        ..Surroundings::default()
    };
    let renewed = Surroundings {
        renewed: RwSignal::new(true),
        ..Surroundings::default()
    };
    let incident = Problem::Fault
        .alone()
        .with(Detail::Incident("7F3K-20".into()));
    vec![
        example("bars-offline", among(offline, || bars(ctx))),
        example("bars-translated", among(translated, || bars(ctx))),
        example("bars-refused", among(refused, || bars(ctx))),
        example("bars-saved", among(saved, || bars(ctx))),
        example("bars-renewed", among(renewed, || bars(ctx))),
        example("shell-visitor", masthead(ctx, Form::None)),
        example("shell-signed-in", masthead(&signed_in(ctx), Form::None)),
        example("problem-page", one(ctx, Problem::NoRecord.alone())),
        example("problem-page-fault", one(ctx, incident)),
    ]
}

/// Somebody's page: the masthead has the menu of their account.
fn signed_in(ctx: &Ctx) -> Ctx {
    let name = match ctx.lang() {
        // As the roll has it: Salma in Arabic letters.
        Lang::Ar => "\u{633}\u{644}\u{645}\u{649}",
        Lang::Fr | Lang::En => "Salma",
    };
    Ctx::new(Arc::new(Frame {
        person: Some(name.to_owned()),
        ..(*ctx.frame).clone()
    }))
}

fn one(ctx: &Ctx, problem: ProblemAt) -> Html {
    problem::page(
        ctx,
        ProblemView {
            problem,
            retry: None,
        },
    )
    .sheet
}
