//! Answers to what went wrong: the same frame and words as everything else.

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use miftah_portal::fault::Fault;
use miftah_portal::id::hex;
use miftah_rules::form::Posted;
use miftah_rules::view::{Page, ProblemView, Retry};
use miftah_rules::{Detail, Lang, Problem, ProblemAt};

use crate::http::arrival::{greeting, wants_json};
use crate::http::render;
use crate::state::App;

/// Seconds after which a busy server is worth another try.
const RETRY_SECONDS: u64 = 5;

/// What was asked for: a problem is answered at the same address, in the same language.
#[derive(Clone, Debug)]
pub struct Asked {
    pub lang: Lang,
    pub json: bool,
    /// Below the language, as it was asked.
    path: String,
    query: String,
}

impl Asked {
    pub fn of(app: &App, request: &Request) -> Self {
        let path = request.uri().path();
        let (tag, rest) = path
            .trim_start_matches('/')
            .split_once('/')
            .unwrap_or((path.trim_start_matches('/'), ""));
        let tagged = Lang::ALL.into_iter().find(|lang| lang.tag() == tag);
        let below = match tagged {
            Some(_) if !rest.is_empty() => format!("/{rest}"),
            _ => String::new(),
        };
        Self {
            lang: tagged.unwrap_or_else(|| greeting(app, request.headers())),
            json: wants_json(request.headers()),
            path: below,
            query: request.uri().query().unwrap_or_default().to_owned(),
        }
    }

    /// The same as a page, whatever was accepted: for what is opened by a link alone.
    pub fn page_only(mut self) -> Self {
        self.json = false;
        self
    }

    /// What was posted, to be sent again. The app has it on its page still.
    pub fn retry(&self, posted: &Posted) -> Option<Retry> {
        if self.json {
            return None;
        }
        let mark = if self.query.is_empty() { "" } else { "?" };
        Some(Retry {
            action: format!("/{}{}{mark}{}", self.lang.tag(), self.path, self.query),
            fields: posted.without_secrets(),
        })
    }
}

/// A request that is answered with a problem before any verb runs.
///
/// The request's body cannot be shared between threads, so nothing of it is held while waiting.
pub fn refuse<'a>(
    app: &'a App,
    request: &Request,
    problem: Problem,
) -> impl Future<Output = Response> + Send + use<'a> {
    let asked = Asked::of(app, request);
    async move { answer(app, &asked, problem.alone()).await }
}

/// A failure of ours: E902, or E900 with an incident number that the log has too.
pub async fn fault(app: &App, asked: &Asked, fault: &Fault, retry: Option<Retry>) -> Response {
    let met = if matches!(fault, Fault::Busy) {
        Problem::Busy
            .alone()
            .with(Detail::WaitSeconds(RETRY_SECONDS))
    } else {
        let mut bytes = [0; 4];
        app.portal.random.fill(&mut bytes);
        let incident = hex(&bytes);
        tracing::error!(incident, %fault, "a request failed");
        Problem::Fault.alone().with(Detail::Incident(incident))
    };
    show(
        app,
        asked,
        ProblemView {
            problem: met,
            retry,
        },
    )
    .await
}

/// A page that is one problem, with the status that goes with it.
pub async fn answer(app: &App, asked: &Asked, met: ProblemAt) -> Response {
    show(
        app,
        asked,
        ProblemView {
            problem: met,
            retry: None,
        },
    )
    .await
}

async fn show(app: &App, asked: &Asked, view: ProblemView) -> Response {
    let status = status(view.problem.problem);
    let wait = match view.problem.detail {
        Detail::WaitSeconds(seconds) => Some(seconds),
        Detail::None | Detail::TriesLeft(_) | Detail::Incident(_) => None,
    };
    let (path, query) = (asked.path.clone(), asked.query.clone());
    let view = app.view(asked.lang, path, query, Page::Problem(view));
    let mut response = render::answer(view, asked.json).await;
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
