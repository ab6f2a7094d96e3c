//! The browser's side: hydration, then pages without reloads.
//!
//! The client holds no route table: it asks for the view of an address and shows it (idea 7).

use leptos::mount::hydrate_from;
use leptos::prelude::*;
use miftah_messages::Texts;
use miftah_rules::view::{Page, View};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::ui::bars::Surroundings;
use crate::{document_ids, root};

mod fetch;
mod navigate;
mod present;
mod watch;

use navigate::Stage;

/// Hydrates the page with the texts of its language, and takes over its links and forms. A page
/// without a readable view, or with texts that are not this build's, is left as it is: it works as
/// plain HTML.
pub fn start(texts: &str) -> bool {
    begin(texts).is_some()
}

fn begin(texts: &str) -> Option<()> {
    let document = document();
    let element = document.get_element_by_id(document_ids::ROOT)?;
    let element = element.dyn_into::<HtmlElement>().ok()?;
    let view = read_view(&document)?;
    if !Texts::hand(view.frame.lang, texts) {
        return None;
    }
    let build = view.frame.build.as_str().into();
    // Both live as long as the page.
    let owner = Owner::new();
    let shown = owner.with(|| RwSignal::new(view));
    let surroundings = owner.with(Surroundings::default);
    hydrate_from(element, move || {
        provide_context(surroundings);
        root(shown)
    })
    .forget();
    watch::watch(surroundings);
    navigate::take_over(Stage {
        shown,
        surroundings,
        build,
    });
    std::mem::forget(owner);
    Some(())
}

fn read_view(document: &web_sys::Document) -> Option<View> {
    let text = document
        .get_element_by_id(document_ids::DATA)?
        .text_content()?;
    miftah_rules::json::read(&text).ok()
}

/// Asks for this page's view once more, and hands over what it shows now. Nothing happens without a
/// connection, or when the answer is not a view.
pub(crate) fn look_again(then: impl FnOnce(&Page) + 'static) {
    let window = window();
    let Ok(here) = window.location().href() else {
        return;
    };
    if !window.navigator().on_line() {
        return;
    }
    spawn_local(async move {
        if let Ok(reply) = fetch::view(&here).await
            && !reply.refused
        {
            then(&reply.view.page);
        }
    });
}
