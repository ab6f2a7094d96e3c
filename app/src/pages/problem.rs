//! A page that is one problem: what happened, why, what to do (idea 3).

use leptos::prelude::*;
use miftah_messages::Text;
use miftah_rules::view::ProblemView;
use miftah_rules::{NextStep, Place};

use crate::Ctx;
use crate::ui::button::{self, Weight};
use crate::ui::office::office;
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::text;

pub fn page(ctx: &Ctx, v: ProblemView) -> Body {
    let t = &ctx.texts;
    let met = v.problem;
    let code = met.problem.code();
    let Some(words) = t.problem_met(&met) else {
        return Body {
            sheet: text("h1", "", Text::ltr(code)),
            beside: Beside::Nothing,
            form: Form::None,
        };
    };
    let detail = t.problem_detail(&met.detail);
    let next = place(met.problem.next())
        .map(|place| button::link(Weight::Primary, ctx.href(&place), words.next));
    let sheet = view! {
        <article class="problem" data-problem=code>
            <header class="title">
                {text("h1", "", words.title)} {text("p", "problem-code", t.problems_page_code(code))}
                {detail.map(|detail| text("p", "problem-code", detail))}
            </header>
            <section class="problem-what">
                {text("h2", "", t.problems_page_cause())} {text("p", "", words.cause)}
            </section>
            <section class="problem-what">
                {text("h2", "", t.problems_page_remedy())} {text("p", "", words.remedy)}
            </section>
            <div class="actions">{next}</div>
        </article>
    }
    .into_any();
    let parts = view! { <div class="beside-part">{office(ctx)}</div> }.into_any();
    Body {
        sheet,
        beside: Beside::Parts(parts),
        form: Form::None,
    }
}

/// Where a problem's next step is, as far as it is a page of its own.
pub const fn place(next: NextStep) -> Option<Place> {
    match next {
        NextStep::Recover => Some(Place::Recover),
        NextStep::Register => Some(Place::Register),
        NextStep::SignIn => Some(Place::Login),
        NextStep::Home | NextStep::Reload => Some(Place::Home),
        NextStep::TryAgain | NextStep::NewCode | NextStep::StartAgain | NextStep::Office => None,
    }
}
