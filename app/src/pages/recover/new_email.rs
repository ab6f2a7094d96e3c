//! The mailbox is lost: the address that takes its place.

use miftah_rules::Field;
use miftah_rules::view::RecoverView;

use super::{action, head, step, way_on};
use crate::Ctx;
use crate::html::html;
use crate::ui::button::{self, Weight};
use crate::ui::field::{self, Kind, Spec};
use crate::ui::problems;
use crate::ui::shell::{Beside, Body, Form};

pub(super) fn page(ctx: &Ctx, v: &RecoverView) -> Body {
    let t = &ctx.texts;
    let lead = v.email.as_deref().map(|now| t.recover_new_email_intro(now));
    let sheet = html! {
        {head(ctx, v, lead)}
        {problems::summary(ctx, &v.problems, &[Field::Email], way_on(ctx, v))}
        <form class="form" method="post" action=action(ctx, v) novalidate="" id="journey">
            {step(v)}
            {field::field(
                ctx,
                Spec {
                    field: Field::Email,
                    kind: Kind::Email,
                    label: t.recover_new_email_label(),
                    hint: Some(t.recover_new_email_hint()),
                    value: v.typed.get(&Field::Email).map_or("", String::as_str),
                    problems: &v.problems,
                    optional: false,
                },
            )}
            <div class="actions">
                {button::submit(Weight::Primary, t.recover_new_email_submit())}
                {button::action(Weight::Quiet, "keep", t.recover_new_email_keep())}
            </div>
        </form>
    };
    Body {
        sheet,
        beside: Beside::Nothing,
        form: Form::Journey,
    }
}
