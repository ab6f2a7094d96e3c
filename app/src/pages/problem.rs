//! A page that is one problem: what happened, why, what to do (idea 3).

use miftah_messages::Text;
use miftah_rules::view::{ProblemView, ProblemsView, Retry};
use miftah_rules::{NextStep, Place, Problem};

use crate::Ctx;
use crate::html::{Html, IntoHtml, html};
use crate::ui::button::{self, Weight};
use crate::ui::office::office;
use crate::ui::printed::where_printed;
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::tasks::coded;
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
    let next = match &v.retry {
        Some(retry) => again(ctx, retry),
        None => next(ctx, met.problem, words.next),
    };
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
                {figures(ctx, met.problem)}
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

/// Where a number is printed, for problems with a number.
fn figures(ctx: &Ctx, problem: Problem) -> Option<Html> {
    let with_number = matches!(
        problem,
        Problem::NoRecord | Problem::Shape | Problem::DataMismatch
    );
    with_number.then(|| where_printed(ctx))
}

/// Where a problem leads, when it is a page.
fn next(ctx: &Ctx, problem: Problem, label: Text) -> Html {
    let href = match problem.next() {
        // The address that is open now: the page that could not be shown.
        NextStep::TryAgain | NextStep::Reload => Some(String::new()),
        NextStep::Complain => {
            let page = ctx.href(&Place::Complain);
            Some(format!("{page}?problem={}", problem.code()))
        }
        next => place(next).map(|place| ctx.href(&place)),
    };
    href.map(|href| button::link(Weight::Primary, href, label))
        .into_html()
}

/// The form that could not be carried out. What is secret has to be typed again where it is asked.
fn again(ctx: &Ctx, retry: &Retry) -> Html {
    let fields: Vec<_> = retry
        .fields
        .iter()
        .map(|(name, value)| {
            html! { <input type="hidden" name=name.clone() value=value.clone() /> }
        })
        .collect();
    html! {
        <form method="post" action=retry.action.clone()>
            {fields}
            {button::submit(Weight::Primary, ctx.texts.common_try_again())}
        </form>
    }
}

/// All problems, grouped by what the person was doing, or those that were looked for.
pub fn list(ctx: &Ctx, v: &ProblemsView) -> Body {
    let t = &ctx.texts;
    let groups = [
        ("E1", t.problems_group_1()),
        ("E2", t.problems_group_2()),
        ("E3", t.problems_group_3()),
        ("E4", t.problems_group_4()),
        ("E5", t.problems_group_5()),
        ("E6", t.problems_group_6()),
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
        {search(ctx, &v.typed)}
        {v.found.as_ref().map(|found| results(ctx, found))}
        {groups}
    };
    let parts = html! { <div class="beside-part">{office(ctx)}</div> };
    Body {
        sheet,
        beside: Beside::Parts(parts),
        form: Form::None,
    }
}

/// A form that asks, so it works without scripts and its answer has an address.
fn search(ctx: &Ctx, typed: &str) -> Html {
    let t = &ctx.texts;
    html! {
        <form class="search" method="get" action=ctx.href(&Place::Problems) role="search">
            <label class="field-label" for="q">{text("span", "", t.problems_search_label())}</label>
            {text("p", "field-hint", t.problems_search_hint())}
            <div class="search-line">
                <div class="control"><input id="q" name="q" type="search" dir="auto" maxlength="100" value=typed.to_owned() enterkeyhint="search" /></div>
                {button::submit(Weight::Second, t.problems_search_submit())}
            </div>
        </form>
    }
}

fn results(ctx: &Ctx, found: &[Problem]) -> Html {
    let t = &ctx.texts;
    if found.is_empty() {
        return html! {
            <section class="part" id="found" role="status">
                {text("h2", "", t.problems_found_none())} {text("p", "", t.problems_found_none_hint())}
            </section>
        };
    }
    let rows: Vec<_> = found
        .iter()
        .filter_map(|problem| row(ctx, *problem))
        .collect();
    html! {
        <section class="part" id="found" role="status">
            {text("h2", "", t.problems_found(found.len() as u64))} <ul class="tasks">{rows}</ul>
        </section>
    }
}

fn row(ctx: &Ctx, problem: Problem) -> Option<Html> {
    let words = ctx.texts.problem(problem.code())?;
    let place = Place::Problem(problem.code().to_owned());
    Some(coded(ctx, &place, words.title, problem.code()))
}

/// Where a problem's next step is, as far as it is a page of its own.
pub const fn place(next: NextStep) -> Option<Place> {
    match next {
        NextStep::Recover => Some(Place::Recover),
        NextStep::Register => Some(Place::Register),
        NextStep::SignIn => Some(Place::Login),
        NextStep::Home => Some(Place::Home),
        NextStep::Complain => Some(Place::Complain),
        NextStep::Assisted => Some(Place::Assisted),
        NextStep::TryAgain
        | NextStep::Reload
        | NextStep::NewCode
        | NextStep::StartAgain
        | NextStep::Office => None,
    }
}
