//! The cookies: the session, and the browser's secret that journeys belong to (norm 7); the language, and
//! the turns at "I am not a robot".

use axum::http::{HeaderMap, HeaderValue, header};
use miftah_portal::visitor::{Outcome, SessionCookie};
use miftah_rules::Lang;

/// A day: longer than any journey lives.
const BROWSER_SECONDS: u32 = 24 * 3600;
/// A year.
const LANG_SECONDS: u32 = 365 * 24 * 3600;
const LANG: &str = "miftah-lang";

/// Over https the names carry the `__Host-` prefix, which the browser enforces; over http, which
/// only `--dev` and tests use, clients drop such cookies.
#[derive(Clone, Copy, Debug)]
pub struct CookieNames {
    secure: bool,
}

impl CookieNames {
    pub fn for_url(public_url: &str) -> Self {
        Self {
            secure: public_url.starts_with("https://"),
        }
    }

    pub const fn is_secure(self) -> bool {
        self.secure
    }

    const fn session(self) -> &'static str {
        if self.secure {
            "__Host-miftah-session"
        } else {
            "miftah-session"
        }
    }

    const fn browser(self) -> &'static str {
        if self.secure {
            "__Host-miftah-browser"
        } else {
            "miftah-browser"
        }
    }

    /// The language last looked at: what `/` leads to.
    pub fn read_lang(self, headers: &HeaderMap) -> Option<Lang> {
        read(headers, LANG).and_then(|tag| Lang::from_tag(&tag))
    }

    pub fn write_lang(self, lang: Lang, headers: &mut HeaderMap) {
        self.push(headers, LANG, lang.tag(), Some(LANG_SECONDS));
    }

    pub fn read_session(self, headers: &HeaderMap) -> Option<String> {
        read(headers, self.session())
    }

    pub fn read_browser(self, headers: &HeaderMap) -> Option<String> {
        read(headers, self.browser())
    }

    const fn robot(self) -> &'static str {
        if self.secure {
            "__Host-miftah-robot"
        } else {
            "miftah-robot"
        }
    }

    /// The turns at "I am not a robot".
    pub fn read_robot(self, headers: &HeaderMap) -> Option<String> {
        read(headers, self.robot())
    }

    pub fn write_robot(self, turns: &str, headers: &mut HeaderMap) {
        self.push(headers, self.robot(), turns, None);
    }

    /// The cookies a verb's outcome asks for.
    pub fn write(self, outcome: &Outcome, headers: &mut HeaderMap) {
        match &outcome.session {
            SessionCookie::Keep => {}
            SessionCookie::Set { token, days } => {
                self.push(
                    headers,
                    self.session(),
                    token,
                    days.map(|days| days * 24 * 3600),
                );
            }
            SessionCookie::Clear => self.push(headers, self.session(), "", Some(0)),
        }
        match outcome.browser.as_deref() {
            None => {}
            Some("") => self.push(headers, self.browser(), "", Some(0)),
            Some(secret) => self.push(headers, self.browser(), secret, Some(BROWSER_SECONDS)),
        }
    }

    fn push(self, headers: &mut HeaderMap, name: &str, value: &str, seconds: Option<u32>) {
        let secure = if self.secure { "; Secure" } else { "" };
        let age = seconds
            .map(|s| format!("; Max-Age={s}"))
            .unwrap_or_default();
        let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
        // Names and values are ours: letters, digits and dashes.
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.append(header::SET_COOKIE, value);
        }
    }
}

/// A cookie's value, if it looks like one of ours.
fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
        .filter(|value| value.len() <= 64 && value.bytes().all(|b| b.is_ascii_alphanumeric()))
}
