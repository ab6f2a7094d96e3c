//! `/account/close`: what closing entails, then the tick and the password.

use miftah_rules::view::CloseView;
use miftah_rules::{Field, Place};

use super::{back, body, current_password};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::check::check;
use crate::ui::icon::{Icon, icon_with};
use crate::ui::shell::{Body, Form};
use crate::ui::{problems, text};

pub fn page(ctx: &Ctx, v: &CloseView) -> Body {
    let t = &ctx.texts;
    let entails: Vec<_> = [
        t.account_close_sign_in(),
        t.account_close_addresses(),
        t.account_close_roll(),
        t.account_close_again(),
    ]
    .into_iter()
    .map(|line| {
        html! {
            <li class="rules-item">
                {icon_with(Icon::Open, "rules-open")} {text("span", "", line)}
            </li>
        }
    })
    .collect();
    let data = format!("{}#data", ctx.href(&Place::Account));
    let linked = [Field::CurrentPassword, Field::Consent];
    // Never ticked beforehand, nor after a refusal: it is a decision, not data.
    let consent = check(
        ctx,
        Field::Consent,
        t.account_close_consent(),
        false,
        &v.problems,
        Html::default(),
    );
    let sheet = html! {
        <header class="title">
            {back(ctx.href(&Place::Account), t.account_title())}
            {text("h1", "", t.account_close_title())}
        </header>
        {problems::summary(ctx, &v.problems, &linked, problems::way_on(ctx, &v.problems))}
        <section class="part">
            {text("p", "", t.account_close_intro())} <ul class="rules">{entails}</ul>
            <a class="link" href=data>
                {text("span", "", t.account_close_download_first())}
            </a>
        </section>
        <form
            class="form"
            method="post"
            action=ctx.posts_to(&Place::CloseAccount, &v.trail)
            novalidate=""
            id="journey"
        >
            {current_password(ctx, None, &v.problems)} {consent}
            <div class="actions">
                {button::submit(Weight::Danger, t.account_close_submit())}
                {button::link(Weight::Quiet, ctx.href(&Place::Account), t.account_close_keep())}
            </div>
        </form>
    };
    body(ctx, &Place::CloseAccount, Form::None, sheet)
}
