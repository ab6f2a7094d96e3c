//! Showing a view: the page, the document's title and language, focus and scroll.

use leptos::prelude::*;
use leptos::task::tick;
use miftah_rules::view::{Page, View};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{HtmlElement, SubmitEvent};

use crate::title;
use crate::ui::bars::Surroundings;

pub(super) async fn show(shown: RwSignal<View>, view: View) {
    let document = document();
    let lang = view.frame.lang;
    let has_problems = !view.problems().is_empty();
    document.set_title(&title::document_title(&view));
    if let Some(html) = document.document_element() {
        // The page's own locale is kept apart from `lang`, which translators rewrite.
        let _ = html.set_attribute("lang", lang.tag());
        let _ = html.set_attribute("dir", lang.dir().as_str());
        let _ = html.set_attribute("data-locale", lang.tag());
    }
    shown.set(view);
    tick().await;
    window().scroll_to_with_x_and_y(0.0, 0.0);
    focus(if has_problems { "#summary" } else { "main h1" });
}

/// Where reading goes on: the summary when there are problems, else the heading.
fn focus(selector: &str) {
    let Ok(Some(element)) = document().query_selector(selector) else {
        return;
    };
    let Ok(element) = element.dyn_into::<HtmlElement>() else {
        return;
    };
    if !element.has_attribute("tabindex") {
        let _ = element.set_attribute("tabindex", "-1");
    }
    let _ = element.focus();
}

/// No connection: the page stays as it is, with everything typed, and says so (E903).
pub(super) async fn offline(surroundings: Surroundings) {
    surroundings.offline.set(true);
    unmark_busy();
    tick().await;
    focus("#offline");
}

/// The server answered with a problem of its own (E900, E902 …): the page stays as it is, with
/// everything typed, and says so.
pub(super) async fn refused(surroundings: Surroundings, page: Page) {
    if let Page::Problem(met) = page {
        surroundings.offline.set(false);
        surroundings.refused.set(Some(met.problem));
    }
    unmark_busy();
    tick().await;
    focus("#refused");
}

/// The pressed button is busy until the answer is shown.
pub(super) fn mark_busy_on_submit() {
    let listener = Closure::<dyn Fn(SubmitEvent)>::new(|event: SubmitEvent| {
        let Some(button) = event.submitter() else {
            return;
        };
        if button.has_attribute("aria-busy") {
            // A double click: the first one is on its way.
            event.prevent_default();
            return;
        }
        let _ = button.set_attribute("aria-busy", "true");
    });
    let document = document();
    let _ = document.add_event_listener_with_callback("submit", listener.as_ref().unchecked_ref());
    listener.forget();
    let restored = Closure::<dyn Fn()>::new(unmark_busy);
    let _ =
        window().add_event_listener_with_callback("pageshow", restored.as_ref().unchecked_ref());
    restored.forget();
}

fn unmark_busy() {
    let Ok(list) = document().query_selector_all("[aria-busy]") else {
        return;
    };
    for index in 0..list.length() {
        let element = list
            .item(index)
            .and_then(|node| node.dyn_into::<web_sys::Element>().ok());
        if let Some(element) = element {
            let _ = element.remove_attribute("aria-busy");
        }
    }
}
