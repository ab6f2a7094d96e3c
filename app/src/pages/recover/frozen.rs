//! The account is frozen: what happens next, and whom to see (S0.5).

use crate::Ctx;
use crate::html::html;
use crate::ui::notice::{self, Kind};
use crate::ui::office::office;
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::text;

pub(super) fn page(ctx: &Ctx) -> Body {
    let t = &ctx.texts;
    let name = &ctx.frame.institution.office.name;
    let sheet = html! {
        <header class="title">{text("h1", "", t.recover_frozen_title())}</header>
        {notice::notice(Kind::Good, t.recover_frozen_body(), None)}
        <section class="part">
            {text("h2", "", t.recover_frozen_next_title())} <ol class="problem-do">
                <li>{text("p", "", t.recover_frozen_next_told(name))}</li>
                <li>{text("p", "", t.recover_frozen_next_check())}</li>
                <li>{text("p", "", t.recover_frozen_next_open())}</li>
            </ol> {text("p", "", t.recover_frozen_hurry())}
        </section>
    };
    let parts = html! { <div class="beside-part">{office(ctx)}</div> };
    Body {
        sheet,
        beside: Beside::Parts(parts),
        form: Form::None,
    }
}
