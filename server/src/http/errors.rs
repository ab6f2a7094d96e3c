//! Answers to what went wrong: the same frame and words as everything else.

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use miftah_portal::fault::Fault;
use miftah_portal::id::hex;
use miftah_rules::view::{Page, ProblemView};
use miftah_rules::{Detail, Lang, Problem, ProblemAt};

use crate::http::arrival::{greeting, wants_json};
use crate::http::render;
use crate::state::App;

/// Seconds after which a busy server is worth another try.
const RETRY_SECONDS: u64 = 5;

/// The language of a path, or the one to greet in.
pub fn lang_of(app: &App, request: &Request) -> Lang {
    let first = request
        .uri()
        .path()
        .trim_start_matches('/')
        .split('/')
        .next();
    first
        .and_then(|tag| Lang::ALL.into_iter().find(|lang| lang.tag() == tag))
        .unwrap_or_else(|| greeting(app, request.headers()))
}

/// A request that is answered with a problem before any verb runs.
///
/// The request's body cannot be shared between threads, so nothing of it is held while waiting.
pub fn refuse<'a>(
    app: &'a App,
    request: &Request,
    problem: Problem,
) -> impl Future<Output = Response> + Send + use<'a> {
    let (lang, json) = (lang_of(app, request), wants_json(request.headers()));
    answer(app, lang, json, problem.alone())
}

/// A failure of ours: E902, or E900 with an incident number that the log has too.
pub async fn fault(app: &App, lang: Lang, json: bool, fault: &Fault) -> Response {
    if matches!(fault, Fault::Busy) {
        let met = Problem::Busy
            .alone()
            .with(Detail::WaitSeconds(RETRY_SECONDS));
        return answer(app, lang, json, met).await;
    }
    let mut bytes = [0; 4];
    app.portal.random.fill(&mut bytes);
    let incident = hex(&bytes);
    tracing::error!(incident, %fault, "a request failed");
    answer(
        app,
        lang,
        json,
        Problem::Fault.alone().with(Detail::Incident(incident)),
    )
    .await
}

/// A page that is one problem, with the status that goes with it.
pub async fn answer(app: &App, lang: Lang, json: bool, met: ProblemAt) -> Response {
    let status = status(met.problem);
    let wait = match met.detail {
        Detail::WaitSeconds(seconds) => Some(seconds),
        Detail::None | Detail::TriesLeft(_) | Detail::Incident(_) => None,
    };
    let page = Page::Problem(ProblemView { problem: met });
    let view = app.view(lang, String::new(), String::new(), page);
    let mut response = render::answer(view, json).await;
    *response.status_mut() = status;
    if let Some(seconds) = wait
        && let Ok(value) = HeaderValue::from_str(&seconds.to_string())
    {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

const fn status(problem: Problem) -> StatusCode {
    match problem {
        Problem::PageMissing => StatusCode::NOT_FOUND,
        Problem::CrossSite => StatusCode::FORBIDDEN,
        Problem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Problem::TooManyTries => StatusCode::TOO_MANY_REQUESTS,
        Problem::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Problem::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::OK,
    }
}
