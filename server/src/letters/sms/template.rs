//! Requests as gateways want them: texts with places for number, text and id, and with secrets that
//! come from the environment.

use std::io;

/// How a value is written where it is put in, so that nothing in it is taken for the request's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Escape {
    /// Within the quotes of a JSON text.
    Json,
    /// Percent-encoded, for URLs and forms.
    Percent,
    /// As it is; for headers, which take visible ASCII only.
    Bare,
}

/// What is put in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Values<'a> {
    pub(super) to: &'a str,
    pub(super) text: &'a str,
    pub(super) id: &'a str,
}

/// A text with places.
#[derive(Clone)]
pub(super) struct Template(Vec<Piece>);

#[derive(Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    To,
    Sms,
    Id,
}

/// Its texts may hold secrets.
impl std::fmt::Debug for Template {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Template(…)")
    }
}

impl Template {
    /// Reads `{to}`, `{text}`, `{id}` and `${NAME}`, which `environment` knows; other braces stand for
    /// themselves.
    ///
    /// # Errors
    /// A name that the environment does not have, or one without an end.
    pub(super) fn read(
        text: &str,
        environment: impl Fn(&str) -> Option<String>,
    ) -> io::Result<Self> {
        let mut pieces = vec![Piece::Text(String::new())];
        let mut rest = text;
        while let Some(at) = rest.find(['{', '$']) {
            let (before, from) = rest.split_at(at);
            push(&mut pieces, before);
            let place = [
                ("{to}", Piece::To),
                ("{text}", Piece::Sms),
                ("{id}", Piece::Id),
            ]
            .into_iter()
            .find_map(|(name, piece)| Some((from.strip_prefix(name)?, piece)));
            if let Some((after, piece)) = place {
                pieces.push(piece);
                rest = after;
            } else if let Some(named) = from.strip_prefix("${") {
                let (name, after) = named
                    .split_once('}')
                    .ok_or_else(|| io::Error::other("${ without its }"))?;
                let value = environment(name).ok_or_else(|| {
                    io::Error::other(format!("the environment has no variable {name}"))
                })?;
                push(&mut pieces, &value);
                rest = after;
            } else {
                let (sign, after) = from.split_at(1);
                push(&mut pieces, sign);
                rest = after;
            }
        }
        push(&mut pieces, rest);
        Ok(Self(pieces))
    }

    pub(super) fn fill(&self, values: Values<'_>, escape: Escape) -> String {
        let mut filled = String::new();
        for piece in &self.0 {
            let value = match piece {
                Piece::Text(text) => {
                    filled.push_str(text);
                    continue;
                }
                Piece::To => values.to,
                Piece::Sms => values.text,
                Piece::Id => values.id,
            };
            match escape {
                Escape::Bare => filled.push_str(value),
                Escape::Percent => {
                    let signs = percent_encoding::NON_ALPHANUMERIC;
                    filled.extend(percent_encoding::utf8_percent_encode(value, signs));
                }
                Escape::Json => {
                    let quoted = serde_json::Value::from(value).to_string();
                    let inner = quoted
                        .strip_prefix('"')
                        .and_then(|rest| rest.strip_suffix('"'));
                    filled.push_str(inner.unwrap_or_default());
                }
            }
        }
        filled
    }

    /// Whether both the number and the text have a place in one of these.
    pub(super) fn carry_all(templates: &[&Self]) -> bool {
        [Piece::To, Piece::Sms]
            .iter()
            .all(|place| templates.iter().any(|one| one.0.contains(place)))
    }
}

fn push(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(before)) => before.push_str(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::{Escape, Template, Values};

    const VALUES: Values<'_> = Values {
        to: "+212612345678",
        text: "رمز \"1\" & \\ {to}\n",
        id: "7",
    };

    fn read(text: &str) -> Result<Template, String> {
        let environment = |name: &str| (name == "TOKEN").then(|| "s3cret".to_owned());
        Template::read(text, environment).map_err(|error| error.to_string())
    }

    #[test]
    fn a_value_never_becomes_a_part_of_the_request() {
        let json = read(r#"{"to":"{to}","text":"{text}","id":"{id}","key":"${TOKEN}"}"#).unwrap();
        let filled = json.fill(VALUES, Escape::Json);
        let parsed: serde_json::Value = serde_json::from_str(&filled).unwrap();
        assert_eq!(parsed["to"], VALUES.to);
        assert_eq!(parsed["text"], VALUES.text);
        assert_eq!(parsed["key"], "s3cret");
        let form = read("to={to}&text={text}").unwrap();
        let filled = form.fill(VALUES, Escape::Percent);
        let pairs: Vec<_> = url::form_urlencoded::parse(filled.as_bytes()).collect();
        assert_eq!(pairs[0].1, VALUES.to);
        assert_eq!(pairs[1].1, VALUES.text);
        assert_eq!(pairs.len(), 2);
    }

    #[test]
    fn a_text_that_ends_with_a_quote_keeps_it() {
        let values = Values {
            text: "\"a\"",
            ..VALUES
        };
        let filled = read(r#"["{text}"]"#).unwrap().fill(values, Escape::Json);
        assert_eq!(filled, r#"["\"a\""]"#);
    }

    #[test]
    fn what_is_missing_is_told_and_secrets_are_not() {
        assert_eq!(
            read("${OTHER}").unwrap_err(),
            "the environment has no variable OTHER"
        );
        assert!(read("${TOKEN").is_err());
        assert_eq!(
            read("$5 {x} {").unwrap().fill(VALUES, Escape::Bare),
            "$5 {x} {"
        );
        assert!(!format!("{:?}", read("${TOKEN}").unwrap()).contains("s3cret"));
    }

    #[test]
    fn number_and_text_have_a_place_somewhere() {
        let (to, text) = (read("/{to}").unwrap(), read("{text}").unwrap());
        assert!(Template::carry_all(&[&to, &text]));
        assert!(!Template::carry_all(&[&to, &to]));
        assert!(!Template::carry_all(&[&text]));
    }
}
