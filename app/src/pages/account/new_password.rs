//! `/account/password`: the current password, then the new one twice.

use miftah_rules::view::PasswordView;
use miftah_rules::{Field, Place};

use super::{back, body, current_password};
use crate::Ctx;
use crate::html::html;
use crate::ui::button::{self, Weight};
use crate::ui::new_password::new_password;
use crate::ui::shell::{Body, Form};
use crate::ui::{problems, text};

pub fn page(ctx: &Ctx, v: &PasswordView) -> Body {
    let t = &ctx.texts;
    let linked = [
        Field::CurrentPassword,
        Field::Password,
        Field::PasswordAgain,
    ];
    let sheet = html! {
        <header class="title">
            {back(ctx.href(&Place::Account), t.account_title())}
            {text("h1", "", t.account_password_title())}
            {text("p", "title-lead", t.account_password_intro())}
        </header>
        {problems::summary(ctx, &v.problems, &linked, problems::way_on(ctx, &v.problems))}
        <form
            class="form"
            method="post"
            action=ctx.posts_to(&Place::Password, &v.trail)
            novalidate=""
            id="journey"
        >
            {button::hidden("since", v.since.to_string())}
            {current_password(ctx, None, &v.problems)} {new_password(ctx, &v.hints, &v.problems)}
            <div class="actions">
                {button::submit(Weight::Primary, t.account_password_submit())}
                {button::link(
                    Weight::Quiet,
                    ctx.href(&Place::Recover),
                    t.account_password_forgot(),
                )}
            </div>
        </form>
    };
    // Every field is secret, so the language switch has nothing to keep and is a link.
    body(ctx, &Place::Password, Form::None, sheet)
}
