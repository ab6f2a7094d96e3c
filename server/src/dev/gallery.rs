//! `/dev/gallery`: every component in every state, in the greeting language or a chosen one, in the
//! device's theme or in that of `?theme=`.

use axum::extract::{Path, RawQuery, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use miftah_rules::view::Page;
use miftah_rules::{Lang, Place, Problem};

use crate::http::arrival::{greeting, wants_json};
use crate::http::{errors, render};
use crate::state::App;

pub async fn lead(State(app): State<App>, request: Request) -> Response {
    Redirect::to(&Place::Gallery.href(greeting(&app, request.headers()))).into_response()
}

pub async fn show(
    State(app): State<App>,
    Path(tag): Path<String>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    let Some(lang) = Lang::ALL.into_iter().find(|lang| lang.tag() == tag) else {
        return errors::refuse(&app, &request, Problem::PageMissing).await;
    };
    let view = app.view(
        lang,
        Place::Gallery.path(),
        query.unwrap_or_default(),
        Page::Gallery,
    );
    render::answer(view, wants_json(request.headers())).await
}
