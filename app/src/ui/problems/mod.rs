//! Problems on a page: the summary first, and the same words at the field (frontend.md, "Look").

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use miftah_messages::Text;
use miftah_rules::{Field, NextStep, Place, Problem, ProblemAt};

use super::button::{self, Weight};
use super::icon::{Icon, icon};
use super::office::office;
use super::text;
use crate::Ctx;
use crate::html::{Html, IntoHtml, html};

/// The short sentence for a problem where it was met.
pub fn words(ctx: &Ctx, met: &ProblemAt) -> Text {
    let t = &ctx.texts;
    t.problem_met(met)
        .map_or_else(|| Text::ltr(met.problem.code()), |words| words.field)
}

/// All problems of the page; nothing when there are none. `linked` are the fields on the page;
/// `next` are the buttons and links that lead on, for a problem of the page as a whole.
pub fn summary(ctx: &Ctx, problems: &[ProblemAt], linked: &[Field], next: Html) -> Html {
    let Some(first) = problems.first() else {
        return Html::default();
    };
    let alone = first.field.is_none();
    let whole = ctx.texts.problem_met(first).filter(|_| alone);
    let title = whole.as_ref().map_or_else(
        || ctx.texts.common_problems_summary(problems.len() as u64),
        |words| words.title.clone(),
    );
    let items: Vec<_> = problems.iter().map(|met| item(ctx, met, linked)).collect();
    html! {
        <div class="summary" role="alert" tabindex="-1" id="summary" aria-labelledby="summary-title">
            {text::text_with_id("h2", "", "summary-title".into(), title)} <ul>{items}</ul>
            {next}
        </div>
    }
}

/// A field's problem is one link to it; a problem of the page says what to do about it.
fn item(ctx: &Ctx, met: &ProblemAt, linked: &[Field]) -> Html {
    let t = &ctx.texts;
    let line = match met.field.filter(|field| linked.contains(field)) {
        Some(field) => html! {
            <a href=format!("#{}", field.name())>{text("span", "", words(ctx, met))}</a>
        },
        None => {
            let remedy = t.problem_met(met).map(|words| words.remedy);
            remedy.map_or_else(|| text("span", "", words(ctx, met)), |r| text("p", "", r))
        }
    };
    let detail = t.problem_detail(&met.detail);
    let code = met.problem.code();
    let page = ctx.href(&Place::Problem(code.to_owned()));
    html! {
        <li data-problem=code>
            {line} {detail.map(|detail| text("p", "quiet", detail))}
            <a class="summary-code" href=page aria-label=t.problems_about(code).bare()>
                {text("span", "", Text::ltr(code))}
            </a>
        </li>
    }
}

/// What leads on from the first problem of a page, by its own next step. Pages that can carry over
/// what was typed write their own instead.
pub fn way_on(ctx: &Ctx, problems: &[ProblemAt]) -> Html {
    let Some(met) = problems.first() else {
        return Html::default();
    };
    let problem = met.problem;
    let place = match problem.next() {
        NextStep::Office => return office_for(ctx, problem),
        NextStep::Complain => return complaint_for(ctx, problem, None),
        NextStep::Assisted => return assisted_for(ctx, None),
        NextStep::Recover => Place::Recover,
        NextStep::Register => Place::Register,
        NextStep::SignIn => Place::Login,
        NextStep::Home => Place::Home,
        // These are on the page that has the problem.
        NextStep::TryAgain | NextStep::NewCode | NextStep::StartAgain | NextStep::Reload => {
            return Html::default();
        }
    };
    let label = ctx.texts.problem_met(met).map(|words| words.next);
    label
        .map(|label| {
            html! {
                <div class="actions">
                    {button::link(Weight::Second, ctx.href(&place), label)}
                </div>
            }
        })
        .into_html()
}

/// A complaint to the office, with what was typed in `journey` already in it (S0.4, S0.9).
pub fn complaint_for(ctx: &Ctx, problem: Problem, journey: Option<&str>) -> Html {
    let t = &ctx.texts;
    html! {
        <form class="offer" method="post" action=ctx.href(&Place::Complain)>
            {text("p", "offer-title", t.complaint_offer_title())}
            {text("p", "", t.complaint_offer())}
            {journey.map(|id| button::hidden("from", id.to_owned()))}
            {button::hidden("problem", problem.code().into())}
            <div class="actions">
                {button::submit(Weight::Second, t.complaint_offer_link())}
            </div>
        </form>
    }
}

/// Recovery with the office's help, with what was typed in `journey` already in it (S0.12).
pub fn assisted_for(ctx: &Ctx, journey: Option<&str>) -> Html {
    html! {
        <form class="actions" method="post" action=ctx.href(&Place::Assisted)>
            {journey.map(|id| button::hidden("from", id.to_owned()))}
            {button::submit(Weight::Second, ctx.texts.complaint_offer_assisted())}
        </form>
    }
}

/// The office, and the code to tell it.
pub fn office_for(ctx: &Ctx, problem: Problem) -> Html {
    html! {
        {office(ctx)}
        {text("p", "quiet", ctx.texts.common_office_tell_code(problem.code()))}
    }
}

/// The paragraph at a field.
pub fn at_field(ctx: &Ctx, field: Field, met: &ProblemAt) -> Html {
    let id = format!("{}-problem", field.name());
    html! {
        <p class="field-problem" id=id data-problem=met.problem.code()>
            {icon(Icon::Alert)} {text("span", "", words(ctx, met))}
        </p>
    }
}

/// The first problem of a field.
pub fn of(problems: &[ProblemAt], field: Field) -> Option<ProblemAt> {
    problems
        .iter()
        .find(|met| met.field == Some(field))
        .cloned()
}
