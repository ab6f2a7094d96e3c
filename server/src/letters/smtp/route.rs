//! The way to the mail server, read from `--smtp`.

use std::fmt;
use std::io;
use std::net::IpAddr;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::TlsParameters;
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT};
use percent_encoding::percent_decode_str;
use url::Url;

/// What is between us and the mail server.
#[derive(Clone)]
pub(in crate::letters) enum Security {
    /// Nothing: it is on this machine.
    Clear,
    /// TLS as the first thing that is asked for; nothing is sent without.
    Starttls(TlsParameters),
    /// TLS from the start.
    Tls(TlsParameters),
}

/// Where the mail server is and how it is spoken to.
#[derive(Clone)]
pub(in crate::letters) struct Route {
    pub(in crate::letters) host: String,
    pub(in crate::letters) port: u16,
    pub(in crate::letters) security: Security,
    pub(in crate::letters) credentials: Option<Credentials>,
    /// Who says hello: the URL's path, else this machine's name.
    pub(in crate::letters) hello: ClientId,
}

/// Without user and password.
impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Route")
            .field("host", &self.host)
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

impl Route {
    /// Reads `smtps://user:password@host:port` or `smtp://…`, user and password percent-encoded.
    ///
    /// # Errors
    /// With one sentence for the operator, without the password.
    pub(in crate::letters) fn read(text: &str) -> io::Result<Self> {
        let wrong = |what: String| io::Error::other(format!("--smtp: {what}"));
        if text.contains(['?', '#']) {
            return Err(wrong(
                "nothing may follow host and port; percent-encode ? and # in a password".into(),
            ));
        }
        let url = Url::parse(text).map_err(|error| wrong(error.to_string()))?;
        let host = url.host_str().unwrap_or_default();
        let host = host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .to_owned();
        if host.is_empty() {
            return Err(wrong("names no host".into()));
        }
        let tls = || TlsParameters::new(host.clone()).map_err(|error| wrong(error.to_string()));
        let (security, port) = match url.scheme() {
            "smtps" => (Security::Tls(tls()?), SUBMISSIONS_PORT),
            "smtp" if is_loopback(&host) => (Security::Clear, SMTP_PORT),
            "smtp" => (Security::Starttls(tls()?), SUBMISSION_PORT),
            _ => return Err(wrong("begins with smtp:// or smtps://".into())),
        };
        let decoded = |part: &str| {
            let decoded = percent_decode_str(part).decode_utf8();
            decoded
                .map(String::from)
                .map_err(|_| wrong("user and password are percent-encoded UTF-8".into()))
        };
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(
                decoded(url.username())?,
                decoded(password)?,
            )),
            None => None,
        };
        let hello = match url.path().trim_matches('/') {
            "" => ClientId::default(),
            name => ClientId::Domain(name.to_owned()),
        };
        Ok(Self {
            port: url.port().unwrap_or(port),
            host,
            security,
            credentials,
            hello,
        })
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{Route, Security};

    /// Security, host and port; `None` when it is refused.
    fn way(url: &str) -> Option<(&'static str, String, u16)> {
        let route = Route::read(url).ok()?;
        let security = match route.security {
            Security::Clear => "clear",
            Security::Starttls(_) => "starttls",
            Security::Tls(_) => "tls",
        };
        Some((security, route.host, route.port))
    }

    #[test]
    fn only_this_machine_is_spoken_to_in_the_clear() {
        for (plain, host, port) in [
            ("localhost", "localhost", 25),
            ("127.0.0.1:2525", "127.0.0.1", 2525),
            ("u:p@localhost:25", "localhost", 25),
            ("[::1]", "::1", 25),
        ] {
            let met = way(&format!("smtp://{plain}"));
            assert_eq!(met, Some(("clear", host.to_owned(), port)), "{plain}");
        }
        for (far, host) in [
            ("mail.example.ma", "mail.example.ma"),
            ("localhost@mail.example.ma", "mail.example.ma"),
            ("u:127.0.0.1@[2001:db8::1]", "2001:db8::1"),
            ("127.0.0.1.example.ma", "127.0.0.1.example.ma"),
        ] {
            let starttls = way(&format!("smtp://{far}"));
            assert_eq!(starttls, Some(("starttls", host.to_owned(), 587)), "{far}");
            let tls = way(&format!("smtps://{far}"));
            assert_eq!(tls, Some(("tls", host.to_owned(), 465)), "{far}");
        }
        for refused in [
            "mail.example.ma",
            "smtp://",
            "http://mail.example.ma",
            "smtp://mail.example.ma?tls=opportunistic",
            "smtp://u:%ff@mail.example.ma",
        ] {
            assert_eq!(way(refused), None, "{refused}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_without_the_password() {
        for url in [
            "smtp://u:s3cret#@mail.example.ma",
            "smtp://u:s3cret@mail.example.ma:port",
            "http://u:s3cret@mail.example.ma",
            "smtps://u:s3cret%ff@mail.example.ma",
            "smtps://u:s3cret@",
        ] {
            let said = Route::read(url).unwrap_err().to_string();
            assert!(!said.contains("s3cret"), "{said}");
        }
        let route = Route::read("smtps://u:s3cret@mail.example.ma").unwrap();
        assert!(!format!("{route:?}").contains("s3cret"));
    }
}
