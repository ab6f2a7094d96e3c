//! One gateway: how it is asked, and what its answer means.

use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::header::HeaderName;
use hyper::{Method, Request, StatusCode};
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use miftah_portal::ports::Rendered;
use serde::Deserialize;
use tokio::time::timeout;

use super::template::{Escape, Template, Values};

pub(super) type Caller = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// Bytes of an answer that are read; more is not an answer to an SMS.
const ANSWER: usize = 64 * 1024;

/// How a gateway wants numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Form {
    /// `+212612345678`.
    #[default]
    International,
    /// `212612345678`.
    Digits,
}

#[derive(Debug)]
pub(super) struct Gateway {
    pub(super) name: String,
    pub(super) method: Method,
    pub(super) url: Template,
    pub(super) headers: Vec<(HeaderName, Template)>,
    pub(super) body: Template,
    /// Of the body.
    pub(super) escape: Escape,
    pub(super) number: Form,
    pub(super) taken_if: Option<String>,
    pub(super) wrong_number: Vec<StatusCode>,
    pub(super) timeout: Duration,
}

/// What became of a request. Nothing of an answer is told but its status: gateways repeat what they
/// were sent, and that holds codes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Taken,
    /// This number gets no SMS, now or later.
    WrongNumber(StatusCode),
    /// Anything else may be otherwise later, or at another gateway.
    Failed(String),
}

impl Gateway {
    pub(super) async fn hand_over(&self, caller: &Caller, letter: &Rendered) -> Answer {
        let request = match self.request(letter) {
            Ok(request) => request,
            Err(error) => return Answer::Failed(error.to_string()),
        };
        match timeout(self.timeout, self.ask(caller, request)).await {
            Ok(answer) => answer,
            Err(_) => Answer::Failed(format!("no answer in {} s", self.timeout.as_secs())),
        }
    }

    fn request(&self, letter: &Rendered) -> hyper::http::Result<Request<Full<Bytes>>> {
        let to = match self.number {
            Form::International => letter.to.as_str(),
            Form::Digits => letter.to.trim_start_matches('+'),
        };
        let values = Values {
            to,
            text: &letter.text,
            id: &letter.id,
        };
        let mut request = Request::builder()
            .method(&self.method)
            .uri(self.url.fill(values, Escape::Percent));
        for (name, value) in &self.headers {
            request = request.header(name, value.fill(values, Escape::Bare));
        }
        request.body(Full::from(self.body.fill(values, self.escape)))
    }

    async fn ask(&self, caller: &Caller, request: Request<Full<Bytes>>) -> Answer {
        let answer = match caller.request(request).await {
            Ok(answer) => answer,
            // Its words name the address at most, never what was sent.
            Err(error) => return Answer::Failed(chain(&error)),
        };
        let status = answer.status();
        if self.wrong_number.contains(&status) {
            return Answer::WrongNumber(status);
        }
        if !status.is_success() {
            return Answer::Failed(format!("answered {status}"));
        }
        let Some(sign) = &self.taken_if else {
            return Answer::Taken;
        };
        let body = Limited::new(answer.into_body(), ANSWER).collect().await;
        let said = body
            .is_ok_and(|body| String::from_utf8_lossy(&body.to_bytes()).contains(sign.as_str()));
        if said {
            Answer::Taken
        } else {
            Answer::Failed(format!(
                "answered {status} without saying that it was taken"
            ))
        }
    }
}

/// An error and what is behind it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        told.push_str(": ");
        told.push_str(&cause.to_string());
        source = cause.source();
    }
    told
}
