//! Links and forms without reloads, through the browser's Navigation API. Where there is none,
//! the browser loads whole pages.
//!
//! The API has one event for links, forms, back and forward alike, so there is one listener.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use miftah_rules::view::View;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use web_sys::{FormData, Url};

use super::fetch::{self, Failure, Reply};
use super::present;
use crate::ui::bars::Surroundings;

pub(super) fn get(target: &JsValue, name: &str) -> JsValue {
    Reflect::get(target, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

fn set(target: &JsValue, name: &str, value: &JsValue) {
    // Only fails on objects that are not extensible; ours are plain.
    let _ = Reflect::set(target, &JsValue::from_str(name), value);
}

pub(super) fn is_true(target: &JsValue, name: &str) -> bool {
    get(target, name).is_truthy()
}

/// What a navigation works with.
#[derive(Clone)]
pub(super) struct Stage {
    pub(super) shown: RwSignal<View>,
    pub(super) surroundings: Surroundings,
    /// The build this code belongs to.
    pub(super) build: Rc<str>,
}

pub(super) fn take_over(stage: Stage) {
    present::mark_busy_on_submit();
    let navigation = get(&window(), "navigation");
    if navigation.is_undefined() {
        return;
    }
    let listener = Closure::<dyn Fn(JsValue)>::new(move |event| on_navigate(&event, &stage));
    if let Ok(add) = get(&navigation, "addEventListener").dyn_into::<Function>() {
        let _ = add.call2(
            &navigation,
            &JsValue::from_str("navigate"),
            listener.as_ref(),
        );
    }
    listener.forget();
}

fn on_navigate(event: &JsValue, stage: &Stage) {
    let leaves = !is_true(event, "canIntercept")
        || is_true(event, "hashChange")
        || get(event, "downloadRequest").is_string()
        || get(event, "navigationType").as_string().as_deref() == Some("reload");
    let Some(url) = get(&get(event, "destination"), "url").as_string() else {
        return;
    };
    if leaves || !is_page(&url) || OUR_OWN.get() {
        return;
    }
    let number = LATEST.get().wrapping_add(1);
    LATEST.set(number);
    let journey = Journey {
        from: window().location().href().unwrap_or_default(),
        to: url,
        form: get(event, "formData").dyn_into::<FormData>().ok(),
        number,
    };
    let stage = stage.clone();
    let handler = Closure::once_into_js(move || -> Promise {
        future_to_promise(async move {
            go(journey, stage).await;
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

/// One navigation: addresses are whole.
struct Journey {
    from: String,
    to: String,
    form: Option<FormData>,
    number: u32,
}

thread_local! {
    /// Set while this code moves the browser: that is a navigation too, but not a person's.
    static OUR_OWN: Cell<bool> = const { Cell::new(false) };
    /// The last navigation begun. The answer of an earlier one, overtaken on a slow network, is
    /// not shown any more.
    static LATEST: Cell<u32> = const { Cell::new(0) };
    /// The last navigation whose answer was shown.
    static ARRIVED: Cell<u32> = const { Cell::new(0) };
}

/// When a person begins to wonder whether anything is happening (frontend.md).
const LATE: Duration = Duration::from_millis(300);

fn say_loading(surroundings: Surroundings, number: u32) {
    if number == LATEST.get() && number != ARRIVED.get() {
        surroundings.loading.set(true);
    }
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

async fn go(journey: Journey, stage: Stage) {
    let Journey {
        from,
        to,
        form,
        number,
    } = journey;
    set_timeout(move || say_loading(stage.surroundings, number), LATE);
    let answer = match &form {
        Some(data) => fetch::post(&to, data).await,
        None => fetch::view(&to).await,
    };
    let answer = with_texts(answer, &stage.build).await;
    if number != LATEST.get() {
        return;
    }
    ARRIVED.set(number);
    stage.surroundings.loading.set(false);
    match answer {
        // E901: this app is older or newer than the server. A whole page brings both together.
        Ok(reply) if *reply.view.frame.build != *stage.build => leave_for(&reply.location),
        // None of the app's pages.
        Ok(reply) if reply.view.page.is_the_servers_alone() => leave_for(&reply.location),
        // What was typed is on this page alone, so it stays, and the problem is shown on it.
        Ok(Reply {
            view,
            refused: true,
            ..
        }) if form.is_some() => {
            correct(&from);
            present::refused(stage.surroundings, view.page).await;
        }
        Ok(Reply { location, view, .. }) => {
            if form.is_some() || !same_place(&to, &location) {
                correct(&location);
            }
            stage.surroundings.offline.set(false);
            stage.surroundings.refused.set(None);
            present::show(stage.shown, view).await;
        }
        Err(Failure::Offline) => {
            correct(&from);
            present::offline(stage.surroundings).await;
        }
        // A form that was already sent is not sent again: the page it is on tells where it stands.
        Err(Failure::Unreadable) => leave_for(&to),
    }
}

/// An answer in another language comes with the texts of that language.
async fn with_texts(answer: Result<Reply, Failure>, build: &str) -> Result<Reply, Failure> {
    let reply = answer?;
    let frame = &reply.view.frame;
    if *frame.build == *build {
        fetch::texts(build, frame.lang).await?;
    }
    Ok(reply)
}

fn same_place(url: &str, location: &str) -> bool {
    Url::new(url).is_ok_and(|url| format!("{}{}", url.pathname(), url.search()) == location)
}

/// The address bar shows where the answer stands, as after a redirect.
fn correct(location: &str) {
    let Ok(history) = window().history() else {
        return;
    };
    OUR_OWN.set(true);
    // Only refused across origins or when called too often; the page is right either way.
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(location));
    OUR_OWN.set(false);
}

/// A whole page instead. Nothing is taken over any more: this page is about to be gone.
fn leave_for(location: &str) {
    OUR_OWN.set(true);
    let _ = window().location().set_href(location);
}
