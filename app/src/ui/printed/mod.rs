//! Where a number is printed: the student card and the registration slip, drawn.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use miftah_messages::Text;

use super::text;
use crate::Ctx;
use crate::html::{Html, html};

/// Where the roll's number is printed: drawn, or told where nobody has drawn the institution's papers.
pub fn where_printed(ctx: &Ctx) -> Html {
    let t = &ctx.texts;
    let institution = &ctx.frame.institution;
    if !institution.pictures {
        return text("p", "", Text::own(&institution.number.printed_on));
    }
    let figure = |file: &'static str, height: &'static str, words: Text| {
        html! {
            <figure class="figure">
                <img src=ctx.asset(file) alt="" width="320" height=height loading="lazy" />
                {text("figcaption", "", words)}
            </figure>
        }
    };
    html! {
        <div class="pair">
            {figure("pictures/student-card.svg", "202", t.register_number_card())}
            {figure("pictures/registration-slip.svg", "220", t.register_number_slip())}
        </div>
    }
}
