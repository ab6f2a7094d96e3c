//! Rows that lead somewhere: what can be done, and why.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use miftah_messages::Text;
use miftah_rules::Place;

use super::icon::{Icon, icon};
use super::text;
use crate::Ctx;
use crate::html::{Html, html};

/// One row; the whole of it answers to its link. A sentence stands below it.
pub fn task(ctx: &Ctx, place: &Place, label: Text, detail: Option<Text>) -> Html {
    let detail = detail.map(|detail| text("span", "task-detail", detail));
    row(ctx, place, label, detail.unwrap_or_default())
}

/// The same with a code at its end.
pub fn coded(ctx: &Ctx, place: &Place, label: Text, code: &str) -> Html {
    row(
        ctx,
        place,
        label,
        text("span", "task-code", Text::ltr(code)),
    )
}

fn row(ctx: &Ctx, place: &Place, label: Text, more: Html) -> Html {
    html! {
        <li class="task">
            <div class="task-words">
                <a class="task-link" href=ctx.href(place)>
                    {text("span", "", label)}
                </a>
                {more}
            </div>
            {icon(Icon::Forward)}
        </li>
    }
}
