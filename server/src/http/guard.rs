//! One layer around everything: cross-site posts, and under `--dev` strangers, are refused, and every answer carries the
//! security headers (norm 7).

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use miftah_rules::Problem;

use crate::dev::here::is_from_here;
use crate::http::errors;
use crate::state::App;

const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self'; media-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

pub async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let elsewhere = app.dev.is_some() && !is_from_here(headers);
    let cross_site =
        !request.method().is_safe_method() && is_cross_site(headers, &app.portal.public_url);
    let refused = elsewhere || cross_site;
    let mut response = if refused {
        errors::refuse(&app, &request, Problem::CrossSite).await
    } else {
        next.run(request).await
    };
    secure(response.headers_mut(), app.cookies.is_secure());
    response
}

trait Safe {
    fn is_safe_method(&self) -> bool;
}

impl Safe for Method {
    fn is_safe_method(&self) -> bool {
        matches!(*self, Self::GET | Self::HEAD | Self::OPTIONS)
    }
}

/// `Sec-Fetch-Site` decides where the browser sends it, else `Origin`; clients that are no browsers
/// send neither and carry no one's cookies by accident.
fn is_cross_site(headers: &HeaderMap, public_url: &str) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return !matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    let Some(origin) = headers.get(header::ORIGIN) else {
        return false;
    };
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let own = origin.to_str().is_ok_and(|origin| {
        origin == public_url
            || origin
                .split_once("://")
                .is_some_and(|(_, rest)| rest == host && !host.is_empty())
    });
    !own
}

fn secure(headers: &mut HeaderMap, https: bool) {
    let fixed = [
        ("content-security-policy", CSP),
        ("referrer-policy", "same-origin"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
        ),
    ];
    for (name, value) in fixed {
        // Files that people sent bring a stricter one (`paper.rs`).
        headers
            .entry(HeaderName::from_static(name))
            .or_insert(HeaderValue::from_static(value));
    }
    if https {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::is_cross_site;
    use axum::http::HeaderMap;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap()))
            .collect()
    }

    #[test]
    fn only_our_own_pages_and_programs_may_post() {
        let url = "https://portal.example";
        let cross = |pairs| is_cross_site(&headers(pairs), url);
        assert!(!cross(&[("sec-fetch-site", "same-origin")]));
        assert!(!cross(&[]));
        assert!(!cross(&[("origin", "https://portal.example")]));
        assert!(!cross(&[
            ("origin", "http://127.0.0.1:3000"),
            ("host", "127.0.0.1:3000")
        ]));
        assert!(cross(&[("sec-fetch-site", "cross-site")]));
        assert!(cross(&[("sec-fetch-site", "same-site")]));
        assert!(cross(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://portal.example")
        ]));
        assert!(cross(&[("origin", "https://evil.example")]));
        assert!(cross(&[("origin", "null")]));
        assert!(cross(&[("origin", "https://portal.example.evil.example")]));
    }
}
