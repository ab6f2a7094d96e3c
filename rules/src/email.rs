//! E-mail addresses: enough of a check to catch slips; whether a mailbox exists only a code can
//! prove (norm 1).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text;

mod typo;

pub use typo::suggest_domain;

/// Characters before the `@` at most (RFC 5321, 4.5.3.1.1).
pub const LOCAL_MAX: usize = 64;
/// Characters in all at most (RFC 5321, 4.5.3.1.3, less the angle brackets).
pub const MAX_LENGTH: usize = 254;

/// An address to write to: local part as typed, domain in lower case. `Debug` shows
/// [`Email::mask`]. Compare by [`Email::key`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// Why something typed is not an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailError {
    /// Nothing is left once spaces and marks are gone.
    Empty,
    /// No `@`.
    NoAt,
    /// More than one `@`: two addresses, or a slip.
    ManyAts,
    /// Nothing before the `@`, or more than [`LOCAL_MAX`].
    LocalLength,
    /// More than [`MAX_LENGTH`] in all.
    TooLong,
    /// Nothing after the `@`, or no dot in it.
    DomainWithoutDot,
    /// A dot at an end of a part, or two in a row.
    Dots,
    /// A letter of another script. Addresses with such letters exist, but most mail services in
    /// use here refuse them, and look-alike letters would make two addresses look like one. A
    /// domain of that kind works in its ASCII form, `xn--…`.
    NotAscii(char),
    /// A character that no address in use has there.
    UnexpectedCharacter(char),
}

/// Whether a text is the domain of an address, in the one way to write it.
pub fn is_domain(domain: &str) -> bool {
    let address = format!("a@{domain}");
    Email::parse(&address).is_ok_and(|email| email.key() == address)
}

impl Email {
    /// Reads a typed or pasted address. Spaces and invisible marks go (S0.3), as do `mailto:`,
    /// angle brackets and the full stop that ended a sentence.
    ///
    /// # Errors
    /// [`EmailError`].
    pub fn parse(raw: &str) -> Result<Self, EmailError> {
        let text: String = raw
            .chars()
            .filter_map(text::visible_ascii)
            .filter(|c| !c.is_whitespace())
            .take(MAX_LENGTH * 2)
            .collect();
        let text = text.strip_prefix("mailto:").unwrap_or(&text);
        let text = text
            .trim_start_matches('<')
            .trim_end_matches(['>', '.', ',', ';']);
        if text.is_empty() {
            return Err(EmailError::Empty);
        }
        let (local, domain) = text.split_once('@').ok_or(EmailError::NoAt)?;
        if domain.contains('@') {
            return Err(EmailError::ManyAts);
        }
        if let Some(c) = text.chars().find(|c| !c.is_ascii()) {
            return Err(EmailError::NotAscii(c));
        }
        check_local(local)?;
        check_domain(domain)?;
        if text.len() > MAX_LENGTH {
            return Err(EmailError::TooLong);
        }
        Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase())))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What makes two addresses the same account's: everything in lower case. Mail services may
    /// tell `Ali@` from `ali@`; none in use does, and people do not. Dots and `+tags` stay: which
    /// of them a service ignores is its secret.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    /// First letter of either part and the last label, the rest hidden: `a•••@g•••.com`. The dots
    /// are always three, so lengths stay hidden; a part of one letter is hidden whole.
    /// Left to right: isolate it in right-to-left text.
    pub fn mask(&self) -> String {
        let (host, last) = self
            .domain()
            .rsplit_once('.')
            .unwrap_or((self.domain(), ""));
        format!("{}@{}.{last}", masked(self.local()), masked(host))
    }

    /// Before the `@`.
    pub fn local(&self) -> &str {
        self.0.split_once('@').map_or("", |(local, _)| local)
    }

    /// After the `@`, lower case.
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }

    /// The address that was probably meant, when the domain looks like a slip (`gmial.com`). Ask,
    /// never correct unasked. `own` are the institution's domains.
    pub fn suggestion(&self, own: &[&str]) -> Option<Self> {
        let domain = suggest_domain(self.domain(), own)?;
        Some(Self(format!("{}@{domain}", self.local())))
    }
}

fn masked(part: &str) -> String {
    let mut chars = part.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(_)) => format!("{first}•••"),
        _ => "•••".to_owned(),
    }
}

fn check_local(local: &str) -> Result<(), EmailError> {
    if local.is_empty() || local.len() > LOCAL_MAX {
        return Err(EmailError::LocalLength);
    }
    // RFC 5322 "atext"; quoted local parts are legal, and used by nobody.
    let plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    if let Some(c) = local.chars().find(|c| !plain(*c)) {
        return Err(EmailError::UnexpectedCharacter(c));
    }
    check_dots(local)
}

fn check_domain(domain: &str) -> Result<(), EmailError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    if let Some(c) = domain.chars().find(|c| !plain(*c)) {
        return Err(EmailError::UnexpectedCharacter(c));
    }
    let (_, last) = domain
        .rsplit_once('.')
        .ok_or(EmailError::DomainWithoutDot)?;
    check_dots(domain)?;
    for label in domain.split('.') {
        if label.len() > 63 {
            return Err(EmailError::TooLong);
        }
        if label.starts_with('-') || label.ends_with('-') {
            return Err(EmailError::UnexpectedCharacter('-'));
        }
    }
    // Numbers at the end make an IP address, and no top level has one letter.
    match last.chars().find(|c| !c.is_ascii_alphabetic()) {
        Some(c) if !last.starts_with("xn--") => Err(EmailError::UnexpectedCharacter(c)),
        _ if last.len() < 2 => Err(EmailError::DomainWithoutDot),
        _ => Ok(()),
    }
}

fn check_dots(part: &str) -> Result<(), EmailError> {
    let bad = part.starts_with('.') || part.ends_with('.') || part.contains("..");
    if bad { Err(EmailError::Dots) } else { Ok(()) }
}

impl fmt::Display for EmailError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not an e-mail address: {self:?}")
    }
}

impl std::error::Error for EmailError {}

impl TryFrom<String> for Email {
    type Error = EmailError;

    fn try_from(text: String) -> Result<Self, EmailError> {
        Self::parse(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Email({})", self.mask())
    }
}
