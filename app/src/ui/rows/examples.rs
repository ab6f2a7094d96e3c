//! Rows of a list, and a list of nothing.

use miftah_messages::Text;

use super::{empty, row};
use crate::Ctx;
use crate::gallery::{Example, example};
use crate::html::{Html, html};
use crate::ui::button::{Weight, submit};
use crate::ui::icon::Icon;
use crate::ui::text;

pub(crate) fn examples(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let here = html! {
        <span class="state" data-kind="good">
            {text("span", "", t.account_session_current())}
        </span>
    };
    let ago = |seconds| t.account_session_used(&t.ago(seconds).bare());
    let end = || submit(Weight::Quiet, t.account_session_end_there());
    let rows = html! {
        <ul class="rows">
            {row(Icon::Phone, Text::ltr("Chrome · Android"), vec![ago(130)], here)}
            {row(
                Icon::Computer,
                Text::ltr("Firefox · Windows"),
                vec![ago(90_000), t.date(2026, 9, 3)],
                end(),
            )}
            {row(Icon::Clock, t.act("password_changed"), vec![], Html::default())}
        </ul>
    };
    vec![
        example("rows", rows),
        example("rows-empty", empty(t.account_security_empty())),
    ]
}
