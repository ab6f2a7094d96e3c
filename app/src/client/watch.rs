//! Watching the page's surroundings: the connection coming back, a translator at work.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{MutationObserver, MutationObserverInit};

use crate::ui::bars::Surroundings;

pub(super) fn watch(surroundings: Surroundings) {
    let online = Closure::<dyn Fn()>::new(move || surroundings.offline.set(false));
    let _ = window().add_event_listener_with_callback("online", online.as_ref().unchecked_ref());
    online.forget();
    notice_translation(surroundings);
}

/// Translators mark the root element: Chrome adds a class, others change `lang`. The page's own
/// language is kept in `data-locale`.
fn notice_translation(surroundings: Surroundings) {
    let look = move || {
        let Some(root) = document().document_element() else {
            return;
        };
        let marked = root.class_name().contains("translated-");
        let changed = root.get_attribute("lang") != root.get_attribute("data-locale");
        let translated = marked || changed;
        if surroundings.translated.get_untracked() != translated {
            surroundings.translated.set(translated);
        }
    };
    look();
    let callback = Closure::<dyn Fn()>::new(look);
    let Ok(observer) = MutationObserver::new(callback.as_ref().unchecked_ref()) else {
        return;
    };
    callback.forget();
    let Some(root) = document().document_element() else {
        return;
    };
    let what = MutationObserverInit::new();
    what.set_attributes(true);
    let _ = observer.observe_with_options(&root, &what);
    std::mem::forget(observer);
}
