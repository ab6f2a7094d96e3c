//! Who may see what `--dev` shows: a browser on this machine that asked for this machine.
//!
//! Listening on a loopback address is not enough. A page elsewhere may give its own name this
//! machine's address, and a proxy may carry the world here.

use axum::http::{HeaderMap, header};

use crate::caution::is_loopback;

/// Whether a request comes from here, as far as it says.
pub fn is_from_here(headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let here = hosts
        .next()
        .and_then(|host| host.to_str().ok())
        .is_some_and(is_loopback);
    let carried = headers
        .keys()
        .any(|name| name == "forwarded" || name.as_str().starts_with("x-forwarded-"));
    here && hosts.next().is_none() && !carried
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::is_from_here;

    fn from_here(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        is_from_here(&headers)
    }

    #[test]
    fn only_a_browser_on_this_machine_that_asked_for_it() {
        assert!(from_here(&[("host", "127.0.0.1:3000")]));
        assert!(from_here(&[("host", "localhost:3000"), ("accept", "*/*")]));
        assert!(!from_here(&[]));
        assert!(!from_here(&[("host", "evil.example:3000")]));
        assert!(!from_here(&[
            ("host", "localhost"),
            ("host", "evil.example")
        ]));
        for name in [
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
        ] {
            assert!(
                !from_here(&[("host", "localhost"), (name, "for=6.6.6.6")]),
                "{name}"
            );
        }
    }
}
