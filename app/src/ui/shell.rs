//! What surrounds every page: skip link, masthead, languages, account menu, two planes, footer.

use leptos::prelude::*;
use miftah_messages::Text;
use miftah_rules::{Lang, Place};

use super::bars::bars;
use super::icon::{Icon, gate, icon, mark};
use super::office::office_at_foot;
use super::text;
use crate::Ctx;
use crate::title::Whereabouts;

/// A page's content: the sheet, and what stands beside it.
#[derive(Debug)]
pub struct Body {
    pub sheet: AnyView,
    pub beside: Beside,
    /// Whether the page has a form with id `journey`, so that switching the language keeps what
    /// was typed.
    pub form: Form,
}

#[derive(Debug)]
pub enum Beside {
    Nothing,
    Parts(AnyView),
    /// The navigation of a group of pages; it is a landmark of its own.
    Nav(AnyView),
    /// Entry pages: the deep plane with the gate.
    Gate(AnyView),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    None,
    Journey,
}

pub fn shell(ctx: &Ctx, whereabouts: Whereabouts, body: Body) -> AnyView {
    let t = &ctx.texts;
    let Body {
        sheet,
        beside,
        form,
    } = body;
    let frame_class = if matches!(beside, Beside::Nothing) {
        "frame frame-whole"
    } else {
        "frame"
    };
    view! {
        <a class="skip" href="#main">{text("span", "", t.common_skip_to_content())}</a>
        {masthead(ctx, form)}
        {bars(ctx)}
        <div class=frame_class>
            <main
                class="sheet"
                id="main"
                tabindex="-1"
                data-journey=whereabouts.journey
                data-step=whereabouts.step
            >
                {sheet}
            </main>
            {aside(ctx, beside)}
        </div>
        {footer(ctx)}
    }
    .into_any()
}

fn aside(ctx: &Ctx, beside: Beside) -> AnyView {
    let label = ctx.texts.common_office_title().bare();
    match beside {
        Beside::Nothing => ().into_any(),
        Beside::Parts(parts) => {
            view! { <aside class="beside" aria-label=label>{parts}</aside> }.into_any()
        }
        Beside::Nav(nav) => view! { <div class="beside">{nav}</div> }.into_any(),
        Beside::Gate(parts) => view! {
            <aside class="beside beside-deep" aria-label=label>
                {gate()}
                {parts}
            </aside>
        }
        .into_any(),
    }
}

fn masthead(ctx: &Ctx, form: Form) -> AnyView {
    let t = &ctx.texts;
    let institution = &ctx.frame.institution;
    view! {
        <header class="masthead">
            <a class="masthead-home" href=ctx.href(&Place::Home)>
                <img
                    class="masthead-logo"
                    src=ctx.asset("institution/logo.svg")
                    alt=""
                    width="40"
                    height="40"
                />
                <span class="masthead-names">
                    {text("span", "masthead-institution", Text::own(&institution.name))}
                    {text("span", "masthead-service", t.shell_service())}
                </span>
            </a>
            {(form == Form::Journey).then(enter_key)}
            <nav class="langs" aria-label=t.common_languages().bare()>
                {other_languages(ctx)
                    .map(|lang| language(ctx, lang, form, "langs-item", short_and_long(lang)))
                    .collect_view()}
            </nav>
            {ctx.frame.person.as_ref().map(|name| account_menu(ctx, name, form))}
        </header>
    }
    .into_any()
}

/// The Enter key presses the first button of a form in the page's order. Without this one that
/// would be a language. Not `hidden`: some browsers pass over buttons that are not drawn.
fn enter_key() -> AnyView {
    view! {
        <button class="visually-hidden" form="journey" tabindex="-1" aria-hidden="true"></button>
    }
    .into_any()
}

fn other_languages(ctx: &Ctx) -> impl Iterator<Item = Lang> + use<> {
    let shown = ctx.lang();
    Lang::ALL.into_iter().filter(move |lang| *lang != shown)
}

/// On a phone the short name is seen, from 480 px the long one.
fn short_and_long(lang: Lang) -> AnyView {
    view! {
        {text("span", "langs-long", Text::own(lang.own_name()))}
        <span class="langs-short" aria-hidden="true">
            {text("span", "", Text::own(&lang.tag().to_uppercase()))}
        </span>
    }
    .into_any()
}

/// On a page with a form the switch is a button of that form: what was typed goes along.
fn language(ctx: &Ctx, lang: Lang, form: Form, class: &'static str, words: AnyView) -> AnyView {
    let class = (!class.is_empty()).then_some(class);
    match form {
        Form::None => {
            let query = &ctx.frame.query;
            let mark = if query.is_empty() { "" } else { "?" };
            let href = format!("/{}{}{mark}{query}", lang.tag(), ctx.frame.path);
            view! {
                <a class=class href=href hreflang=lang.tag() lang=lang.tag() translate="no">
                    {words}
                </a>
            }
            .into_any()
        }
        Form::Journey => view! {
            <button
                class=class
                form="journey"
                formnovalidate=""
                name="switch_language"
                value=lang.tag()
                lang=lang.tag()
                translate="no"
            >
                {words}
            </button>
        }
        .into_any(),
    }
}

/// On a phone it holds the languages too, which give way to it in the masthead.
fn account_menu(ctx: &Ctx, name: &str, form: Form) -> AnyView {
    let t = &ctx.texts;
    let item = |place: &Place, label: Text| {
        let current = (place.path() == ctx.frame.path).then_some("page");
        view! {
            <li>
                <a href=ctx.href(place) aria-current=current>
                    {text("span", "", label)}
                </a>
            </li>
        }
    };
    let languages: Vec<_> = other_languages(ctx)
        .map(|lang| {
            let words = text("span", "", Text::own(lang.own_name()));
            view! { <li class="account-menu-langs">{language(ctx, lang, form, "", words)}</li> }
        })
        .collect();
    view! {
        <details class="account-menu">
            <summary aria-label=t.common_signed_in_as(name).bare()>
                {icon(Icon::Person)} {text("span", "account-menu-name", Text::typed(name))}
            </summary>
            <ul class="account-menu-list">
                {item(&Place::Account, t.common_nav_account())}
                {item(&Place::Sessions, t.shell_nav_sessions())} {languages}
                <li class="account-menu-out">
                    <form method="post" action=ctx.href(&Place::Logout)>
                        <button>{text("span", "", t.common_nav_logout())}</button>
                    </form>
                </li>
            </ul>
        </details>
    }
    .into_any()
}

fn footer(ctx: &Ctx) -> AnyView {
    let t = &ctx.texts;
    let item = |place: &Place, label: Text| {
        view! {
            <li>
                <a href=ctx.href(place)>{text("span", "", label)}</a>
            </li>
        }
    };
    view! {
        <footer class="footer">
            {office_at_foot(ctx)}
            <div class="footer-end">
                <ul class="footer-links">
                    {item(&Place::Problems, t.common_footer_problems())}
                    {item(&Place::Terms, t.common_footer_terms())}
                    {item(&Place::Privacy, t.common_footer_privacy())}
                </ul>
                <p class="footer-mark" translate="no">
                    {mark()} {text("span", "", t.common_product())}
                </p>
            </div>
        </footer>
    }
    .into_any()
}
