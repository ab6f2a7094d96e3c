//! Codes sent to people: how they are written, and how they are read back (contract, "Forms").

use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::text::visible_ascii;

/// How a code is written. Six digits are quick to type; eight letters cannot be guessed, and take
/// their place where somebody has been guessing (norm 3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeForm {
    #[default]
    Digits,
    Letters,
}

impl CodeForm {
    pub const fn length(self) -> usize {
        match self {
            Self::Digits => 6,
            Self::Letters => 8,
        }
    }
}

/// The letters of a code. None looks like another one or like a digit, and without vowels they
/// make no words.
pub const CODE_LETTERS: [u8; 20] = *b"BCDFGHJKMNPQRSTVWXYZ";

/// Reads a code as it was typed or pasted: spaces, dashes and invisible marks do no harm, digits
/// may be of any family, letters of any case.
///
/// # Errors
/// [`Problem::Missing`] when nothing is left, [`Problem::Shape`] when it is no code of either form.
pub fn read(raw: &str) -> Result<String, Problem> {
    let code: String = raw
        .chars()
        .filter_map(visible_ascii)
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| c.to_ascii_uppercase())
        .collect();
    if code.is_empty() {
        return Err(Problem::Missing);
    }
    let digits = code.bytes().all(|b| b.is_ascii_digit());
    let letters = code.bytes().all(|b| CODE_LETTERS.contains(&b));
    let whole = (digits && code.len() == CodeForm::Digits.length())
        || (letters && code.len() == CodeForm::Letters.length());
    if whole { Ok(code) } else { Err(Problem::Shape) }
}
