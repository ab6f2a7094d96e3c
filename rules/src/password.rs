//! What a new password must be (norm 4). The answer is every rule that fails, as data: the page ticks
//! rules off while a person types, the server decides with the same code when the form arrives.
//!
//! The password is never tidied or shortened. It is counted and hashed in NFC, since one keyboard
//! writes `é` as one character and another as two. Whether both entries agree is the form's matter.

use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::profile::{CharacterKind, PasswordProfile};
use crate::{name_key, text, unicode};

mod own_data;
mod strength;

pub use own_data::{OwnData, OwnKind};
pub use strength::{Meter, Strength, measure};

/// Characters that no profile may go below (ASVS 5.0, 6.2.1).
pub const SHORTEST_MIN: usize = 8;
/// Characters at most: more is a paste by mistake, or an attack on the hash.
pub const LONGEST: usize = 128;
/// The length that NIST SP 800-63B-4 asks of a password that stands alone. Below it the meter says so.
pub const BETTER_LENGTH: usize = 15;

/// A rule that a password fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordRule {
    /// Fewer characters than the profile asks.
    TooShort,
    /// More than [`LONGEST`].
    TooLong,
    /// Holds something known about the person or the institution.
    ContainsOwn(OwnKind),
    /// The profile wants a character of this kind (S1.4, S4.1).
    MissingKind(CharacterKind),
    /// On the list of common passwords.
    Common,
}

impl PasswordRule {
    /// The problem that tells a person about it.
    pub const fn problem(self) -> Problem {
        match self {
            Self::TooShort => Problem::PasswordShort,
            Self::TooLong => Problem::PasswordLong,
            Self::ContainsOwn(_) => Problem::PasswordOwnData,
            Self::MissingKind(_) => Problem::PasswordKinds,
            Self::Common => Problem::PasswordCommon,
        }
    }
}

/// Every rule that `password` fails, each once, lengths first. Empty when it will do.
///
/// `is_common` gets the password in NFC. The list is the server's (norm 4): a browser that has none
/// passes `|_| false` and learns the rest.
pub fn failing(
    password: &str,
    profile: &PasswordProfile,
    own: &OwnData,
    is_common: impl Fn(&str) -> bool,
) -> Vec<PasswordRule> {
    let password = normalise(password);
    let length = password.chars().count();
    let mut rules = Vec::new();
    if length < profile.min_length.max(SHORTEST_MIN) {
        rules.push(PasswordRule::TooShort);
    }
    if length > LONGEST {
        // Whatever else may be wrong, nobody can see it in such a text; and looking costs time.
        rules.push(PasswordRule::TooLong);
        return rules;
    }
    rules.extend(
        own.found_in(&password)
            .into_iter()
            .map(PasswordRule::ContainsOwn),
    );
    if contains_word_of(&password, &profile.own_words) {
        push_once(&mut rules, PasswordRule::ContainsOwn(OwnKind::Institution));
    }
    for kind in &profile.required_kinds {
        if !password.chars().any(|c| is_kind(c, *kind)) {
            push_once(&mut rules, PasswordRule::MissingKind(*kind));
        }
    }
    if is_common(&password) {
        rules.push(PasswordRule::Common);
    }
    rules
}

/// The form that is counted, compared and hashed.
pub fn normalise(password: &str) -> String {
    unicode::nfc(password)
}

/// Characters of a password as the length rule counts them: Unicode scalar values in NFC.
pub fn length(password: &str) -> usize {
    normalise(password).chars().count()
}

/// Letters of any script are letters; only scripts with two cases have upper and lower ones. What is
/// neither letter nor digit is a symbol, a space too.
fn is_kind(c: char, kind: CharacterKind) -> bool {
    match kind {
        CharacterKind::Letter => c.is_alphabetic(),
        CharacterKind::Upper => c.is_uppercase(),
        CharacterKind::Lower => c.is_lowercase(),
        CharacterKind::Digit => text::ascii_digit(c).is_some() || c.is_numeric(),
        CharacterKind::Symbol => !c.is_alphanumeric(),
    }
}

fn contains_word_of(password: &str, words: &[String]) -> bool {
    let mut own = OwnData::default();
    for word in words {
        own.add_institution(word);
    }
    !own.found_in(password).is_empty()
}

fn push_once(rules: &mut Vec<PasswordRule>, rule: PasswordRule) {
    if !rules.contains(&rule) {
        rules.push(rule);
    }
}

/// Letters and digits of `text`, folded as names are, words apart.
fn folded(text: &str) -> String {
    name_key::fold(text)
}
