//! One spelling for a name that rolls, cards and people spell differently (frontend.md,
//! "Right-to-left and text"). For matching only, never shown.

use serde::{Deserialize, Serialize};

use crate::{text, unicode};

/// A name reduced to what its spellings have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NameKey(String);

impl NameKey {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The parts of the name, particles joined to what they belong to.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split(' ').filter(|word| !word.is_empty())
    }
}

/// The key of a name in either script: `El-Amrani`, `EL AMRANI` and `Elamrani` have one, `أحمد` and
/// `احمَد` have one. Idempotent.
///
/// Hyphens, points and commas count as spaces, apostrophes as nothing; a particle (`El`, `Ben`,
/// `Aït`, `بن`, `عبد`…) or a single letter is joined to the word after it.
pub fn name_key(raw: &str) -> NameKey {
    let mut key = join(&fold(raw));
    // Marks that stood alone may combine where words were joined. Each turn takes a letter or puts
    // marks in order, so the turns end.
    loop {
        let again = join(&fold(&key));
        if again == key {
            return NameKey(key);
        }
        key = again;
    }
}

/// Folded words, particles and single letters joined to what follows.
fn join(folded: &str) -> String {
    let mut key = String::with_capacity(folded.len());
    let mut word = String::new();
    for part in folded.split(' ').filter(|part| !part.is_empty()) {
        word.push_str(part);
        if !joins_next(&word) && !joins_next(part) {
            push_word(&mut key, &word);
            word.clear();
        }
    }
    if !word.is_empty() {
        push_word(&mut key, &word);
    }
    key
}

/// The words of a text, reduced as names are and without what Arabic writes together with them: for
/// finding, never shown.
pub fn word_stems(raw: &str) -> Vec<String> {
    fold(raw).split_whitespace().map(stem).collect()
}

/// A word without what Arabic writes together with it: و، ف، ب، ك، ل and the article.
fn stem(word: &str) -> String {
    const BEFORE: [&str; 8] = ["وبال", "وال", "بال", "فال", "كال", "ال", "لل", "و"];
    BEFORE
        .iter()
        .filter_map(|prefix| word.strip_prefix(prefix))
        .find(|rest| rest.chars().count() >= 3)
        .unwrap_or(word)
        .to_owned()
}

/// Letters reduced as in a name key, words still apart: compatible forms composed (NFKC), no
/// tatweel, harakat or accents, lower case, أإآٱ→ا, ى→ي, ة→ه, ک→ك, ی→ي, digits ASCII, anything that
/// is neither letter, mark nor digit a single space. Idempotent.
pub(crate) fn fold(raw: &str) -> String {
    let typed: String = raw.chars().filter(|c| !is_apostrophe(*c)).collect();
    let plain: String = unicode::lower(&unicode::nfkc(&typed))
        .chars()
        .filter_map(text::visible)
        .filter(|c| !is_haraka(*c))
        .map(arabic_base)
        .collect();
    let bare: String = unicode::nfd(&plain)
        .chars()
        .filter(|c| !is_accent(*c))
        .collect();
    let mut out = String::with_capacity(bare.len());
    for c in unicode::nfkc(&bare).chars() {
        match latin_spelling(c) {
            Some(letters) => out.push_str(letters),
            None if is_apostrophe(c) => {}
            None if is_word(c) => out.push(c),
            None if out.ends_with(' ') || out.is_empty() => {}
            None => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Particles in folded spelling; they are written apart, joined or hyphenated at will.
const PARTICLES: &[&str] = &[
    "abd",
    "abdel",
    "abdul",
    "abou",
    "abu",
    "ait",
    "al",
    "bel",
    "ben",
    "bent",
    "bin",
    "bint",
    "bou",
    "de",
    "el",
    "ibn",
    "ou",
    "oul",
    "ould",
    "ouled",
    "oum",
    "um",
    "ال",
    "ابن",
    "ابو",
    "ابي",
    "اولاد",
    "ايت",
    "بل",
    "بن",
    "بنت",
    "بو",
    "عبد",
    "عبدال",
    "ولد",
];

/// Whether a folded word only joins others: half the country is a `ben`.
pub(crate) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// Asked of the part just read (`Aït Ben …`) and of all parts joined so far (`Abd El` is `abdel`).
fn joins_next(word: &str) -> bool {
    is_particle(word) || word.chars().nth(1).is_none()
}

fn push_word(key: &mut String, word: &str) {
    if !key.is_empty() {
        key.push(' ');
    }
    key.push_str(word);
}

/// Vowel signs and the marks of recitation.
const fn is_haraka(c: char) -> bool {
    matches!(
        c,
        '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{0652}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}'
            | '\u{06DF}'..='\u{06E4}' | '\u{06E7}' | '\u{06E8}' | '\u{06EA}'..='\u{06ED}'
    )
}

const fn is_accent(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}')
}

/// Straight, curly, modifier letters (`ʿ`, `ʾ`), accents typed alone, prime.
const fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`' | '´' | '‘' | '’' | '‛' | '\u{02B9}'
            ..='\u{02BF}' | '\u{02CA}' | '\u{02CB}' | '\u{2032}' | '＇'
    )
}

const fn arabic_base(c: char) -> char {
    match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        c => c,
    }
}

/// Latin letters that are no accented form of another and yet spelt with it.
const fn latin_spelling(c: char) -> Option<&'static str> {
    Some(match c {
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        'þ' => "th",
        _ => return None,
    })
}

/// Marks of scripts other than Latin stay with their letters.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{0653}'..='\u{065F}')
}
