//! Bars below the masthead that tell of the page's surroundings: no connection (E903), a browser
//! that translates the page.

use leptos::prelude::*;
use miftah_rules::{Lang, Problem};

use super::icon::{Icon, icon};
use super::text;
use crate::Ctx;
use crate::html::{Html, html};

/// What is known of the page's surroundings; only the browser ever learns any of it.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings {
    /// The last thing asked of the server did not get through.
    pub offline: RwSignal<bool>,
    /// The browser's translator is at work.
    pub translated: RwSignal<bool>,
}

impl Default for Surroundings {
    fn default() -> Self {
        Self {
            offline: RwSignal::new(false),
            translated: RwSignal::new(false),
        }
    }
}

pub fn bars(ctx: &Ctx) -> Html {
    let Surroundings {
        offline,
        translated,
    } = use_context().unwrap_or_default();
    let (at_offline, at_translated) = (ctx.clone(), ctx.clone());
    html! {
        {move || offline.get().then(|| offline_bar(&at_offline))}
        {move || translated.get().then(|| translated_bar(&at_translated))}
    }
}

fn offline_bar(ctx: &Ctx) -> Html {
    html! {
        <p class="bar" id="offline" role="alert" tabindex="-1" data-problem=Problem::Offline.code()>
            {icon(Icon::Offline)} {text("span", "", ctx.texts.common_offline_bar())}
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
