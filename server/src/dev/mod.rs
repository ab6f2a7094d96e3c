//! What `--dev` adds: captured letters, and a way to have them all at once; samples; a clock that can
//! be put forward. Loopback only.

use std::io;
use std::path::Path;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use miftah_portal::Portal;
use serde::Deserialize;

use crate::state::App;

mod gallery;
pub mod here;
mod outbox;
mod print;
mod samples;

pub fn add_routes(router: Router<App>) -> Router<App> {
    router
        .route("/dev/clock", post(advance))
        .route("/dev/deliver", post(deliver))
        .route("/dev/robot.json", get(robot))
        .route("/dev/samples.json", get(samples::serve))
        .route("/dev/outbox.json", get(outbox::list))
        .route("/dev/outbox", get(outbox::lead))
        .route("/{lang}/dev/outbox", get(outbox::show))
        .route("/dev/gallery", get(gallery::lead))
        .route("/{lang}/dev/gallery", get(gallery::show))
}

/// Makes sure of the samples; answers what the operator is told at the start.
///
/// # Errors
/// With one sentence for the operator: the sample roll is refused, the database does not answer.
pub async fn prepare(portal: &Portal, institution: &Path) -> io::Result<String> {
    samples::prepare(portal, institution).await?;
    let samples = samples::list(portal).await.map_err(io::Error::other)?;
    Ok(print::welcome(&portal.public_url, &samples))
}

/// `GET /dev/robot.json`: the digits of the picture that this browser was shown last.
async fn robot(State(app): State<App>, headers: HeaderMap) -> Json<Option<String>> {
    let held = app.cookies.read_robot(&headers).unwrap_or_default();
    Json(app.portal.robot_digits(&held))
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

/// Delivers every letter that is due, and answers when there is none left.
async fn deliver(State(app): State<App>) -> StatusCode {
    match &app.dev {
        Some(dev) if dev.bell.ring().await => StatusCode::NO_CONTENT,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
