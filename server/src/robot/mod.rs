//! What "I am not a robot" asks of the server (S3.3, S4.1): a challenge for the person's device, and a code
//! that is seen or heard. The portal judges; here it is only handed out, drawn and spoken.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use miftah_rules::Lang;
use serde::Deserialize;

use crate::state::App;

mod draw;
mod speak;

/// `GET /robot/work.json`.
pub async fn work(State(app): State<App>) -> Response {
    match app.portal.robot_work() {
        Ok(challenge) => answer(challenge.into_bytes(), "application/json"),
        Err(fault) => {
            tracing::error!(%fault, "a challenge");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// `GET /robot/code.png`: another code each time; the browser remembers which.
pub async fn picture(State(app): State<App>, headers: HeaderMap) -> Response {
    let held = app.cookies.read_robot(&headers);
    let turns = app.portal.robot_turn(held.as_deref());
    let digits = app.portal.robot_digits(&turns).unwrap_or_default();
    let Ok(png) = draw::digits(&digits, app.portal.random.as_ref()) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = answer(png, "image/png");
    app.cookies.write_robot(&turns, response.headers_mut());
    response
}

#[derive(Deserialize)]
pub struct Spoken {
    #[serde(default)]
    lang: String,
}

/// `GET /robot/code.wav?lang=ar`: the code of the picture that was shown last, or of a new one.
pub async fn voice(
    State(app): State<App>,
    Query(spoken): Query<Spoken>,
    headers: HeaderMap,
) -> Response {
    let lang = Lang::from_tag(&spoken.lang).unwrap_or(app.portal.institution.default_lang);
    let held = app.cookies.read_robot(&headers);
    let known = held
        .as_deref()
        .and_then(|held| app.portal.robot_digits(held));
    if let Some(digits) = known {
        return answer(speak::digits(&digits, lang), "audio/wav");
    }
    let turns = app.portal.robot_turn(None);
    let digits = app.portal.robot_digits(&turns).unwrap_or_default();
    let mut response = answer(speak::digits(&digits, lang), "audio/wav");
    app.cookies.write_robot(&turns, response.headers_mut());
    response
}

fn answer(body: Vec<u8>, kind: &'static str) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
