//! `--sms`: one gateway by its URL, or several by a file that describes how each wants to be asked.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;
use std::{fs, io};

use hyper::header::{CONTENT_TYPE, HeaderName};
use hyper::{Method, StatusCode};
use serde::Deserialize;
use url::Url;

use super::gateway::{Form, Gateway};
use super::template::{Escape, Template};
use crate::caution::is_loopback;

/// Where the key of a gateway that is named by its URL comes from.
const TOKEN: &str = "MIFTAH_SMS_TOKEN";
/// The same letter has the same one, however often it is handed over (draft-ietf-httpapi-idempotency-key).
const IDEMPOTENCY: &str = "Idempotency-Key";
/// Two gateways' together well inside a letter's lease.
const LONGEST_SECONDS: u64 = 30;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    gateways: Vec<Described>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Described {
    /// As it is called in the log.
    name: String,
    url: String,
    #[serde(default)]
    method: Verb,
    #[serde(default)]
    content: Content,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    body: String,
    #[serde(default)]
    number: Form,
    /// What the answer holds when the SMS was taken; for gateways that say 200 to everything.
    taken_if: Option<String>,
    /// Statuses that say: this number gets no SMS, now or later.
    #[serde(default)]
    wrong_number: Vec<u16>,
    #[serde(default = "ten")]
    timeout_seconds: u64,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Verb {
    #[default]
    Post,
    Get,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Content {
    #[default]
    Json,
    Form,
}

const fn ten() -> u64 {
    10
}

/// The gateways of `--sms`, in the order in which they are tried.
///
/// # Errors
/// With one sentence for the operator, without any secret.
pub(super) fn read(
    setting: &str,
    environment: impl Fn(&str) -> Option<String> + Copy,
) -> io::Result<Vec<Gateway>> {
    let wrong = |what: String| io::Error::other(format!("--sms: {what}"));
    if setting.starts_with("https://") || setting.starts_with("http://") {
        let one = plain(setting, environment(TOKEN).is_some());
        return Ok(vec![
            gateway(one, environment).map_err(|error| wrong(error.to_string()))?,
        ]);
    }
    let path = Path::new(setting.strip_prefix("file:").unwrap_or(setting));
    let told = |what: String| wrong(format!("{}: {what}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| told(error.to_string()))?;
    // The message of the parser alone: the line it shows may hold a secret.
    let file: File = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| {
            text.bytes()
                .take(span.start)
                .filter(|byte| *byte == b'\n')
                .count()
                + 1
        });
        told(format!("line {line}: {}", error.message()))
    })?;
    if file.gateways.is_empty() {
        return Err(told("describes no gateway".into()));
    }
    file.gateways
        .into_iter()
        .map(|one| {
            let name = one.name.clone();
            gateway(one, environment).map_err(|error| told(format!("{name}: {error}")))
        })
        .collect()
}

/// What a URL alone stands for.
fn plain(url: &str, has_token: bool) -> Described {
    let token = ("Authorization".to_owned(), format!("Bearer ${{{TOKEN}}}"));
    Described {
        name: "gateway".into(),
        url: url.into(),
        method: Verb::Post,
        content: Content::Json,
        headers: has_token.then_some(token).into_iter().collect(),
        body: r#"{"to":"{to}","text":"{text}","id":"{id}"}"#.into(),
        number: Form::International,
        taken_if: None,
        wrong_number: Vec::new(),
        timeout_seconds: ten(),
    }
}

fn gateway(
    one: Described,
    environment: impl Fn(&str) -> Option<String> + Copy,
) -> io::Result<Gateway> {
    let wrong = |what: &str| io::Error::other(what.to_owned());
    if !(1..=LONGEST_SECONDS).contains(&one.timeout_seconds) {
        return Err(wrong("timeout_seconds is 1 to 30"));
    }
    checked(&one.url)?;
    let url = Template::read(&one.url, environment)?;
    let body = Template::read(&one.body, environment)?;
    if one.method == Verb::Get && !one.body.is_empty() {
        return Err(wrong("GET has no body: put {to} and {text} into the URL"));
    }
    if !Template::carry_all(&[&url, &body]) {
        return Err(wrong("{to} and {text} have their place in body or url"));
    }
    let mut headers = vec![];
    for (name, value) in &one.headers {
        let header = HeaderName::try_from(name).map_err(|_| wrong("a header has no name"))?;
        if value.contains("{text}") {
            return Err(wrong("a header holds no {text}"));
        }
        headers.push((header, Template::read(value, environment)?));
    }
    let mut add = |name: HeaderName, value: &str| {
        if headers.iter().all(|(there, _)| *there != name) {
            headers.push((name, Template::read(value, environment)?));
        }
        Ok::<_, io::Error>(())
    };
    let (kind, escape) = match one.content {
        Content::Json => ("application/json", Escape::Json),
        Content::Form => ("application/x-www-form-urlencoded", Escape::Percent),
    };
    if one.method == Verb::Post {
        add(CONTENT_TYPE, kind)?;
    }
    add(
        HeaderName::try_from(IDEMPOTENCY).map_err(io::Error::other)?,
        "{id}",
    )?;
    let wrong_number = one
        .wrong_number
        .iter()
        .map(|code| StatusCode::from_u16(*code));
    Ok(Gateway {
        name: one.name,
        method: match one.method {
            Verb::Post => Method::POST,
            Verb::Get => Method::GET,
        },
        url,
        headers,
        body,
        escape,
        number: one.number,
        taken_if: one.taken_if,
        wrong_number: wrong_number
            .collect::<Result<_, _>>()
            .map_err(|_| wrong("wrong_number holds statuses, 100 to 999"))?,
        timeout: Duration::from_secs(one.timeout_seconds),
    })
}

/// Texts of people's SMS and a key travel: in the clear on this machine only.
fn checked(url: &str) -> io::Result<()> {
    let places = url.replace(['{', '}', '$'], "");
    let parsed = Url::parse(&places).map_err(|error| io::Error::other(format!("url: {error}")))?;
    let host = parsed.host_str().unwrap_or_default();
    match parsed.scheme() {
        "https" if !host.is_empty() => Ok(()),
        "http" if is_loopback(host) => Ok(()),
        _ => Err(io::Error::other(
            "url begins with https://, or leads to this machine",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    const WHOLE: &str = r#"
        [[gateways]]
        name = "first"
        url = "https://sms.example.ma/api"
        headers = { Authorization = "Bearer ${KEY}" }
        body = '{"to":"{to}","text":"{text}"}'
        wrong_number = [404]
    "#;

    fn told(text: &str) -> String {
        // Tests run beside each other.
        let (program, test) = (std::process::id(), std::thread::current().id());
        let name = format!("miftah_sms_settings_{program}_{test:?}");
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, text).unwrap();
        let environment = |name: &str| (name == "KEY").then(|| "s3cret".to_owned());
        match read(path.to_str().unwrap(), environment) {
            Ok(gateways) => {
                assert!(!format!("{gateways:?}").contains("s3cret"));
                format!("{}", gateways.len())
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_gateway_is_described_in_a_file() {
        assert_eq!(told(WHOLE), "1");
        assert_eq!(told(&WHOLE.repeat(2)), "2");
    }

    #[test]
    fn what_is_wrong_is_told_without_secrets() {
        for (from, to, expected) in [
            ("${KEY}", "${OTHER}", "no variable OTHER"),
            ("https://", "http://", "https://"),
            ("{text}\"", "\"", "{to} and {text}"),
            ("[404]", "[4]", "100 to 999"),
            ("wrong_number", "wrong_numbers", "line 7: unknown field"),
            ("[404]", "[404]\ntimeout_seconds = 60", "1 to 30"),
            ("[404]", "[404]\nmethod = \"GET\"", "GET has no body"),
            ("Bearer ${KEY}", "${KEY} {text}", "a header holds no {text}"),
        ] {
            let text = WHOLE.replace(from, to);
            assert_ne!(text, WHOLE, "{from}");
            let told = told(&text);
            assert!(told.contains(expected), "{told}");
            assert!(!told.contains("s3cret"), "{told}");
        }
        assert!(told("").contains("gateways"));
    }

    #[test]
    fn one_gateway_is_named_by_its_url() {
        let none = |_: &str| None;
        assert_eq!(read("https://sms.example.ma/send", none).unwrap().len(), 1);
        assert_eq!(read("http://127.0.0.1:8000/send", none).unwrap().len(), 1);
        assert!(read("http://sms.example.ma/send", none).is_err());
        assert!(read("/nowhere/sms.toml", none).is_err());
    }
}
