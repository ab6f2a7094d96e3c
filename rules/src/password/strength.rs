//! How hard a password is to guess, roughly: by length, kinds of character and repetition. The
//! dictionaries of better meters are larger than the whole application (zxcvbn: 873 kB gzip).

use serde::{Deserialize, Serialize};

use super::{BETTER_LENGTH, LONGEST, PasswordRule, normalise};

/// Five steps, 0–4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    VeryWeak,
    Weak,
    Fair,
    Good,
    /// Only from [`BETTER_LENGTH`] characters.
    Strong,
}

impl Strength {
    /// 0–4.
    pub const fn step(self) -> u8 {
        match self {
            Self::VeryWeak => 0,
            Self::Weak => 1,
            Self::Fair => 2,
            Self::Good => 3,
            Self::Strong => 4,
        }
    }
}

/// What the meter beside the field shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meter {
    pub strength: Strength,
    /// Characters still missing to [`BETTER_LENGTH`] (NIST SP 800-63B-4); 0 when reached.
    pub missing: usize,
}

/// Measures `password`; with a rule in `failing` it is weak at best.
pub fn measure(password: &str, failing: &[PasswordRule]) -> Meter {
    let chars: Vec<char> = normalise(password).chars().take(LONGEST).collect();
    let missing = BETTER_LENGTH.saturating_sub(chars.len());
    let bits = surprises(&chars) * tenths_of_bits(&chars) / 10;
    let strength = match bits {
        0..28 => Strength::VeryWeak,
        28..44 => Strength::Weak,
        44..56 => Strength::Fair,
        56..68 => Strength::Good,
        _ if missing > 0 => Strength::Good,
        _ => Strength::Strong,
    };
    let cap = if failing.is_empty() {
        Strength::Strong
    } else {
        Strength::Weak
    };
    Meter {
        strength: strength.min(cap),
        missing,
    }
}

/// Rows of the keyboards in use here: AZERTY, QWERTY, Arabic.
const ROWS: &[&str] = &[
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "ضصثقفغعهخحجد",
    "شسيبلاتنمكط",
    "ئءؤرلاىةوزظ",
];

/// Characters that do not simply follow from the ones before: the third and later of `aaa`, `abc`,
/// `321` or `azer`, and every repetition of a block (`abab`), surprise nobody.
fn surprises(chars: &[char]) -> usize {
    let block = (1..=chars.len() / 2).find(|period| {
        chars
            .iter()
            .zip(chars.iter().skip(*period))
            .all(|(earlier, later)| earlier == later)
    });
    let chars = block
        .and_then(|period| chars.get(..period))
        .unwrap_or(chars);
    let mut count = chars.len().min(2);
    for window in chars.windows(3) {
        if let [a, b, c] = *window {
            count += usize::from(!follows(a, b, c));
        }
    }
    count
}

fn follows(a: char, b: char, c: char) -> bool {
    let step = |from: char, to: char| i64::from(u32::from(to)) - i64::from(u32::from(from));
    if (-1..=1).contains(&step(b, c)) && step(a, b) == step(b, c) {
        return true;
    }
    let lower = [a, b, c].map(|x| x.to_ascii_lowercase());
    ROWS.iter().any(|row| {
        let places = lower.map(|x| row.chars().position(|key| key == x));
        match places {
            [Some(i), Some(j), Some(k)] => i.abs_diff(j) == 1 && j.abs_diff(k) == 1 && i != k,
            _ => false,
        }
    })
}

/// Tenths of a bit that one character is worth: the logarithm of how many it was chosen from.
fn tenths_of_bits(chars: &[char]) -> usize {
    let has = |kind: fn(&char) -> bool| chars.iter().any(kind);
    let pools = [
        (has(char::is_ascii_lowercase), 26),
        (has(char::is_ascii_uppercase), 26),
        (has(char::is_ascii_digit), 10),
        (has(|c| c.is_ascii() && !c.is_ascii_alphanumeric()), 33),
        (has(|c| !c.is_ascii()), 40),
    ];
    let choices: usize = pools
        .iter()
        .filter(|(used, _)| *used)
        .map(|(_, size)| size)
        .sum();
    match choices {
        0..=10 => 33,
        11..=36 => 49,
        37..=62 => 58,
        63..=95 => 64,
        _ => 69,
    }
}
