//! Terms and privacy: the institution's own text in the portal's frame.

use miftah_messages::{Text, Texts};
use miftah_rules::date::Date;
use miftah_rules::view::{Section, TermsAsk, TextKind, TextView};
use miftah_rules::{Field, Place};

use crate::Ctx;
use crate::html::{Html, html};
use crate::ui::button::{self, Weight};
use crate::ui::shell::{Beside, Body, Form};
use crate::ui::text;

pub fn page(ctx: &Ctx, v: &TextView) -> Body {
    let t = &ctx.texts;
    let sections: Vec<_> = v.sections.iter().map(section).collect();
    let back = register_href(ctx).map(|href| {
        let link = button::link(Weight::Primary, href, t.legal_back_to_form());
        html! { <div class="actions">{link}</div> }
    });
    let asks = v.asks.as_ref();
    let sheet = html! {
        <header class="title">
            {text("h1", "", title(t, v.kind))}
            {asks.map(|_| text("p", "title-lead", t.legal_accept_lead()))}
            {text("p", "quiet", t.legal_version(&version(t, &v.version).bare()))}
        </header>
        {sections}
        {back}
        {asks.map(|asks| accept(ctx, v, asks))}
    };
    Body {
        sheet,
        beside: Beside::Nothing,
        form: match asks {
            Some(_) => Form::Journey,
            None => Form::None,
        },
    }
}

/// Accept, or sign out: there is no third way (S3.4).
fn accept(ctx: &Ctx, v: &TextView, asks: &TermsAsk) -> Html {
    let t = &ctx.texts;
    html! {
        <form class="form" method="post" action=ctx.href(&Place::Terms) id="journey">
            {button::hidden("version", v.version.clone())}
            {asks.then.clone().map(|then| button::hidden("then", then))}
            {asks.news.map(|news| button::hidden("news", news.name().into()))}
            {button::hidden(Field::Terms.name(), "yes".into())}
            <div class="actions">{button::submit(Weight::Primary, t.legal_accept())}</div>
        </form>
        <form class="actions" method="post" action=ctx.href(&Place::Logout)>
            {button::submit(Weight::Second, t.legal_decline())}
        </form>
    }
}

pub fn title(t: &Texts, kind: TextKind) -> Text {
    match kind {
        TextKind::Terms => t.legal_terms_title(),
        TextKind::Privacy => t.legal_privacy_title(),
    }
}

fn section(section: &Section) -> Html {
    let paragraphs: Vec<_> = section
        .paragraphs
        .iter()
        .map(|words| text("p", "", Text::own(words)))
        .collect();
    html! {
        <section class="part">
            {text("h2", "", Text::own(&section.title))} {paragraphs}
        </section>
    }
}

/// A version is a date; one that is not is shown as the institution wrote it.
fn version(t: &Texts, version: &str) -> Text {
    Date::parse(version).map_or_else(
        |_| Text::own(version),
        |date| t.date(date.year(), date.month(), date.day()),
    )
}

/// The way back for somebody who came from the middle of a registration.
fn register_href(ctx: &Ctx) -> Option<String> {
    let id = ctx.frame.query.strip_prefix("j=")?;
    let plain = id.len() == 36 && id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    plain.then(|| format!("{}?j={id}", ctx.href(&Place::Register)))
}
