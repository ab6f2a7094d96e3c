//! The step indicator: a key being cut.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use super::text;
use crate::Ctx;
use crate::html::{Html, html};

/// `now` counts from 1.
pub fn steps(ctx: &Ctx, now: usize, total: usize) -> Html {
    let teeth: Vec<_> = (1..=total)
        .map(|step| {
            let state = match step.cmp(&now) {
                std::cmp::Ordering::Less => Some("done"),
                std::cmp::Ordering::Equal => Some("now"),
                std::cmp::Ordering::Greater => None,
            };
            html! { <span class="steps-item" data-state=state></span> }
        })
        .collect();
    let words = ctx
        .texts
        .common_step_of(&now.to_string(), &total.to_string());
    html! {
        <div class="steps">
            {text("p", "steps-now", words)} <div class="steps-key" aria-hidden="true">
                {teeth}
            </div>
        </div>
    }
}
