//! Last step: the password.

use miftah_rules::Field;
use miftah_rules::view::{RegisterStep, RegisterView};

use super::{action, head, typed};
use crate::Ctx;
use crate::html::html;
use crate::ui::button::{self, Weight};
use crate::ui::new_password::new_password;
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::text;

pub(super) fn page(ctx: &Ctx, v: &RegisterView) -> Body {
    let t = &ctx.texts;
    let address = typed(v, Field::Email);
    let sheet = html! {
        {head(
            ctx,
            v,
            Some(t.register_password_intro()),
            &[Field::Password, Field::PasswordAgain],
        )}
        <form class="form" method="post" action=action(ctx, v) novalidate="" id="journey">
            {button::hidden("step", RegisterStep::Password.name().into())}
            // For the password manager: which name the password goes with.
            <input type="text" autocomplete="username" value=address.to_owned() readonly="" hidden="" />
            {text("p", "", t.register_password_account(address))}
            {new_password(ctx, &v.hints, &v.problems)}
            <div class="actions">
                {button::submit(Weight::Primary, t.register_password_submit())}
            </div>
        </form>
    };
    Body {
        sheet,
        beside: Beside::Nothing,
        form: Form::Journey,
    }
}
