//! Notices, steps, contact, confirmation: parts without input.

use super::Example;
use crate::Ctx;
use crate::html::html;
use crate::ui::icon::{gate, mark};
use crate::ui::notice::{Kind, notice};
use crate::ui::office::office;
use crate::ui::steps::steps;

pub(super) fn examples(ctx: &Ctx) -> Vec<Example> {
    let t = &ctx.texts;
    let told = |kind| notice(kind, t.code_missing(), Some(t.code_missing_wait()));
    let example = |name, shown| Example { name, shown };
    vec![
        example("notice-info", told(Kind::Info)),
        example("notice-good", told(Kind::Good)),
        example("notice-warn", told(Kind::Warn)),
        example("notice-danger", told(Kind::Danger)),
        example("steps-first", steps(ctx, 1, 4)),
        example("steps-last", steps(ctx, 4, 4)),
        example("office", office(ctx)),
        example("mark", mark()),
        example(
            "gate",
            html! { <div class="beside beside-deep">{gate()}</div> },
        ),
    ]
}
