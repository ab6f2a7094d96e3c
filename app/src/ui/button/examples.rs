//! Buttons by weight, links that look like them, and what the app makes of them.

use miftah_rules::Place;

use super::{Weight, link, submit};
use crate::Ctx;
use crate::gallery::{Example, example};
use crate::html::html;
use crate::ui::text;

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let all = html! {
        <div class="actions">
            {submit(Weight::Primary, t.common_continue())}
            {submit(Weight::Second, t.common_back())}
            {submit(Weight::Quiet, t.common_cancel())}
            {submit(Weight::Danger, t.common_remove())}
        </div>
    };
    let links = html! {
        <div class="actions">
            {link(Weight::Primary, ctx.href(&Place::Home), t.common_continue())}
            {link(Weight::Second, ctx.href(&Place::Home), t.common_back())}
            {link(Weight::Quiet, ctx.href(&Place::Home), t.common_cancel())}
        </div>
    };
    // As the app marks the pressed button, and the one for a new code while it waits.
    let states = html! {
        <div class="actions">
            <button class="button" aria-busy="true">
                {text("span", "", t.common_continue())}
            </button>
            <button class="button button-second" aria-disabled="true">
                {text("span", "", t.code_resend())}
            </button>
        </div>
    };
    vec![
        example("button", all),
        example("button-link", links),
        example("button-busy", states),
    ]
}
