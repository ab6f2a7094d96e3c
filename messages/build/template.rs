//! One text as written in the sources, taken apart: words, arguments, literal Latin runs.
//!
//! `{address:ltr}` is an argument, `{'Code Massar'}` is a Latin run that is never translated and
//! never turned around by the Arabic text it stands in.

use std::fmt;

/// How an argument is shown inside the sentence around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// E-mail, phone, code, number, id: left to right, not translated.
    Ltr,
    /// What a person typed: its own first letter decides its direction.
    Auto,
    /// A text of our own in the page's language: runs with the sentence.
    Plain,
    /// The number that chooses the plural form.
    Count,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Auto => "auto",
            Self::Plain => "plain",
            Self::Count => "count",
        }
    }

    pub(crate) const NAMES: &'static str = "ltr, auto, plain, count";

    fn from_name(name: &str) -> Option<Self> {
        [Self::Ltr, Self::Auto, Self::Plain, Self::Count]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// An argument by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Slot {
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

impl Slot {
    /// Reads `name:kind`.
    pub(crate) fn read(written: &str) -> Result<Self, String> {
        let Some((name, kind)) = written.split_once(':') else {
            return Err(format!(
                "{{{written}}} has no kind: write {{{written}:…}} with {}",
                Kind::NAMES
            ));
        };
        let Some(kind) = Kind::from_name(kind) else {
            return Err(format!(
                "unknown kind {kind:?} in {{{written}}}: use {}",
                Kind::NAMES
            ));
        };
        if !is_snake_case(name) {
            return Err(format!(
                "argument {name:?}: use small letters, digits and '_'"
            ));
        }
        Ok(Self {
            name: name.to_owned(),
            kind,
        })
    }
}

/// As it is written in a text, without braces.
impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.name, self.kind.name())
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Words(String),
    Literal(String),
    Slot(Slot),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template {
    pub(crate) parts: Vec<Part>,
}

impl Template {
    /// Reads a text. The error says what is wrong and what to write instead.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find(['{', '}']) {
            let (words, from) = rest.split_at(open);
            if !words.is_empty() {
                parts.push(Part::Words(words.to_owned()));
            }
            let Some(inside) = from.strip_prefix('{') else {
                return Err("a '}' without its '{': remove it".to_owned());
            };
            let Some((inner, after)) = inside.split_once('}') else {
                return Err("a '{' without its '}': close it".to_owned());
            };
            parts.push(part(inner)?);
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Words(rest.to_owned()));
        }
        Ok(Self { parts })
    }

    pub(crate) fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.parts.iter().filter_map(|part| match part {
            Part::Slot(slot) => Some(slot),
            Part::Words(_) | Part::Literal(_) => None,
        })
    }
}

fn part(inner: &str) -> Result<Part, String> {
    if let Some(literal) = inner.strip_prefix('\'').and_then(|l| l.strip_suffix('\'')) {
        if literal.is_empty() {
            return Err("an empty literal {''}: remove it".to_owned());
        }
        return Ok(Part::Literal(literal.to_owned()));
    }
    Slot::read(inner).map(Part::Slot)
}

/// Whether `name` can be a key or an argument: `a-z`, then `a-z 0-9 _`.
pub(crate) fn is_snake_case(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
