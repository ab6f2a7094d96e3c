//! What `--dev` adds: captured letters, a clock that can be put forward. Loopback only.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;

use crate::state::App;

mod gallery;
mod outbox;

pub fn add_routes(router: Router<App>) -> Router<App> {
    router
        .route("/dev/clock", post(advance))
        .route("/dev/outbox.json", get(outbox::list))
        .route("/dev/outbox", get(outbox::lead))
        .route("/{lang}/dev/outbox", get(outbox::show))
        .route("/dev/gallery", get(gallery::lead))
        .route("/{lang}/dev/gallery", get(gallery::show))
}

#[derive(Deserialize)]
struct Advance {
    advance_ms: i64,
}

async fn advance(State(app): State<App>, Json(body): Json<Advance>) -> StatusCode {
    if let Some(dev) = &app.dev {
        dev.clock.advance_ms(body.advance_ms);
    }
    StatusCode::NO_CONTENT
}
