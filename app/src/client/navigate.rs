//! Links and forms without reloads, through the browser's Navigation API. Where there is none,
//! the browser loads whole pages.
//!
//! The API has one event for links, forms, back and forward alike, so there is one listener.

use std::cell::Cell;

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::{FormData, Url};

use super::fetch::{self, Failure, Reply};
use super::present;
use crate::Shown;

fn get(target: &JsValue, name: &str) -> JsValue {
    Reflect::get(target, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

fn set(target: &JsValue, name: &str, value: &JsValue) {
    // Only fails on objects that are not extensible; ours are plain.
    let _ = Reflect::set(target, &JsValue::from_str(name), value);
}

fn is_true(target: &JsValue, name: &str) -> bool {
    get(target, name).is_truthy()
}

pub(super) fn take_over(shown: RwSignal<Shown>, build: String) {
    present::mark_busy_on_submit();
    let navigation = get(&window(), "navigation");
    if navigation.is_undefined() {
        return;
    }
    let listener = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
        on_navigate(&event, shown, &build);
    });
    let add = get(&navigation, "addEventListener");
    if let Ok(add) = add.dyn_into::<Function>() {
        let _ = add.call2(
            &navigation,
            &JsValue::from_str("navigate"),
            listener.as_ref(),
        );
    }
    listener.forget();
}

fn on_navigate(event: &JsValue, shown: RwSignal<Shown>, build: &str) {
    let leaves = !is_true(event, "canIntercept")
        || is_true(event, "hashChange")
        || get(event, "downloadRequest").is_string()
        || get(event, "navigationType").as_string().as_deref() == Some("reload");
    let Some(url) = get(&get(event, "destination"), "url").as_string() else {
        return;
    };
    if leaves || !is_page(&url) || CORRECTING.get() {
        return;
    }
    let form = get(event, "formData").dyn_into::<FormData>().ok();
    let build = build.to_owned();
    let handler = Closure::once_into_js(move || -> Promise {
        future_to_promise(async move {
            go(&url, form, shown, &build).await;
            Ok(JsValue::UNDEFINED)
        })
    });
    let options = js_sys::Object::new();
    set(&options, "handler", &handler);
    set(&options, "focusReset", &JsValue::from_str("manual"));
    set(&options, "scroll", &JsValue::from_str("manual"));
    if let Ok(intercept) = get(event, "intercept").dyn_into::<Function>() {
        let _ = intercept.call1(event, &options);
    }
}

thread_local! {
    /// Set while the address is being corrected: that is a navigation too, but not a person's.
    static CORRECTING: Cell<bool> = const { Cell::new(false) };
}

/// Pages lie below a language; files, downloads and the API are the browser's own business.
fn is_page(url: &str) -> bool {
    let Ok(url) = Url::new(url) else { return false };
    let path = url.pathname();
    let mut segments = path.trim_start_matches('/').split('/');
    let lang = segments.next().unwrap_or_default();
    let file = path
        .rsplit('/')
        .next()
        .is_some_and(|last| last.contains('.'));
    let dev = segments.next() == Some("dev");
    matches!(lang, "ar" | "fr" | "en") && !file && !dev
}

async fn go(url: &str, form: Option<FormData>, shown: RwSignal<Shown>, build: &str) {
    let posted = form.is_some();
    let answer = match &form {
        Some(data) => fetch::post(url, data).await,
        None => fetch::view(url).await,
    };
    match answer {
        // E901: this app is older or newer than the server. A whole page brings both together.
        Ok(reply) if reply.view.frame.build != build => present::load(&reply.location),
        Ok(Reply { location, view }) => {
            if posted || !same_place(url, &location) {
                correct(&location);
            }
            present::show(shown, view).await;
        }
        Err(Failure::Offline) => present::offline(),
        // A form that was already sent is not sent again: the page it is on tells where it stands.
        Err(Failure::Unreadable) => present::load(url),
    }
}

fn same_place(url: &str, location: &str) -> bool {
    Url::new(url).is_ok_and(|url| format!("{}{}", url.pathname(), url.search()) == location)
}

/// The address bar shows where the answer stands, as after a redirect.
fn correct(location: &str) {
    let Ok(history) = window().history() else {
        return;
    };
    CORRECTING.set(true);
    // Only refused across origins or when called too often; the page is right either way.
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(location));
    CORRECTING.set(false);
}
