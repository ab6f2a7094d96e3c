//! How a message stands in a table: one string. An argument is a mark and its place among the
//! method's arguments; plural forms follow one another. `src/fill.rs` reads the same marks.

use std::fmt::Write as _;

use super::check::categories;
use super::source::{Message, Source};
use super::template::{Kind, Part, Slot};

/// Between the plural forms of one message. Same as in `src/fill.rs`.
const BETWEEN_FORMS: char = '\u{5}';

/// A message's arguments in the order in which Arabic first names them: the method's own order.
pub(crate) fn arguments(message: &Message) -> Vec<Slot> {
    let sources = match message {
        Message::One(source) => vec![source],
        Message::Plural(_, forms) => {
            // "other" names all of them; the rest may say the number in words.
            forms
                .get("other")
                .into_iter()
                .chain(forms.values())
                .collect()
        }
    };
    let mut slots: Vec<Slot> = Vec::new();
    for slot in sources
        .into_iter()
        .flat_map(|source: &Source| source.template.slots())
    {
        if !slots.contains(slot) {
            slots.push(slot.clone());
        }
    }
    slots
}

pub(crate) fn encode(lang: &str, message: &Message, slots: &[Slot]) -> String {
    // The count is not among the passed texts: the others are numbered without it.
    let order: Vec<_> = slots
        .iter()
        .filter(|slot| slot.kind != Kind::Count)
        .collect();
    let one = |source: &Source| {
        let mut text = String::new();
        for part in &source.template.parts {
            match part {
                Part::Words(words) => text.push_str(words),
                Part::Literal(literal) => {
                    let _ = write!(text, "\u{2066}{literal}\u{2069}");
                }
                Part::Slot(slot) => {
                    let place = order.iter().position(|known| *known == slot).unwrap_or(0);
                    text.push(match slot.kind {
                        Kind::Ltr => '\u{1}',
                        Kind::Auto => '\u{2}',
                        Kind::Plain => '\u{3}',
                        Kind::Count => '\u{4}',
                    });
                    if slot.kind != Kind::Count {
                        let _ = write!(text, "{place}");
                    }
                }
            }
        }
        text
    };
    match message {
        Message::One(source) => one(source),
        Message::Plural(_, forms) => {
            let texts: Vec<_> = categories(lang)
                .iter()
                .filter_map(|c| forms.get(*c))
                .map(one)
                .collect();
            texts.join(&BETWEEN_FORMS.to_string())
        }
    }
}
