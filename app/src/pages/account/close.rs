//! `/account/close`: what closing entails, then the tick and the password.

use miftah_rules::view::CloseView;
use miftah_rules::{Field, Place};

use super::{action, back, body, current_password};
use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
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
            action=action(ctx, &Place::CloseAccount, &v.trail)
            novalidate=""
            id="journey"
        >
            {current_password(ctx, None, &v.problems)} {consent(ctx, v)} <div class="actions">
                {button::submit(Weight::Danger, t.account_close_submit())}
                {button::link(Weight::Quiet, ctx.href(&Place::Account), t.account_close_keep())}
            </div>
        </form>
    };
    body(ctx, &Place::CloseAccount, Form::None, sheet)
}

/// Never ticked beforehand, nor after a refusal: it is a decision, not data.
fn consent(ctx: &Ctx, v: &CloseView) -> Html {
    let name = Field::Consent.name();
    let problem = problems::of(&v.problems, Field::Consent);
    html! {
        <div class="field">
            {problem.as_ref().map(|met| problems::at_field(ctx, Field::Consent, met))}
            <label class="check">
                <input
                    type="checkbox"
                    id=name
                    name=name
                    value="yes"
                    aria-describedby=problem.is_some().then(|| format!("{name}-problem"))
                    aria-invalid=problem.is_some().then_some("true")
                />
                {text("span", "check-words", ctx.texts.account_close_consent())}
            </label>
        </div>
    }
}
