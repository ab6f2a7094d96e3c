//! A file of one person's as an answer: never kept on the way.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;

/// What the browser does with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Shown,
    Saved,
}

/// `name` is ASCII of ours: an id, a reference, a date.
pub fn answer(body: Body, mime: &'static str, way: Way, name: &str) -> Response {
    let way = match way {
        Way::Shown => "inline",
        Way::Saved => "attachment",
    };
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(value) = HeaderValue::from_str(&format!("{way}; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
