//! Sign-in (S0.1).

use leptos::prelude::*;
use miftah_rules::view::LoginView;
use miftah_rules::{Field, Place, Problem};

use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::check::check;
use crate::ui::field::{self, Kind, Spec};
use crate::ui::notice;
use crate::ui::password::{Role, password};
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::{problems, robot, text};

pub fn page(ctx: &Ctx, v: LoginView) -> Body {
    let t = &ctx.texts;
    let action = action(ctx, &v);
    let title = if v.problems.is_empty() {
        notices(ctx, &v)
    } else {
        Html::default()
    };
    let refused = v.problems.iter().any(|met| {
        matches!(
            met.problem,
            Problem::SignInRefused | Problem::TemporaryPasswordExpired
        )
    });
    let next = if refused {
        recover_button(ctx, &v)
    } else {
        problems::way_on(ctx, &v.problems)
    };
    let typed = RwSignal::new(String::new());
    let sheet = html! {
        <header class="title">{text("h1", "", t.login_title())}</header>
        {title}
        {problems::summary(ctx, &v.problems, &[Field::Handle, Field::Password, Field::RobotCode], next)}
        <form class="form" method="post" action=action novalidate="" id="journey">
            {v.then.clone().map(|then| button::hidden("then", then))}
            {field::field(
                ctx,
                Spec {
                    field: Field::Handle,
                    kind: Kind::Handle,
                    label: t.login_handle_label(),
                    hint: None,
                    value: &v.handle,
                    problems: &v.problems,
                    optional: false,
                },
            )}
            {password(
                ctx,
                Field::Password,
                Role::Current,
                t.login_password_label(),
                &v.problems,
                typed,
                Html::default(),
            )}
            {check(
                ctx,
                Field::Keep,
                t.login_keep_label(),
                v.keep,
                &v.problems,
                Html::default(),
            )}
            {robot::robot(ctx, v.robot, &v.problems)}
            <div class="actions">
                {button::submit(Weight::Primary, t.login_submit())}
                {button::link(Weight::Quiet, recover_href(ctx, &v), t.login_forgot())}
            </div>
        </form>
    };
    Body {
        sheet,
        beside: Beside::Gate(beside(ctx)),
        form: Form::Journey,
    }
}

/// The form posts to the page it is on, with the journey it belongs to.
fn action(ctx: &Ctx, v: &LoginView) -> String {
    ctx.posts_to(&Place::Login, &v.trail)
}

/// Recovery takes what was typed here along (S0.1).
fn recover_href(ctx: &Ctx, v: &LoginView) -> String {
    let href = ctx.href(&Place::Recover);
    match &v.trail.journey {
        Some(id) => format!("{href}?from={id}"),
        None => href,
    }
}

fn recover_button(ctx: &Ctx, v: &LoginView) -> Html {
    let t = &ctx.texts;
    html! {
        <div class="actions">
            {button::link(Weight::Second, recover_href(ctx, v), t.login_refused_recover_button())}
        </div>
    }
}

fn notices(ctx: &Ctx, v: &LoginView) -> Html {
    let t = &ctx.texts;
    if v.signed_out {
        return notice::success(t.login_signed_out_title(), Some(t.login_signed_out_body()));
    }
    if v.closed {
        return notice::success(t.account_closed_title(), Some(t.account_closed_body()));
    }
    if v.session_ended {
        return notice::notice(
            notice::Kind::Info,
            t.login_session_over_title(),
            Some(t.login_session_over_body()),
        );
    }
    Html::default()
}

fn beside(ctx: &Ctx) -> Html {
    let t = &ctx.texts;
    html! {
        <section class="beside-part">
            {text("h2", "", t.login_new_here())}
            {button::link(
                Weight::Second,
                ctx.href(&Place::Register),
                t.login_new_here_link(),
            )}
        </section>
    }
}
