//! Reading a pattern of the profile. Mistakes name the place, so that `miftah check` can show it.

use std::fmt;
use std::iter::Peekable;
use std::str::CharIndices;

use serde::{Deserialize, Serialize};

use crate::email;

use super::{Expected, Item, MAX_LENGTH, Shape};

/// A mistake in a pattern; `at` counts its characters from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PatternError {
    /// No sign at all, or nothing between two `|`.
    Empty,
    /// Not a sign of the table.
    UnknownSign { at: usize, sign: char },
    /// `{…}` is not `{n}` or `{n,m}` with n ≤ m and m ≥ 1, or follows no sign.
    Count { at: usize },
    /// `<=n` is not a number, not the end of its alternative, or less than its signs demand.
    Limit { at: usize },
    /// `'X'` is not one Latin letter between two quotes.
    Quote { at: usize },
    /// More than [`MAX_LENGTH`] characters.
    TooLong,
    /// An alternative beside `@example.org` that is none.
    Domain,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the pattern, or one side of a `|`, is empty"),
            Self::UnknownSign { at, sign } => {
                write!(
                    f,
                    "character {at}, `{sign}`, is not one of L D N A 0-9 - / . ' {{ | <="
                )
            }
            Self::Count { at } => {
                write!(
                    f,
                    "character {at}: a count is written {{3}} or {{1,7}} after a sign"
                )
            }
            Self::Limit { at } => {
                write!(
                    f,
                    "character {at}: a limit is written <=8, last, and leaves room for all signs"
                )
            }
            Self::Quote { at } => write!(f, "character {at}: a fixed letter is written 'X'"),
            Self::Domain => f.write_str(
                "a pattern of e-mail addresses is written @example.org | @example.net, in small letters",
            ),
            Self::TooLong => write!(
                f,
                "a number of this pattern could exceed {MAX_LENGTH} characters"
            ),
        }
    }
}

impl std::error::Error for PatternError {}

pub(super) fn shapes(source: &str) -> Result<Vec<Shape>, PatternError> {
    let mut shapes = Vec::new();
    let mut start = 0;
    for alternative in source.split('|') {
        shapes.push(shape(alternative, start)?);
        start += alternative.chars().count() + 1;
    }
    Ok(shapes)
}

/// The domains of a pattern of e-mail addresses.
pub(super) fn domains(source: &str) -> Result<Vec<String>, PatternError> {
    source
        .split('|')
        .map(|alternative| {
            let domain = alternative.trim().strip_prefix('@').unwrap_or_default();
            email::is_domain(domain)
                .then(|| domain.to_owned())
                .ok_or(PatternError::Domain)
        })
        .collect()
}

/// Characters of one alternative with their place in the whole pattern.
struct Signs<'s> {
    chars: Peekable<CharIndices<'s>>,
    start: usize,
    read: usize,
}

impl Signs<'_> {
    fn next(&mut self) -> Option<char> {
        let (_, c) = self.chars.next()?;
        self.read += 1;
        Some(c)
    }

    fn next_is(&mut self, wanted: char) -> bool {
        let found = self.chars.peek().is_some_and(|(_, c)| *c == wanted);
        if found {
            self.next();
        }
        found
    }

    fn skip_spaces(&mut self) {
        while self.chars.peek().is_some_and(|(_, c)| c.is_whitespace()) {
            self.next();
        }
    }

    /// The number that stands here; two digits are enough for [`MAX_LENGTH`].
    fn number(&mut self) -> Option<usize> {
        self.skip_spaces();
        let mut number = None;
        while let Some(digit) = self.chars.peek().and_then(|(_, c)| c.to_digit(10)) {
            self.next();
            number = Some((number.unwrap_or(0) * 10 + digit as usize).min(MAX_LENGTH + 1));
        }
        self.skip_spaces();
        number
    }

    /// Place of the character read last, from 1.
    const fn at(&self) -> usize {
        self.start + self.read
    }
}

fn shape(alternative: &str, start: usize) -> Result<Shape, PatternError> {
    let mut signs = Signs {
        chars: alternative.char_indices().peekable(),
        start,
        read: 0,
    };
    let mut items: Vec<Item> = Vec::new();
    let mut limit = None;
    while let Some(sign) = signs.next() {
        let at = signs.at();
        let class = match sign {
            c if c.is_whitespace() => continue,
            'L' => Expected::Letter,
            'D' => Expected::Digit,
            'N' => Expected::NonZeroDigit,
            'A' => Expected::LetterOrDigit,
            '0'..='9' | '-' | '/' | '.' => Expected::Exactly(sign),
            '\'' => Expected::Exactly(quoted(&mut signs).ok_or(PatternError::Quote { at })?),
            '<' => {
                limit = Some(last_limit(&mut signs).ok_or(PatternError::Limit { at })?);
                break;
            }
            '{' => return Err(PatternError::Count { at }),
            _ => return Err(PatternError::UnknownSign { at, sign }),
        };
        signs.skip_spaces();
        let (min, max) = match signs.next_is('{') {
            true => count(&mut signs).ok_or(PatternError::Count { at: at + 1 })?,
            false => (1, 1),
        };
        items.push(Item { class, min, max });
    }
    sized(items, limit, signs.at())
}

fn quoted(signs: &mut Signs<'_>) -> Option<char> {
    let letter = signs.next().filter(char::is_ascii_alphabetic)?;
    signs.next_is('\'').then(|| letter.to_ascii_uppercase())
}

fn count(signs: &mut Signs<'_>) -> Option<(usize, usize)> {
    let min = signs.number()?;
    let max = if signs.next_is(',') {
        signs.number()?
    } else {
        min
    };
    (signs.next_is('}') && min <= max && max > 0).then_some((min, max))
}

fn last_limit(signs: &mut Signs<'_>) -> Option<usize> {
    if !signs.next_is('=') {
        return None;
    }
    let limit = signs.number()?;
    signs.chars.peek().is_none().then_some(limit)
}

fn sized(items: Vec<Item>, limit: Option<usize>, at: usize) -> Result<Shape, PatternError> {
    let shortest: usize = items.iter().map(|item| item.min).sum();
    let most: usize = items.iter().map(|item| item.max).sum();
    let longest = limit.map_or(most, |limit| limit.min(most));
    if most == 0 {
        return Err(PatternError::Empty);
    }
    if longest < shortest || longest == 0 {
        return Err(PatternError::Limit { at });
    }
    if longest > MAX_LENGTH {
        return Err(PatternError::TooLong);
    }
    Ok(Shape {
        items,
        shortest: shortest.max(1),
        longest,
    })
}
