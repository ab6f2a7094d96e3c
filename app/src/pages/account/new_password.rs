//! `/account/password`: the current password, then the new one twice.

use miftah_messages::{Text, Texts};
use miftah_rules::view::{Due, PasswordView};
use miftah_rules::{Field, Place};

use super::{back, body, current_password};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::new_password::new_password;
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::{problems, text};

pub fn page(ctx: &Ctx, v: &PasswordView) -> Body {
    match v.due {
        Due::No => body(ctx, &Place::Password, Form::None, form(ctx, v)),
        Due::Told => alone(due(ctx)),
        Due::Form => alone(form(ctx, v)),
    }
}

/// Heading of the page, also in the document's title.
pub fn title(t: &Texts, v: &PasswordView) -> Text {
    match v.due {
        Due::Told => t.account_due_title(),
        Due::No | Due::Form => t.account_password_title(),
    }
}

/// Nothing else is reachable, so nothing else is offered.
const fn alone(sheet: Html) -> Body {
    Body {
        sheet,
        beside: Beside::Nothing,
        form: Form::None,
    }
}

/// Signed in with a temporary password: it has to be changed, now or after the next sign-in (S1.4).
fn due(ctx: &Ctx) -> Html {
    let t = &ctx.texts;
    html! {
        <header class="title">
            {text("h1", "", t.account_due_title())}
            {text("p", "title-lead", t.account_due_body())}
        </header>
        <div class="actions">
            {button::link(
                Weight::Primary,
                ctx.href(&Place::Password),
                t.account_due_change(),
            )}
        </div>
        <section class="part">
            {text("p", "quiet", t.account_due_close_hint())}
            <form class="actions" method="post" action=ctx.href(&Place::Logout)>
                {button::submit(Weight::Second, t.account_due_close())}
            </form>
        </section>
    }
}

fn form(ctx: &Ctx, v: &PasswordView) -> Html {
    let t = &ctx.texts;
    let is_due = v.due == Due::Form;
    let (intro, hint) = match is_due {
        true => (t.account_due_intro(), Some(t.account_due_current_hint())),
        false => (t.account_password_intro(), None),
    };
    let linked = [
        Field::CurrentPassword,
        Field::Password,
        Field::PasswordAgain,
    ];
    let back = (!is_due).then(|| back(ctx.href(&Place::Account), t.account_title()));
    // Every field is secret, so the language switch has nothing to keep and is a link.
    html! {
        <header class="title">
            {back} {text("h1", "", title(t, v))} {text("p", "title-lead", intro)}
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
            {current_password(ctx, hint, &v.problems)} {new_password(ctx, &v.hints, &v.problems)}
            <div class="actions">
                {button::submit(Weight::Primary, t.account_password_submit())}
                {(!is_due)
                    .then(|| {
                        button::link(
                            Weight::Quiet,
                            ctx.href(&Place::Recover),
                            t.account_password_forgot(),
                        )
                    })}
            </div>
        </form>
    }
}
