//! The code steps: of the account's own address, and of the one that takes its place.

use miftah_messages::Text;
use miftah_rules::Field;
use miftah_rules::view::RecoverView;

use super::{action, head, way_on};
use crate::Ctx;
use crate::html::html;
use crate::ui::code::{CodeStep, code_step};
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::{problems, text};

pub(super) fn page(ctx: &Ctx, v: &RecoverView) -> Body {
    any(ctx, v, ctx.texts.code_other_way())
}

pub(super) fn new_email(ctx: &Ctx, v: &RecoverView) -> Body {
    any(ctx, v, ctx.texts.code_change_address())
}

fn any(ctx: &Ctx, v: &RecoverView, change: Text) -> Body {
    let form = v.code.as_ref().map(|code| {
        let problems = &v.problems;
        let (action, step) = (action(ctx, v), v.step.name());
        code_step(
            ctx,
            CodeStep {
                code,
                problems,
                action,
                step,
                change: Some(change),
            },
        )
    });
    let sheet = html! {
        {head(ctx, v, None)}
        {problems::summary(ctx, &v.problems, &[Field::Code], way_on(ctx, v))}
        {form}
    };
    let parts = html! {
        <section class="beside-part">{text("p", "", ctx.texts.code_never_share())}</section>
    };
    Body {
        sheet,
        beside: Beside::Parts(parts),
        form: Form::Journey,
    }
}
