//! Last step: the account's e-mail, seen at last, and a new password.

use miftah_messages::Text;
use miftah_rules::Field;
use miftah_rules::view::RecoverView;

use super::{action, head, step, way_on};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::facts::fact;
use crate::ui::new_password::new_password;
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::{problems, text};

pub(super) fn page(ctx: &Ctx, v: &RecoverView) -> Body {
    let t = &ctx.texts;
    let email = v.email.clone().unwrap_or_default();
    let sheet = html! {
        {head(ctx, v, None)}
        {problems::summary(
            ctx,
            &v.problems,
            &[Field::Password, Field::PasswordAgain],
            way_on(ctx, v),
        )}
        <dl class="facts">{fact(t.recover_account_email(), Text::ltr(&email))}</dl>
        {text("p", "quiet", t.recover_account_email_hint())}
        <form class="form" method="post" action=action(ctx, v) novalidate="" id="journey">
            {step(v)}
            <input type="text" autocomplete="username" value=email readonly="" hidden="" />
            {new_password(ctx, &v.hints, &v.problems)}
            {text("p", "quiet", t.recover_password_consequence())} <div class="actions">
                {button::submit(Weight::Primary, t.recover_password_submit())}
            </div>
        </form>
        {v.may_replace_email.then(|| replace_email(ctx, v))}
    };
    Body {
        sheet,
        beside: Beside::Nothing,
        form: Form::Journey,
    }
}

/// A form of its own, so that the Enter key in a password field never means this button.
fn replace_email(ctx: &Ctx, v: &RecoverView) -> Html {
    let t = &ctx.texts;
    html! {
        <section class="part">
            {text("h2", "", t.recover_replace_email())}
            <form class="actions" method="post" action=action(ctx, v)>
                {step(v)}
                {button::action(Weight::Second, "replace_email", t.recover_replace_email_button())}
            </form>
        </section>
    }
}
