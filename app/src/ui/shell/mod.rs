//! What surrounds every page: skip link, masthead, languages, account menu, two planes, footer.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use miftah_messages::Text;
use miftah_rules::{Lang, Place};

use super::bars::bars;
use super::icon::{Icon, gate, icon, mark};
use super::office::office_at_foot;
use super::text;
use crate::Ctx;
use crate::html::{Html, html};
use crate::title::Whereabouts;

/// A page's content: the sheet, and what stands beside it.
#[derive(Debug)]
pub struct Body {
    pub sheet: Html,
    pub beside: Beside,
    /// Whether the page has a form with id `journey`, so that switching the language keeps what
    /// was typed.
    pub form: Form,
}

#[derive(Debug)]
pub enum Beside {
    Nothing,
    Parts(Html),
    /// The navigation of a group of pages; it is a landmark of its own.
    Nav(Html),
    /// Entry pages: the deep plane with the gate.
    Gate(Html),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    None,
    Journey,
}

pub fn shell(ctx: &Ctx, whereabouts: Whereabouts, body: Body) -> Html {
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
    html! {
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
}

fn aside(ctx: &Ctx, beside: Beside) -> Html {
    let label = ctx.texts.common_office_title().bare();
    match beside {
        Beside::Nothing => Html::default(),
        Beside::Parts(parts) => {
            html! { <aside class="beside" aria-label=label>{parts}</aside> }
        }
        Beside::Nav(nav) => html! { <div class="beside">{nav}</div> },
        Beside::Gate(parts) => html! {
            <aside class="beside beside-deep" aria-label=label>
                {gate()}
                {parts}
            </aside>
        },
    }
}

pub(crate) fn masthead(ctx: &Ctx, form: Form) -> Html {
    let t = &ctx.texts;
    let institution = &ctx.frame.institution;
    html! {
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
                    .map(|lang| language(ctx, lang, form, "langs-item", short_and_long(lang))).collect::<Html>()}
            </nav>
            {ctx.frame.person.as_ref().map(|name| account_menu(ctx, name, form))}
        </header>
    }
}

/// The Enter key presses the first button of a form in the page's order. Without this one that
/// would be a language. Not `hidden`: some browsers pass over buttons that are not drawn.
fn enter_key() -> Html {
    html! {
        <button class="visually-hidden" form="journey" tabindex="-1" aria-hidden="true"></button>
    }
}

fn other_languages(ctx: &Ctx) -> impl Iterator<Item = Lang> + use<> {
    let shown = ctx.lang();
    Lang::ALL.into_iter().filter(move |lang| *lang != shown)
}

/// On a phone the short name is seen, from 480 px the long one.
fn short_and_long(lang: Lang) -> Html {
    html! {
        {text("span", "langs-long", Text::own(lang.own_name()))}
        <span class="langs-short" aria-hidden="true">
            {text("span", "", Text::own(&lang.tag().to_ascii_uppercase()))}
        </span>
    }
}

/// On a page with a form the switch is a button of that form: what was typed goes along.
fn language(ctx: &Ctx, lang: Lang, form: Form, class: &'static str, words: Html) -> Html {
    let class = (!class.is_empty()).then_some(class);
    match form {
        Form::None => {
            let query = &ctx.frame.query;
            let mark = if query.is_empty() { "" } else { "?" };
            let href = format!("/{}{}{mark}{query}", lang.tag(), ctx.frame.path);
            html! {
                <a class=class href=href hreflang=lang.tag() lang=lang.tag() translate="no">
                    {words}
                </a>
            }
        }
        Form::Journey => html! {
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
        },
    }
}

/// On a phone it holds the languages too, which give way to it in the masthead.
fn account_menu(ctx: &Ctx, name: &str, form: Form) -> Html {
    let t = &ctx.texts;
    let item = |place: &Place, label: Text| {
        let current = (place.path() == ctx.frame.path).then_some("page");
        html! {
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
            html! { <li class="account-menu-langs">{language(ctx, lang, form, "", words)}</li> }
        })
        .collect();
    html! {
        <details class="account-menu">
            <summary aria-label=t.common_signed_in_as(name).bare()>
                {icon(Icon::Person)} {text("span", "account-menu-name", Text::typed(name))}
            </summary>
            <ul class="account-menu-list">
                {item(&Place::Account, t.common_nav_account())}
                {item(&Place::Password, t.home_task_password())}
                {item(&Place::Sessions, t.shell_nav_sessions())} {languages}
                <li class="account-menu-out">
                    <form method="post" action=ctx.href(&Place::Logout)>
                        <button>{text("span", "", t.common_nav_logout())}</button>
                    </form>
                </li>
            </ul>
        </details>
    }
}

fn footer(ctx: &Ctx) -> Html {
    let t = &ctx.texts;
    let item = |place: &Place, label: Text| {
        html! {
            <li>
                <a href=ctx.href(place)>{text("span", "", label)}</a>
            </li>
        }
    };
    html! {
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
}
