//! Every icon, and the mark.

use super::{Icon, icon, mark};
use crate::Ctx;
use crate::gallery::{Example, example};
use crate::html::{Html, html};

pub(crate) fn examples(_ctx: &Ctx) -> Vec<Example> {
    let icons = [
        Icon::Tick,
        Icon::Open,
        Icon::Alert,
        Icon::Info,
        Icon::Mail,
        Icon::Phone,
        Icon::Computer,
        Icon::Person,
        Icon::Clock,
        Icon::Globe,
        Icon::Offline,
        Icon::Forward,
        Icon::Back,
    ];
    let icons = html! { <p>{icons.map(icon).into_iter().collect::<Html>()}</p> };
    vec![
        example("icon", icons),
        // The gate is looked at on the entry pages, which it fills.
        example("icon-mark", html! { <p class="footer-mark">{mark()}</p> }),
    ]
}
