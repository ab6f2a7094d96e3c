//! A view as a page or as JSON.

use axum::Json;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use miftah_app::document::document;
use miftah_rules::view::View;
use serde::Serialize;

/// What a JSON client gets: the view and where it stands.
#[derive(Serialize)]
struct Reply {
    location: String,
    view: View,
}

/// Leptos spawns its own tasks on this runtime. Called once, before the first page.
pub fn prepare() {
    // The only error is that it was done before.
    let _ = any_spawner::Executor::init_tokio();
}

/// The view as the client asked for it.
pub async fn answer(view: View, json: bool) -> Response {
    let mut response = if json {
        Json(reply(view)).into_response()
    } else {
        page(view).await
    };
    let headers = response.headers_mut();
    headers.insert(
        header::VARY,
        HeaderValue::from_static("Accept, Accept-Encoding, Cookie"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn reply(view: View) -> Reply {
    let frame = &view.frame;
    let mark = if frame.query.is_empty() { "" } else { "?" };
    let location = format!("/{}{}{mark}{}", frame.lang.tag(), frame.path, frame.query);
    Reply { location, view }
}

/// Rendered by Leptos in order. The chunk of inline scripts that `leptos_axum` would append holds
/// resources; we have none, and the content security policy allows no inline script.
async fn page(view: View) -> Response {
    leptos_axum::handle_response_inner(
        || {},
        move || document(view),
        Request::new(Body::empty()),
        |app, _scripts, _out_of_order| {
            Box::pin(async move { Box::pin(app.to_html_stream_in_order()) as _ })
        },
    )
    .await
}
