//! How a number is written, as a line of the institution profile instead of code (idea 1).
//!
//! A pattern is a row of signs; spaces between them are for the reader:
//!
//! | sign | stands for |
//! |---|---|
//! | `L` | a Latin letter |
//! | `D` | a digit |
//! | `N` | a digit other than 0 |
//! | `A` | a Latin letter or a digit |
//! | `0`…`9`, `-`, `/`, `.` | itself |
//! | `'X'` | the letter X itself |
//! | `D{3}`, `D{1,7}` | that many |
//! | `<=8` at the end | at most so many characters in all |
//! | `\|` | or |
//! | `@example.org` | an e-mail address of that domain; all alternatives are, or none |
//!
//! Code Massar is `L DDDDDDDDD`, the Moroccan national id `L{1,2} N D{0,6} <=8` (norms.md,
//! "Identifiers"). Regular expressions would cost the browser 315 kB gzip.

use serde::{Deserialize, Serialize};

use crate::email::Email;
use crate::text;

mod parse;

pub use parse::PatternError;

/// The longest number a pattern can describe, in characters.
pub const MAX_LENGTH: usize = 64;

/// A parsed pattern. See the module for its signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pattern {
    source: String,
    /// Tried in order. Empty where `domains` is not.
    shapes: Vec<Shape>,
    /// Of a pattern of e-mail addresses, in small letters.
    domains: Vec<String>,
}

/// Why something typed does not have the shape. Positions count the characters that are kept,
/// from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShapeError {
    /// Nothing is left once spaces and marks are gone.
    Empty,
    /// All right so far, but it goes on, to at least `min` characters.
    TooShort { min: usize },
    /// All right for `max` characters, but then something follows.
    TooLong { max: usize },
    /// The character at `at` is not what stands there.
    Unexpected {
        at: usize,
        found: char,
        expected: Expected,
    },
    /// No e-mail address of one of the domains.
    NoMailbox,
}

/// What a pattern wants at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    Letter,
    Digit,
    /// A digit from 1 to 9.
    NonZeroDigit,
    LetterOrDigit,
    Exactly(char),
}

/// One alternative.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shape {
    items: Vec<Item>,
    shortest: usize,
    longest: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Item {
    class: Expected,
    min: usize,
    max: usize,
}

/// A refusal, and how many characters were right before it: where several patterns refuse, the one
/// that came furthest knows best what the person meant.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) reached: usize,
    pub(crate) error: ShapeError,
}

impl Pattern {
    /// Reads a pattern of the profile.
    ///
    /// # Errors
    /// Says which sign is not understood, and where.
    pub fn parse(source: &str) -> Result<Self, PatternError> {
        let source = source.trim().to_owned();
        if source.starts_with('@') {
            return Ok(Self {
                domains: parse::domains(&source)?,
                source,
                shapes: Vec::new(),
            });
        }
        Ok(Self {
            shapes: parse::shapes(&source)?,
            source,
            domains: Vec::new(),
        })
    }

    /// The one way to write what was typed: upper case, digits `0`–`9`, no spaces, no marks, and
    /// dashes, dots, slashes and underscores only where the pattern has them (S0.3). Of an e-mail
    /// address, its key. Idempotent.
    ///
    /// # Errors
    /// [`ShapeError`] of the alternative that came furthest.
    pub fn normalise(&self, raw: &str) -> Result<String, ShapeError> {
        self.fit(raw).map_err(|refusal| refusal.error)
    }

    /// A number of this shape that looks like an example: `A123456789`.
    pub fn example(&self) -> String {
        if let Some(domain) = self.domains.first() {
            return format!("amal@{domain}");
        }
        let Some(shape) = self.shapes.first() else {
            return String::new();
        };
        let mut spare = shape.longest - shape.shortest;
        let (mut letters, mut digits) = (('A'..='Z').cycle(), ('1'..='9').cycle());
        let mut out = String::new();
        for item in &shape.items {
            let extra = spare.min(item.max - item.min);
            spare -= extra;
            for _ in 0..item.min + extra {
                out.extend(match item.class {
                    Expected::Letter => letters.next(),
                    Expected::Digit | Expected::NonZeroDigit | Expected::LetterOrDigit => {
                        digits.next()
                    }
                    Expected::Exactly(c) => Some(c),
                });
            }
        }
        out
    }

    /// A number of this shape, as long as it can be; `below(n)` gives one of 0 to n - 1. Of e-mail
    /// addresses there is none to be drawn.
    pub fn draw(&self, mut below: impl FnMut(u8) -> u8) -> String {
        let Some(shape) = self.shapes.first() else {
            return String::new();
        };
        let mut spare = shape.longest - shape.shortest;
        let mut out = String::new();
        for item in &shape.items {
            let extra = spare.min(item.max - item.min);
            spare -= extra;
            for _ in 0..item.min + extra {
                out.push(match item.class {
                    Expected::Letter => char::from(b'A' + below(26)),
                    Expected::Digit | Expected::LetterOrDigit => char::from(b'0' + below(10)),
                    Expected::NonZeroDigit => char::from(b'1' + below(9)),
                    Expected::Exactly(c) => c,
                });
            }
        }
        out
    }

    /// Whether it is of e-mail addresses.
    pub const fn is_of_mailboxes(&self) -> bool {
        !self.domains.is_empty()
    }

    /// Characters of the longest number.
    pub fn longest(&self) -> usize {
        if self.is_of_mailboxes() {
            return MAX_LENGTH;
        }
        self.shapes
            .iter()
            .map(|shape| shape.longest)
            .max()
            .unwrap_or(0)
    }

    /// Characters of the shortest number.
    pub fn shortest(&self) -> usize {
        self.shapes
            .iter()
            .map(|shape| shape.shortest)
            .min()
            .unwrap_or(0)
    }

    /// Whether a keyboard of digits is enough to type it.
    pub fn is_digits_only(&self) -> bool {
        !self.is_of_mailboxes()
            && self.items().all(|item| match item.class {
                Expected::Digit | Expected::NonZeroDigit => true,
                Expected::Exactly(c) => c.is_ascii_digit(),
                Expected::Letter | Expected::LetterOrDigit => false,
            })
    }

    /// The pattern as the profile writes it.
    pub fn source(&self) -> &str {
        &self.source
    }

    pub(crate) fn fit(&self, raw: &str) -> Result<String, Refusal> {
        if self.is_of_mailboxes() {
            return self.mailbox(raw);
        }
        let kept = self.keep(raw);
        if kept.is_empty() {
            return Err(Refusal {
                reached: 0,
                error: ShapeError::Empty,
            });
        }
        let mut best: Option<Refusal> = None;
        for shape in &self.shapes {
            match shape.fit(&kept) {
                Ok(()) => return Ok(kept.into_iter().collect()),
                Err(refusal) if best.as_ref().is_none_or(|b| refusal.reached > b.reached) => {
                    best = Some(refusal);
                }
                Err(_) => {}
            }
        }
        Err(best.unwrap_or(Refusal {
            reached: 0,
            error: ShapeError::Empty,
        }))
    }

    fn mailbox(&self, raw: &str) -> Result<String, Refusal> {
        let refused = |error| Refusal { reached: 0, error };
        if text::tidy(raw).is_empty() {
            return Err(refused(ShapeError::Empty));
        }
        let key = Email::parse(raw).map(|email| email.key());
        let of_one = |key: &String| {
            let domain = key.rsplit_once('@').map(|(_, domain)| domain);
            key.len() <= MAX_LENGTH
                && domain.is_some_and(|d| self.domains.iter().any(|own| own == d))
        };
        key.ok()
            .filter(of_one)
            .ok_or_else(|| refused(ShapeError::NoMailbox))
    }

    /// What counts of `raw`: at most one character more than could ever fit.
    fn keep(&self, raw: &str) -> Vec<char> {
        raw.chars()
            .filter_map(text::visible_ascii)
            .filter(|c| !c.is_whitespace() && (!is_separator(*c) || self.holds(*c)))
            .map(|c| c.to_ascii_uppercase())
            .take(self.longest() + 1)
            .collect()
    }

    fn holds(&self, c: char) -> bool {
        self.items().any(|item| item.class == Expected::Exactly(c))
    }

    fn items(&self) -> impl Iterator<Item = &Item> {
        self.shapes.iter().flat_map(|shape| &shape.items)
    }
}

/// What people write between groups.
const fn is_separator(c: char) -> bool {
    matches!(c, '-' | '.' | '/' | '_')
}

impl Shape {
    /// Follows every way through the items at once: `reach` has bit p when p characters can have
    /// been taken so far.
    fn fit(&self, kept: &[char]) -> Result<(), Refusal> {
        let end = kept.len().min(self.longest);
        let mut stuck: Option<(usize, char, Expected)> = None;
        let mut starved = false;
        let mut reach: u128 = 1;
        for item in &self.items {
            let mut after = if item.min == 0 { reach } else { 0 };
            let mut current = reach;
            for count in 1..=item.max {
                let mut next: u128 = 0;
                for at in (0..=end).filter(|at| current & (1 << at) != 0) {
                    match kept.get(at) {
                        Some(c) if at < end && item.class.takes(*c) => next |= 1 << (at + 1),
                        Some(c) if at < end && stuck.is_none_or(|(far, ..)| at >= far) => {
                            stuck = Some((at, *c, item.class));
                        }
                        None if count <= item.min => starved = true,
                        _ => {}
                    }
                }
                if count >= item.min {
                    after |= next;
                }
                current = next;
            }
            reach = after;
        }
        if reach & (1 << kept.len()) != 0 && kept.len() <= self.longest {
            return Ok(());
        }
        if starved {
            let error = ShapeError::TooShort { min: self.shortest };
            return Err(Refusal {
                reached: kept.len(),
                error,
            });
        }
        let complete = (0..=end).rev().find(|at| reach & (1 << at) != 0);
        if let Some(max) = complete
            && (max == self.longest || stuck.is_none_or(|(far, ..)| far < max))
        {
            return Err(Refusal {
                reached: max,
                error: ShapeError::TooLong { max },
            });
        }
        let (reached, error) = match stuck {
            Some((far, found, expected)) => (
                far,
                ShapeError::Unexpected {
                    at: far + 1,
                    found,
                    expected,
                },
            ),
            None => (end, ShapeError::TooLong { max: self.longest }),
        };
        Err(Refusal { reached, error })
    }
}

impl Expected {
    const fn takes(self, c: char) -> bool {
        match self {
            Self::Letter => c.is_ascii_uppercase(),
            Self::Digit => c.is_ascii_digit(),
            Self::NonZeroDigit => matches!(c, '1'..='9'),
            Self::LetterOrDigit => c.is_ascii_uppercase() || c.is_ascii_digit(),
            Self::Exactly(wanted) => c == wanted,
        }
    }
}

impl TryFrom<String> for Pattern {
    type Error = PatternError;

    fn try_from(source: String) -> Result<Self, PatternError> {
        Self::parse(&source)
    }
}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> Self {
        pattern.source
    }
}
