//! Settings that must not stand together: the portal does not start with them.

use std::net::IpAddr;

use crate::config::Serve;

/// Why the portal does not start like this, in one sentence for the operator.
pub fn refusal(settings: &Serve) -> Option<&'static str> {
    let public_url = settings.public_url();
    let (https, local) = (
        public_url.starts_with("https://"),
        is_local_url(&public_url),
    );
    if !settings.dev {
        return (!https && !local).then_some(
            "without --dev the portal is served over https: passwords travel. Name the address \
            that people use, --public-url https://…, also where a proxy ends TLS",
        );
    }
    // Under --dev everybody who reaches the portal reads all letters and the samples' passwords.
    if !settings.listen.ip().is_loopback() {
        return Some(
            "--dev shows captured letters to everyone: it listens on a loopback address only",
        );
    }
    if https || !local {
        return Some("--dev is for this machine alone: it takes no --public-url of another one");
    }
    if settings.smtp.is_some() || settings.sms.is_some() {
        return Some("--dev captures letters and shows them: it takes no --smtp and no --sms");
    }
    if !settings.trusted_proxies.is_empty() {
        return Some("--dev is for this machine alone: it takes no --trusted-proxies");
    }
    None
}

fn is_local_url(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    is_loopback(rest.split(['/', '?', '#']).next().unwrap_or_default())
}

/// Whether a host, with or without a port, is this machine by name.
pub fn is_loopback(authority: &str) -> bool {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((host, rest)) => (host, rest.strip_prefix(':').unwrap_or(rest)),
            None => return false,
        },
        None => authority.split_once(':').unwrap_or((authority, "")),
    };
    port.bytes().all(|b| b.is_ascii_digit())
        && (host.eq_ignore_ascii_case("localhost")
            || host
                .parse::<IpAddr>()
                .is_ok_and(|address| address.is_loopback()))
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::{is_loopback, refusal};
    use crate::config::{Cli, Command};

    fn starts(flags: &[&str]) -> bool {
        let arguments = ["miftah", "serve"].iter().chain(flags);
        match Cli::parse_from(arguments).command {
            Command::Serve(settings) => refusal(&settings).is_none(),
            other => panic!("not serve: {other:?}"),
        }
    }

    #[test]
    fn people_are_served_over_https_and_developers_on_their_own_machine() {
        assert!(starts(&[]));
        assert!(starts(&["--public-url=https://portal.example"]));
        assert!(starts(&[
            "--listen=0.0.0.0:80",
            "--public-url=https://portal.example/"
        ]));
        assert!(starts(&["--public-url=http://localhost:3000"]));
        assert!(!starts(&["--public-url=http://portal.example"]));
        assert!(!starts(&["--public-url=http://localhost.portal.example"]));
        assert!(!starts(&["--public-url=http://127.0.0.1@portal.example"]));
        assert!(!starts(&["--listen=0.0.0.0:3000"]));

        assert!(starts(&["--dev"]));
        assert!(starts(&["--dev", "--public-url=http://[::1]:3000/"]));
        for flag in [
            "--listen=0.0.0.0:3000",
            "--public-url=https://127.0.0.1",
            "--public-url=http://portal.example",
            "--smtp=smtps://portal:s3cret@mail.example.ma",
            "--trusted-proxies=127.0.0.1",
        ] {
            assert!(!starts(&["--dev", flag]), "{flag}");
        }
    }

    #[test]
    fn this_machine_is_known_by_its_names() {
        for host in [
            "127.0.0.1",
            "127.0.0.1:3000",
            "localhost",
            "LOCALHOST:1",
            "[::1]",
            "[::1]:3000",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost:3000@evil.example",
            "10.0.0.1",
            "[::1",
            "a b",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
