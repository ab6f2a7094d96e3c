//! A page that is one problem: what happened, why, what to do (idea 3).

use miftah_messages::Text;
use miftah_rules::view::ProblemView;
use miftah_rules::{NextStep, Place, Problem};

use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::office::office;
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::tasks::task;
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
    let sheet = html! {
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
    };
    let parts = html! { <div class="beside-part">{office(ctx)}</div> };
    Body {
        sheet,
        beside: Beside::Parts(parts),
        form: Form::None,
    }
}

/// All problems, grouped by what the person was doing.
pub fn list(ctx: &Ctx) -> Body {
    let t = &ctx.texts;
    let groups = [
        ("E1", t.problems_group_1()),
        ("E2", t.problems_group_2()),
        ("E3", t.problems_group_3()),
        ("E4", t.problems_group_4()),
        ("E9", t.problems_group_9()),
    ];
    let groups: Vec<_> = groups
        .into_iter()
        .map(|(class, title)| {
            let rows: Vec<_> = Problem::ALL
                .iter()
                .filter(|problem| problem.code().starts_with(class))
                .filter_map(|problem| row(ctx, *problem))
                .collect();
            html! {
                <section class="part">
                    {text("h2", "", title)} <ul class="tasks">{rows}</ul>
                </section>
            }
        })
        .collect();
    let sheet = html! {
        <header class="title">
            {text("h1", "", t.problems_list_title())}
            {text("p", "title-lead", t.problems_list_intro())}
        </header>
        {groups}
    };
    let parts = html! { <div class="beside-part">{office(ctx)}</div> };
    Body {
        sheet,
        beside: Beside::Parts(parts),
        form: Form::None,
    }
}

fn row(ctx: &Ctx, problem: Problem) -> Option<Html> {
    let words = ctx.texts.problem(problem.code())?;
    let place = Place::Problem(problem.code().to_owned());
    let code = Text::ltr(problem.code());
    Some(task(ctx, &place, words.title, Some(code)))
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
