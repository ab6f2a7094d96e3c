//! Nothing to register: somebody is signed in here, or this journey has opened its account.

use miftah_rules::{Place, Problem};

use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::office::office;
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::text;

/// An account is open in this browser.
pub(super) fn signed_in(ctx: &Ctx, name: &str) -> Body {
    let t = &ctx.texts;
    let sheet = html! {
        <header class="title">
            {text("h1", "", t.register_already_title())}
            {text("p", "title-lead", t.register_already_body(name))}
        </header>
        <div class="actions">
            {button::link(Weight::Primary, ctx.href(&Place::Home), t.login_already_continue())}
        </div>
        <section class="part">
            {text("p", "quiet", t.register_already_other())}
            <form class="actions" method="post" action=ctx.href(&Place::Logout)>
                {button::submit(Weight::Second, t.common_nav_logout())}
            </form>
        </section>
    };
    bare(sheet)
}

/// A second click, a reload or the way back after the account was opened.
pub(super) fn opened(ctx: &Ctx) -> Body {
    let t = &ctx.texts;
    let sheet = html! {
        <article class="problem" data-problem=Problem::JourneyOver.code()>
            <header class="title">
                {text("h1", "", t.register_opened_title())}
                {text("p", "title-lead", t.register_opened_body())}
            </header>
            <div class="actions">
                {button::link(Weight::Primary, ctx.href(&Place::Login), t.common_nav_login())}
                {button::link(Weight::Second, ctx.href(&Place::Home), t.common_back_home())}
            </div>
        </article>
    };
    bare(sheet)
}

/// Whoever is on the roll has an account (S1.0): how to get in the first time, and whom to ask.
pub(super) fn from_roll(ctx: &Ctx) -> Body {
    let t = &ctx.texts;
    let sheet = html! {
        <header class="title">
            {text("h1", "", t.register_from_roll_title())}
            {text("p", "title-lead", t.register_from_roll_body())}
        </header>
        <div class="actions">
            {button::link(
                Weight::Primary,
                ctx.href(&Place::Recover),
                t.register_from_roll_recover(),
            )}
            {button::link(Weight::Second, ctx.href(&Place::Login), t.common_nav_login())}
        </div>
        <section class="part">
            {text("h2", "", t.register_from_roll_ask_title())}
            {text("p", "", t.register_from_roll_ask())} {office(ctx)}
        </section>
    };
    bare(sheet)
}

const fn bare(sheet: Html) -> Body {
    Body {
        sheet,
        beside: Beside::Nothing,
        form: Form::None,
    }
}
