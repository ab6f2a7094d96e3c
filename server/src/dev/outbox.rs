//! Captured letters, as JSON and as a page (contract, "Commands").

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use miftah_rules::view::{LetterRow, OutboxView, Page};
use miftah_rules::{Lang, Place, Problem};

use crate::http::arrival::greeting;
use crate::http::errors::Asked;
use crate::http::{errors, render};
use crate::state::App;

/// `GET /dev/outbox.json`: the captured letters, newest first.
pub async fn list(State(app): State<App>) -> Response {
    let Some(letters) = letters(&app).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = Json(letters).into_response();
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// `/dev/outbox` leads to the page in the visitor's language.
pub async fn lead(State(app): State<App>, request: Request) -> Response {
    Redirect::to(&Place::Outbox.href(greeting(&app, request.headers()))).into_response()
}

pub async fn show(State(app): State<App>, Path(tag): Path<String>, request: Request) -> Response {
    let Some(lang) = Lang::ALL.into_iter().find(|lang| lang.tag() == tag) else {
        return errors::refuse(&app, &request, Problem::PageMissing).await;
    };
    let asked = Asked::of(&app, &request);
    let Some(letters) = letters(&app).await else {
        return errors::answer(&app, &asked, Problem::Fault.alone()).await;
    };
    let page = Page::Outbox(OutboxView { letters });
    render::answer(
        app.view(lang, Place::Outbox.path(), String::new(), page),
        asked.json,
    )
    .await
}

async fn letters(app: &App) -> Option<Vec<LetterRow>> {
    let captured = app.dev.as_ref()?.captured.clone();
    match tokio::task::spawn_blocking(move || captured.list())
        .await
        .ok()?
    {
        Ok(letters) => Some(letters),
        Err(error) => {
            tracing::error!(%error, "captured letters cannot be read");
            None
        }
    }
}
