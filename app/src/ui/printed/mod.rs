//! Where a number is printed: the student card and the registration slip, drawn.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use miftah_messages::Text;

use super::text;
use crate::Ctx;
use crate::html::{Html, html};

/// Where the student number is printed.
pub fn where_printed(ctx: &Ctx) -> Html {
    let t = &ctx.texts;
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
            {figure("pictures/student-card.svg", "202", t.register_student_number_card())}
            {figure("pictures/registration-slip.svg", "220", t.register_student_number_slip())}
        </div>
    }
}
