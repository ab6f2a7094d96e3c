//! Free words, in as many lines as they take.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use miftah_messages::Text;
use miftah_rules::{Field, ProblemAt};

use super::{problems, text};
use crate::Ctx;
use crate::html::{Element, Html, html};

/// An area to show.
#[derive(Debug)]
pub struct Area<'a> {
    /// Begins the ids of this one where a page has several of the same field; problems link to the
    /// one without.
    pub scope: &'a str,
    pub field: Field,
    pub label: Text,
    pub hint: Text,
    pub value: &'a str,
    pub problems: &'a [ProblemAt],
    pub optional: bool,
}

/// The field, with what was typed.
pub fn area(ctx: &Ctx, area: Area<'_>) -> Html {
    let Area {
        scope,
        field,
        label,
        hint,
        value,
        problems: met,
        optional,
    } = area;
    let name = field.name();
    let problem = problems::of(met, field);
    let id = format!("{scope}{name}");
    let hint_id = format!("{id}-hint");
    let described = match problem {
        Some(_) => format!("{name}-problem {hint_id}"),
        None => hint_id.clone(),
    };
    let area = Element::new("textarea")
        .attr("id", id.clone())
        .attr("name", name)
        .attr("rows", "4")
        .attr("dir", "auto")
        .attr("maxlength", field.max().to_string())
        .attr("aria-describedby", described)
        .attr("aria-invalid", problem.is_some().then_some("true"));
    html! {
        <div class="field">
            <label class="field-label" for=id>
                {text("span", "", label)}
                {optional.then(|| text("span", "field-optional", ctx.texts.common_optional()))}
            </label>
            {text::text_with_id("p", "field-hint", hint_id, hint)}
            {problem.as_ref().map(|met| problems::at_field(ctx, field, met))}
            <div class="control">{text::lines(area, value)}</div>
        </div>
    }
}
