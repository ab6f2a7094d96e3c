//! Looking for what others know of a person in the person's password (norm 4, S1.4): names in both
//! scripts, numbers, addresses, birth date, institution.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::folded;
use crate::date::Date;
use crate::email::Email;
use crate::name_key;
use crate::phone::Phone;

/// Letters from which a word counts wherever it stands, even inside another word.
const INSIDE_FROM: usize = 4;
/// Letters from which a word counts when no other letter touches it: `Ali` is in `Ali-2001`, but
/// not in `California`.
const ALONE_FROM: usize = 3;
/// Digits from which a part of a number counts: fewer are a year, or chance.
const DIGITS_FROM: usize = 6;

/// What a password holds that it should not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnKind {
    Name,
    /// Student number, national id, phone.
    Number,
    BirthDate,
    Email,
    Institution,
}

/// What is known of a person, folded for the search. `Debug` tells only how much that is.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnData {
    parts: Vec<(OwnKind, String)>,
}

impl OwnData {
    /// A name in either script, whole or in parts.
    pub fn add_name(&mut self, name: &str) {
        self.add_words(OwnKind::Name, name);
    }

    /// The institution's name, acronym or town.
    pub fn add_institution(&mut self, words: &str) {
        self.add_words(OwnKind::Institution, words);
    }

    /// A student number or national id.
    pub fn add_number(&mut self, number: &str) {
        let number: String = folded(number).split(' ').collect();
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        if digits.len() >= DIGITS_FROM {
            self.add(OwnKind::Number, digits);
        }
        if number.chars().count() >= INSIDE_FROM {
            self.add(OwnKind::Number, number);
        }
    }

    pub fn add_phone(&mut self, phone: &Phone) {
        self.add(OwnKind::Number, phone.national().to_owned());
    }

    /// Day, month and year in digits, either way round.
    pub fn add_birth_date(&mut self, date: Date) {
        let (year, month, day) = (date.year(), date.month(), date.day());
        self.add(OwnKind::BirthDate, format!("{day:02}{month:02}{year:04}"));
        self.add(OwnKind::BirthDate, format!("{year:04}{month:02}{day:02}"));
    }

    /// The local part: whole, and its words. A number in it counts like any other number.
    pub fn add_email(&mut self, email: &Email) {
        let local = folded(email.local());
        let whole: String = local.split(' ').collect();
        if whole.chars().count() >= INSIDE_FROM {
            self.add(OwnKind::Email, whole);
        }
        for run in local.split(|c: char| !c.is_alphabetic()) {
            self.add_word(OwnKind::Email, run);
        }
        for run in local.split(|c: char| !c.is_ascii_digit()) {
            if run.len() >= DIGITS_FROM {
                self.add(OwnKind::Email, run.to_owned());
            }
        }
    }

    /// Each kind that `password` holds, once.
    pub(super) fn found_in(&self, password: &str) -> Vec<OwnKind> {
        let spaced = folded(password);
        let squeezed: String = spaced.split(' ').collect();
        let mut kinds = Vec::new();
        for (kind, part) in &self.parts {
            let found = match part.chars().count() {
                0..INSIDE_FROM => stands_alone(&spaced, part),
                _ => squeezed.contains(part.as_str()),
            };
            if found && !kinds.contains(kind) {
                kinds.push(*kind);
            }
        }
        kinds
    }

    /// Words as written and as the name key joins them; an Arabic article off as well.
    fn add_words(&mut self, kind: OwnKind, words: &str) {
        for word in folded(words).split(' ') {
            self.add_word(kind, word);
            if let Some(bare) = word.strip_prefix("ال") {
                self.add_word(kind, bare);
            }
        }
        for word in name_key::name_key(words).words() {
            self.add_word(kind, word);
        }
    }

    fn add_word(&mut self, kind: OwnKind, word: &str) {
        if word.chars().count() >= ALONE_FROM && !name_key::is_particle(word) {
            self.add(kind, word.to_owned());
        }
    }

    fn add(&mut self, kind: OwnKind, part: String) {
        if !self
            .parts
            .iter()
            .any(|known| *known == (kind, part.clone()))
        {
            self.parts.push((kind, part));
        }
    }
}

/// Whether `word` is in `text` with no letter on either side.
fn stands_alone(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let after = text
            .get(at + word.len()..)
            .and_then(|tail| tail.chars().next());
        ![before, after]
            .into_iter()
            .flatten()
            .any(char::is_alphabetic)
    })
}

impl fmt::Debug for OwnData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OwnData({} parts)", self.parts.len())
    }
}
