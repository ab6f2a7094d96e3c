//! Numbers that say who a person is, in the one way to write them (norms.md, "Identifiers").
//!
//! These types hold text that a pattern of the profile has normalised: equal numbers are equal
//! text, on the roll, in an account and as typed. They only locate a record, they prove nothing
//! (norm 1). `Debug` masks them: full identifiers never reach a log (norm 2).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::email::Email;
use crate::pattern::{MAX_LENGTH, Pattern, Refusal, ShapeError};
use crate::profile::{NationalIdKind, NationalIdProfile};

/// The number a student is enrolled under; Code Massar in Morocco (S0.2).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RollNumber(String);

impl RollNumber {
    /// Reads a typed number (S0.3).
    ///
    /// # Errors
    /// What keeps it from having the profile's shape.
    pub fn parse(raw: &str, pattern: &Pattern) -> Result<Self, ShapeError> {
        pattern.normalise(raw).map(Self)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// First character and last two, the rest hidden: `G•••••••56`.
    pub fn mask(&self) -> String {
        mask(&self.0)
    }
}

/// The document a person names: national id card, passport or residence card (S0.2).
///
/// The kind is the first whose shape fits, and shapes overlap: an Indian passport, a letter and
/// seven digits, also looks like a Moroccan card. So the kind helps to word a page, while equality,
/// order and hash go by the number alone, and so must every look-up.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "RawNationalId")]
pub struct NationalId {
    kind: NationalIdKind,
    number: String,
}

impl NationalId {
    /// Reads a typed number of any document the institution takes, tried in order (S0.3).
    ///
    /// # Errors
    /// What the shape that came furthest says; [`ShapeError::Empty`] where no document is taken.
    pub fn parse(raw: &str, documents: &[NationalIdProfile]) -> Result<Self, ShapeError> {
        first_fit(raw, documents.iter())
    }

    /// Reads a number of one named document, as a roll or a choice on the page gives it.
    ///
    /// # Errors
    /// What keeps it from having that shape; [`ShapeError::Empty`] where the institution does not
    /// take this document.
    pub fn parse_as(
        kind: NationalIdKind,
        raw: &str,
        documents: &[NationalIdProfile],
    ) -> Result<Self, ShapeError> {
        first_fit(
            raw,
            documents.iter().filter(|document| document.kind == kind),
        )
    }

    /// What is stored: written by this type before.
    ///
    /// # Errors
    /// The text is not one that a pattern could have written.
    pub fn from_stored(kind: NationalIdKind, number: String) -> Result<Self, NotNormal> {
        normal(number).map(|number| Self { kind, number })
    }

    pub const fn kind(&self) -> NationalIdKind {
        self.kind
    }

    pub fn as_str(&self) -> &str {
        &self.number
    }

    /// First character and last two, the rest hidden: `A•••••56`.
    pub fn mask(&self) -> String {
        mask(&self.number)
    }
}

/// Text that no pattern could have written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotNormal;

impl fmt::Display for NotNormal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a number in normal form")
    }
}

impl std::error::Error for NotNormal {}

fn first_fit<'d>(
    raw: &str,
    documents: impl Iterator<Item = &'d NationalIdProfile>,
) -> Result<NationalId, ShapeError> {
    let mut best = Refusal {
        reached: 0,
        error: ShapeError::Empty,
    };
    for document in documents {
        match document.pattern.fit(raw) {
            Ok(number) => {
                return Ok(NationalId {
                    kind: document.kind,
                    number,
                });
            }
            Err(refusal) if best.error == ShapeError::Empty || refusal.reached > best.reached => {
                best = refusal;
            }
            Err(_) => {}
        }
    }
    Err(best.error)
}

fn normal(text: String) -> Result<String, NotNormal> {
    let fits = !text.is_empty() && text.len() <= MAX_LENGTH;
    let plain =
        |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '/' | '.');
    let is_mailbox = || Email::parse(&text).is_ok_and(|email| email.key() == text);
    if fits && (text.chars().all(plain) || is_mailbox()) {
        Ok(text)
    } else {
        Err(NotNormal)
    }
}

/// A number of five characters or fewer is hidden whole but for its last one.
fn mask(number: &str) -> String {
    let count = number.chars().count();
    let (head, tail) = if count > 5 { (1, 2) } else { (0, 1) };
    number
        .chars()
        .enumerate()
        .map(|(at, c)| {
            if at < head || at + tail >= count {
                c
            } else {
                '•'
            }
        })
        .collect()
}

impl TryFrom<String> for RollNumber {
    type Error = NotNormal;

    fn try_from(text: String) -> Result<Self, NotNormal> {
        normal(text).map(Self)
    }
}

impl From<RollNumber> for String {
    fn from(number: RollNumber) -> Self {
        number.0
    }
}

impl fmt::Debug for RollNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RollNumber({})", self.mask())
    }
}

#[derive(Deserialize)]
struct RawNationalId {
    kind: NationalIdKind,
    number: String,
}

impl TryFrom<RawNationalId> for NationalId {
    type Error = NotNormal;

    fn try_from(raw: RawNationalId) -> Result<Self, NotNormal> {
        Self::from_stored(raw.kind, raw.number)
    }
}

impl PartialEq for NationalId {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for NationalId {}

impl PartialOrd for NationalId {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for NationalId {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.number.cmp(&other.number)
    }
}

impl std::hash::Hash for NationalId {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

impl fmt::Debug for NationalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NationalId({:?} {})", self.kind, self.mask())
    }
}
