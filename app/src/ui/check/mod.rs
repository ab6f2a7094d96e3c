//! A box to tick, with the sentence it agrees to.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use miftah_messages::Text;
use miftah_rules::{Field, ProblemAt};

use super::{problems, text};
use crate::Ctx;
use crate::html::{Html, html};

/// The box, its problem above it and what belongs to it below.
pub fn check(
    ctx: &Ctx,
    field: Field,
    label: Text,
    checked: bool,
    met: &[ProblemAt],
    below: Html,
) -> Html {
    let name = field.name();
    let problem = problems::of(met, field);
    html! {
        <div class="field">
            {problem.as_ref().map(|met| problems::at_field(ctx, field, met))}
            <label class="check">
                <input
                    type="checkbox"
                    id=name
                    name=name
                    value="yes"
                    checked=checked
                    aria-describedby=problem.is_some().then(|| format!("{name}-problem"))
                    aria-invalid=problem.is_some().then_some("true")
                />
                {text("span", "check-words", label)}
            </label>
            {below}
        </div>
    }
}
