//! Third step: the code.

use miftah_rules::Field;
use miftah_rules::view::{RegisterStep, RegisterView};

use super::{action, head};
use crate::Ctx;
use crate::html::html;
use crate::ui::code::{CodeStep, code_step};
use crate::ui::shell::{Beside, Body, Form};

pub(super) fn page(ctx: &Ctx, v: &RegisterView) -> Body {
    let step = v.code.as_ref().map(|code| {
        code_step(
            ctx,
            CodeStep {
                code,
                problems: &v.problems,
                action: action(ctx, v),
                step: RegisterStep::Code.name(),
                change: Some(ctx.texts.code_change_address()),
            },
        )
    });
    let link = ctx
        .frame
        .institution
        .activation_link
        .then(|| ctx.texts.register_code_or_link());
    let sheet = html! {
        {head(ctx, v, link, &[Field::Code])} {step}
    };
    Body {
        sheet,
        beside: Beside::Nothing,
        form: Form::Journey,
    }
}
