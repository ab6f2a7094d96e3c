//! Rows that lead somewhere: what can be done, and why.

use miftah_messages::Text;
use miftah_rules::Place;

use super::icon::{Icon, icon};
use super::text;
use crate::Ctx;
use crate::html::{Html, html};

/// One row; the whole of it answers to its link.
pub fn task(ctx: &Ctx, place: &Place, label: Text, detail: Option<Text>) -> Html {
    html! {
        <li class="task">
            <div class="task-words">
                <a class="task-link" href=ctx.href(place)>
                    {text("span", "", label)}
                </a>
                {detail.map(|detail| text("span", "task-detail", detail))}
            </div>
            {icon(Icon::Forward)}
        </li>
    }
}
