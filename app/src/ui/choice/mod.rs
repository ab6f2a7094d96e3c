//! One of a few: radio buttons in one frame.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use miftah_messages::Text;
use miftah_rules::{Field, ProblemAt};

use super::icon::{Icon, icon};
use super::{problems, text};
use crate::Ctx;
use crate::html::{Html, html};

/// One of the answers.
#[derive(Debug)]
pub struct Choice {
    pub value: &'static str,
    pub name: Text,
    pub detail: Option<Text>,
    pub icon: Option<Icon>,
}

/// The answers under their question. `chosen` is marked at first, if there is one.
pub fn choices(
    ctx: &Ctx,
    field: Field,
    legend: Text,
    answers: Vec<Choice>,
    chosen: Option<&'static str>,
    met: &[ProblemAt],
) -> Html {
    choices_in(ctx, "", field, legend, answers, chosen, met)
}

/// The same where a page has several of it: `scope` begins the ids of this one.
pub fn choices_in(
    ctx: &Ctx,
    scope: &str,
    field: Field,
    legend: Text,
    answers: Vec<Choice>,
    chosen: Option<&'static str>,
    met: &[ProblemAt],
) -> Html {
    let problem = problems::of(met, field);
    let described = problem
        .as_ref()
        .map(|_| format!("{}-problem", field.name()));
    let answers: Vec<_> = answers
        .into_iter()
        .enumerate()
        .map(|(place, answer)| {
            // The summary's link leads to the first answer.
            let id = (place == 0).then(|| format!("{scope}{}", field.name()));
            let is_chosen = chosen == Some(answer.value);
            one(field, answer, id, is_chosen, described.clone())
        })
        .collect();
    html! {
        <fieldset class="choices">
            <legend class="field-label">{text("span", "", legend)}</legend>
            {problem.as_ref().map(|met| problems::at_field(ctx, field, met))}
            <div class="choices-list">{answers}</div>
        </fieldset>
    }
}

fn one(
    field: Field,
    answer: Choice,
    id: Option<String>,
    is_chosen: bool,
    described: Option<String>,
) -> Html {
    html! {
        <label class="choice">
            <input
                type="radio"
                id=id
                name=field.name()
                value=answer.value
                checked=is_chosen
                aria-invalid=described.is_some().then_some("true")
                aria-describedby=described
            />
            {answer.icon.map(icon)}
            <span class="choice-words">
                {text("span", "choice-name", answer.name)}
                {answer.detail.map(|detail| text("span", "choice-detail", detail))}
            </span>
        </label>
    }
}
