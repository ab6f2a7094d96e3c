//! Bars below the masthead that tell of the page's surroundings: no connection (E903), a browser
//! that translates the page.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use leptos::prelude::*;
use miftah_rules::view::Moment;
use miftah_rules::{Lang, Problem, ProblemAt};

use super::icon::{Icon, icon};
use super::text;
use crate::Ctx;
use crate::html::{Html, html};

/// What is known of the page's surroundings; only the browser ever learns any of it.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings {
    /// A page was asked for a while ago and is not there yet.
    pub loading: RwSignal<bool>,
    /// The last thing asked of the server did not get through.
    pub offline: RwSignal<bool>,
    /// What the server answered instead of doing what the form of this page asked for.
    pub refused: RwSignal<Option<ProblemAt>>,
    /// The browser's translator is at work.
    pub translated: RwSignal<bool>,
    /// The page is a copy that the browser kept, read at this moment of the device's own clock.
    pub saved: RwSignal<Option<Moment>>,
    /// A newer version of the portal is there.
    pub renewed: RwSignal<bool>,
}

impl Default for Surroundings {
    fn default() -> Self {
        Self {
            loading: RwSignal::new(false),
            offline: RwSignal::new(false),
            refused: RwSignal::new(None),
            translated: RwSignal::new(false),
            saved: RwSignal::new(None),
            renewed: RwSignal::new(false),
        }
    }
}

pub fn bars(ctx: &Ctx) -> Html {
    let Surroundings {
        loading,
        offline,
        refused,
        translated,
        saved,
        renewed,
    } = use_context().unwrap_or_default();
    let [
        at_loading,
        at_offline,
        at_refused,
        at_translated,
        at_saved,
        at_renewed,
    ] = [(); 6].map(|()| ctx.clone());
    html! {
        {move || loading.get().then(|| loading_line(&at_loading))}
        {move || offline.get().then(|| offline_bar(&at_offline))}
        {move || refused.get().map(|met| refused_bar(&at_refused, &met))}
        {move || saved.get().map(|moment| saved_bar(&at_saved, moment))}
        {move || renewed.get().then(|| renewed_bar(&at_renewed))}
        {move || translated.get().then(|| translated_bar(&at_translated))}
    }
}

/// A line that grows along the masthead.
fn loading_line(ctx: &Ctx) -> Html {
    html! {
        <p class="wait" role="status">
            {text("span", "visually-hidden", ctx.texts.common_loading())}
        </p>
    }
}

fn offline_bar(ctx: &Ctx) -> Html {
    html! {
        <p class="bar" id="offline" role="alert" tabindex="-1" data-problem=Problem::Offline.code()>
            {icon(Icon::Offline)} {text("span", "", ctx.texts.common_offline_bar())}
        </p>
    }
}

/// Nothing was lost and nothing was done: the same button works again.
fn refused_bar(ctx: &Ctx, met: &ProblemAt) -> Html {
    let t = &ctx.texts;
    let words = t.problem_met(met);
    let detail = t.problem_detail(&met.detail);
    html! {
        <div class="bar" id="refused" role="alert" tabindex="-1" data-problem=met.problem.code()>
            {icon(Icon::Alert)}
            {words.map(|words| html! { {text("strong", "", words.title)} {text("span", "", words.remedy)} })}
            {detail.map(|detail| text("span", "", detail))}
        </div>
    }
}

/// A copy says so: what it shows may have changed since.
fn saved_bar(ctx: &Ctx, moment: Moment) -> Html {
    let t = &ctx.texts;
    let date = t.date(moment.year, moment.month, moment.day);
    let when = t.date_time(&date, moment.hour, moment.minute);
    html! {
        <p class="bar" id="saved" role="status">
            {icon(Icon::Offline)} {text("span", "", t.common_offline_copy(&when.bare()))}
        </p>
    }
}

/// The new version comes with the next page anyway; whoever stays on this one is told.
fn renewed_bar(ctx: &Ctx) -> Html {
    let t = &ctx.texts;
    let mark = if ctx.frame.query.is_empty() { "" } else { "?" };
    let href = format!(
        "/{}{}{mark}{}",
        ctx.lang().tag(),
        ctx.frame.path,
        ctx.frame.query
    );
    html! {
        <p class="bar" id="renewed" role="status">
            {icon(Icon::Info)} {text("span", "", t.common_renewed())}
            <a href=href>{text("span", "", t.common_renewed_reload())}</a>
        </p>
    }
}

/// The same page in a language somebody wrote it in.
fn translated_bar(ctx: &Ctx) -> Html {
    let links = Lang::ALL.into_iter().map(|lang| {
        let href = format!("/{}{}", lang.tag(), ctx.frame.path);
        html! {
            <a href=href hreflang=lang.tag() lang=lang.tag() translate="no">
                {text("span", "", miftah_messages::Text::own(lang.own_name()))}
            </a>
        }
    });
    html! {
        <p class="bar" role="status">
            {icon(Icon::Globe)} {text("span", "", ctx.texts.common_translated_body())}
            {links.collect::<Html>()}
        </p>
    }
}
