//! Watching the page's surroundings: the connection coming back, a translator at work.

use std::cell::Cell;

use leptos::prelude::*;
use miftah_rules::view::Moment;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventTarget, MutationObserver, MutationObserverInit};

use crate::ui::bars::Surroundings;

pub(super) fn watch(surroundings: Surroundings) {
    let online = Closure::<dyn Fn()>::new(move || surroundings.offline.set(false));
    let _ = window().add_event_listener_with_callback("online", online.as_ref().unchecked_ref());
    online.forget();
    notice_translation(surroundings);
    notice_copy(surroundings);
    notice_new_version(surroundings);
}

/// The service worker marks a page that it kept (`frontend/sw.js`).
fn notice_copy(surroundings: Surroundings) {
    let saved = document()
        .document_element()
        .and_then(|root| root.get_attribute("data-saved"))
        .and_then(|at| at.parse::<f64>().ok());
    let Some(at) = saved else {
        return;
    };
    let date = js_sys::Date::new(&JsValue::from_f64(at));
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    surroundings.saved.set(Some(Moment {
        year: u16::try_from(date.get_full_year()).unwrap_or_default(),
        month: small(date.get_month() + 1),
        day: small(date.get_date()),
        hour: small(date.get_hours()),
        minute: small(date.get_minutes()),
    }));
}

/// A service worker of another build takes the page over when a new version is there.
fn notice_new_version(surroundings: Surroundings) {
    let Ok(workers) = js_sys::Reflect::get(&window().navigator(), &"serviceWorker".into()) else {
        return;
    };
    let Ok(workers) = workers.dyn_into::<EventTarget>() else {
        return;
    };
    // The first worker of all brings nothing new.
    let has_one = js_sys::Reflect::get(&workers, &"controller".into())
        .is_ok_and(|controller| controller.is_truthy());
    let has_one = Cell::new(has_one);
    let renewed = Closure::<dyn Fn()>::new(move || {
        if has_one.replace(true) {
            surroundings.renewed.set(true);
        }
    });
    let _ = workers
        .add_event_listener_with_callback("controllerchange", renewed.as_ref().unchecked_ref());
    renewed.forget();
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
