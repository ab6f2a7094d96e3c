//! The page behind an activation link (norm 3): nothing happens before its button is pressed, and in a
//! browser that did not begin the registration a password goes with it.

use miftah_messages::{Text, Texts};
use miftah_rules::view::{ActivateState, ActivateView, PasswordHints};
use miftah_rules::{Field, Place, Problem};

use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::new_password::new_password;
use crate::ui::office::office;
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::{problems, text};

pub fn page(ctx: &Ctx, v: &ActivateView) -> Body {
    let t = &ctx.texts;
    let (lead, content, form) = match v.state {
        ActivateState::Here => (
            v.first_name
                .as_ref()
                .map(|name| t.register_activate_hello(name)),
            here(ctx, v),
            Form::Journey,
        ),
        ActivateState::Elsewhere => (
            Some(t.register_activate_elsewhere(&v.email)),
            elsewhere(ctx, v),
            Form::Journey,
        ),
        ActivateState::Over => (None, over(ctx), Form::None),
    };
    let sheet = html! {
        <header class="title">
            {text("h1", "", title(t, v))} {lead.map(|lead| text("p", "title-lead", lead))}
        </header>
        {content}
    };
    let parts = html! { <div class="beside-part">{office(ctx)}</div> };
    Body {
        sheet,
        beside: Beside::Parts(parts),
        form,
    }
}

/// The heading.
pub fn title(t: &Texts, v: &ActivateView) -> Text {
    match v.state {
        ActivateState::Over => t.register_activate_over_title(),
        ActivateState::Here | ActivateState::Elsewhere => t.register_activate_title(),
    }
}

fn here(ctx: &Ctx, v: &ActivateView) -> Html {
    let t = &ctx.texts;
    html! {
        {text("p", "", t.register_activate_here(&v.email))}
        <form class="form" method="post" action=ctx.here() id="journey">
            <div class="actions">
                {button::submit(Weight::Primary, t.register_activate_button())}
            </div>
        </form>
    }
}

fn elsewhere(ctx: &Ctx, v: &ActivateView) -> Html {
    let t = &ctx.texts;
    let fields = [Field::Password, Field::PasswordAgain];
    html! {
        {problems::summary(ctx, &v.problems, &fields, Html::default())}
        <form class="form" method="post" action=ctx.here() novalidate="" id="journey">
            // For the password manager: which name the password goes with.
            <input
                type="text"
                autocomplete="username"
                value=v.email.clone()
                readonly=""
                hidden=""
            />
            {new_password(ctx, &PasswordHints::default(), &v.problems)}
            <div class="actions">
                {button::submit(Weight::Primary, t.register_activate_button())}
            </div>
        </form>
    }
}

fn over(ctx: &Ctx) -> Html {
    let t = &ctx.texts;
    html! {
        <article class="problem" data-problem=Problem::JourneyOver.code()>
            {text("p", "", t.register_activate_over_body())}
            <div class="actions">
                {button::link(Weight::Primary, ctx.href(&Place::Login), t.common_nav_login())}
                {button::link(Weight::Second, ctx.href(&Place::Register), t.register_title())}
            </div>
        </article>
    }
}
