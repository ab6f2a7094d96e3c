//! Mobile numbers, as people write them and as E.164 stores them (norms.md, "Identifiers").
//!
//! The browser and the first check of the server follow the profile's few facts about the country;
//! a full numbering plan would be larger than the whole application.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::profile::PhoneProfile;
use crate::text;

/// A mobile number in E.164: `+212612345678`. `Debug` shows [`Phone::mask`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// Why something typed is not a mobile number of the institution's country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneError {
    /// Nothing is left once spaces and marks are gone.
    Empty,
    /// A character that no phone number has.
    UnexpectedCharacter(char),
    /// Fewer digits than the `digits` of a number with its trunk prefix.
    TooShort { digits: usize },
    /// More digits than the `digits` of a number with its trunk prefix.
    TooLong { digits: usize },
    /// A number of the country, of the right length, that gets no messages: a land line.
    NotMobile,
    /// An international number of another country.
    OtherCountry,
}

/// A company and the first digits of its numbers, without the trunk prefix. A number that no
/// operator lists only earns a warning, since numbers are portable (S4.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    pub name: String,
    pub prefixes: Vec<String>,
}

impl Phone {
    /// Reads `06 12 34 56 78`, `612345678`, `+212 6…`, `00212 6…`, `212 6…`, `+212 (0)6…`, in any
    /// digits, with the plus at the wrong end as right-to-left fields show it (S0.3).
    ///
    /// # Errors
    /// [`PhoneError`].
    pub fn parse(raw: &str, rules: &PhoneProfile) -> Result<Self, PhoneError> {
        let typed = Typed::read(raw)?;
        let national = national(&typed, rules)?;
        let digits = rules.length + rules.trunk.len();
        if national.len() < rules.length {
            return Err(PhoneError::TooShort { digits });
        }
        if national.len() > rules.length {
            return Err(PhoneError::TooLong { digits });
        }
        if !rules
            .mobile_prefixes
            .iter()
            .any(|prefix| national.starts_with(prefix.as_str()))
        {
            return Err(PhoneError::NotMobile);
        }
        Ok(Self(format!("+{}{national}", rules.country_code)))
    }

    /// With the plus, without spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Country code, first digit and last two, the rest hidden: `+212 6•• ••• •45`.
    /// Left to right: isolate it in right-to-left text.
    pub fn mask(&self) -> String {
        let (code, national) = self.parts();
        let count = national.chars().count();
        let hidden = national
            .chars()
            .enumerate()
            .map(|(at, c)| match at == 0 || at + 2 >= count {
                true => c,
                false => '•',
            });
        grouped(code, hidden, count)
    }

    /// For reading: `+212 612 345 678`. Left to right: isolate it in right-to-left text.
    pub fn spaced(&self) -> String {
        let (code, national) = self.parts();
        grouped(code, national.chars(), national.chars().count())
    }

    /// Digits of the country code, without the plus.
    pub fn country_code(&self) -> &str {
        self.parts().0
    }

    /// Digits after the country code.
    pub fn national(&self) -> &str {
        self.parts().1
    }

    /// The company that lists this number.
    pub fn operator<'o>(&self, operators: &'o [Operator]) -> Option<&'o Operator> {
        let national = self.national();
        operators.iter().find(|operator| {
            operator
                .prefixes
                .iter()
                .any(|prefix| national.starts_with(prefix.as_str()))
        })
    }

    fn parts(&self) -> (&str, &str) {
        let digits = self.0.strip_prefix('+').unwrap_or(&self.0);
        digits
            .split_at_checked(country_code_length(digits))
            .unwrap_or(("", digits))
    }
}

/// The digits of a typed number, and whether it was marked as international.
struct Typed {
    digits: String,
    international: bool,
}

impl Typed {
    /// More than any number has, and few enough to stop at.
    const MOST: usize = 32;

    fn read(raw: &str) -> Result<Self, PhoneError> {
        let (mut digits, mut plus, mut plus_last) = (String::new(), false, false);
        for c in raw.chars().filter_map(text::visible_ascii) {
            match c {
                '0'..='9' if plus_last => return Err(PhoneError::UnexpectedCharacter('+')),
                '0'..='9' if digits.len() < Self::MOST => digits.push(c),
                '0'..='9' => {}
                '+' if plus => return Err(PhoneError::UnexpectedCharacter('+')),
                '+' => {
                    plus = true;
                    plus_last = !digits.is_empty();
                }
                '-' | '.' | '/' | '(' | ')' | '_' => {}
                c if c.is_whitespace() => {}
                c => return Err(PhoneError::UnexpectedCharacter(c)),
            }
        }
        if digits.is_empty() {
            return Err(PhoneError::Empty);
        }
        match digits.strip_prefix("00") {
            Some(rest) => Ok(Self {
                digits: rest.to_owned(),
                international: true,
            }),
            None => Ok(Self {
                digits,
                international: plus,
            }),
        }
    }
}

/// What remains once country code and trunk prefix are off.
fn national<'t>(typed: &'t Typed, rules: &PhoneProfile) -> Result<&'t str, PhoneError> {
    let digits = typed.digits.as_str();
    let after_code = digits.strip_prefix(rules.country_code.as_str());
    if typed.international {
        let rest = after_code.ok_or(PhoneError::OtherCountry)?;
        return Ok(without_trunk(rest, rules));
    }
    match after_code.map(|rest| without_trunk(rest, rules)) {
        Some(rest) if rest.len() == rules.length => Ok(rest),
        _ => Ok(digits.strip_prefix(rules.trunk.as_str()).unwrap_or(digits)),
    }
}

/// `+212 (0)6…` is how many business cards write it.
fn without_trunk<'t>(rest: &'t str, rules: &PhoneProfile) -> &'t str {
    match rest.strip_prefix(rules.trunk.as_str()) {
        Some(national) if rest.len() > rules.length => national,
        _ => rest,
    }
}

/// Country codes have one digit (1, 7), two (the list) or three (ITU-T E.164 annex).
fn country_code_length(digits: &str) -> usize {
    const TWO: &str = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 \
        60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98";
    match digits.get(..2) {
        Some(two) if two.starts_with(['1', '7']) => 1,
        Some(two) if TWO.split(' ').any(|code| code == two) => 2,
        _ => 3,
    }
}

/// Groups of three; where one digit would be left alone, the last four go two by two.
fn grouped(code: &str, national: impl Iterator<Item = char>, count: usize) -> String {
    let pairs_from = if count % 3 == 1 {
        count.saturating_sub(4)
    } else {
        count
    };
    let mut out = format!("+{code}");
    for (at, c) in national.enumerate() {
        let opens = if at < pairs_from {
            at % 3 == 0
        } else {
            (at - pairs_from) % 2 == 0
        };
        if opens {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// Text that is no E.164 number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotE164;

impl fmt::Display for NotE164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a phone number in E.164")
    }
}

impl std::error::Error for NotE164 {}

/// What is stored: `+` and 8 to 15 digits, the first not 0.
impl TryFrom<String> for Phone {
    type Error = NotE164;

    fn try_from(text: String) -> Result<Self, NotE164> {
        let digits = text.strip_prefix('+').ok_or(NotE164)?;
        let fits = (8..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.chars().all(|c| c.is_ascii_digit());
        if fits { Ok(Self(text)) } else { Err(NotE164) }
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.mask())
    }
}
