//! What makes the portal installable: a manifest in each language, and the service worker.
//!
//! Both lie outside `/pkg/<build>/`: their addresses stay while builds come and go.

use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use miftah_messages::{Text, Texts};
use miftah_rules::{Lang, Place};
use serde_json::{Value, json};

use crate::state::App;

/// Tells the service worker that a page is somebody's own.
pub const PERSON: HeaderName = HeaderName::from_static("x-miftah-person");

/// Where the site has the worker, and the words in it that stand for the build's name.
const WORKER: &str = "sw.js";
const BUILD_HERE: &str = "BUILD-ID";

/// The ink of the mark, and the paper: what is seen while the app opens.
const INK: &str = "#0f343a";
const PAPER: &str = "#fbfaf8";

/// `/sw.js`. Browsers ask for it anew each time, so a new build is found.
pub async fn worker(State(app): State<App>) -> Response {
    let Some(script) = app.site.text(WORKER) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let script = script.replacen(BUILD_HERE, app.site.build(), 1);
    answer(script, "text/javascript; charset=utf-8")
}

/// `/{lang}/app.webmanifest`.
pub async fn manifest(State(app): State<App>, Path(tag): Path<String>) -> Response {
    match Lang::from_tag(&tag) {
        Some(lang) => answer(
            describe(&app, lang).to_string(),
            "application/manifest+json",
        ),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn answer(text: String, kind: &'static str) -> Response {
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

fn describe(app: &App, lang: Lang) -> Value {
    let texts = Texts::new(lang);
    let institution = &app.portal.institution;
    let file = |name: &str| format!("/pkg/{}/{name}", app.site.build());
    let icon = |size: u32, purpose: &str| {
        let kind = if purpose == "maskable" {
            "maskable-"
        } else {
            ""
        };
        json!({
            "src": file(&format!("icons/icon-{kind}{size}.png")),
            "sizes": format!("{size}x{size}"),
            "type": "image/png",
            "purpose": purpose,
        })
    };
    let shortcut = |place: &Place, name: &Text| {
        json!({
            "name": name.bare(),
            "url": place.href(lang),
            "icons": [icon(192, "any")],
        })
    };
    let screen = |name: &str, sizes: &str, form_factor: &str, label: &Text| {
        json!({
            "src": file(&format!("screens/{name}-{}.png", lang.tag())),
            "sizes": sizes,
            "type": "image/png",
            "form_factor": form_factor,
            "label": label.bare(),
        })
    };
    json!({
        // One app, whatever language it was installed in.
        "id": "/",
        "name": institution.name.get(lang),
        "short_name": institution.short_name.get(lang),
        "description": texts.home_anonymous_intro(institution.name.get(lang)).bare(),
        "lang": lang.tag(),
        "dir": lang.dir().as_str(),
        "start_url": Place::Home.href(lang),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": INK,
        "icons": [icon(192, "any"), icon(512, "any"), icon(192, "maskable"), icon(512, "maskable")],
        "shortcuts": [
            shortcut(&Place::Login, &texts.home_login_title()),
            shortcut(&Place::Recover, &texts.home_recover_title()),
            shortcut(&Place::Problems, &texts.common_footer_problems()),
        ],
        "screenshots": [
            screen("phone", "720x1480", "narrow", &texts.home_login_title()),
            screen("wide", "1280x800", "wide", &texts.home_login_title()),
        ],
    })
}
