//! The lines of a roll's file, each by itself: persons, or refusals.

use miftah_rules::date::Date;
use miftah_rules::text;
use sha2::{Digest as _, Sha256};

use super::Registry;
use super::heading::Heading;
use super::line;
use super::refusal::{Reason, Refusal};
use crate::id::{PersonId, hex};
use crate::model::Person;
use crate::store::RollLine;

/// A cell as a file's reader hands it over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    Text(&'a str),
    /// Bytes that are no text in the file's encoding.
    NotText,
}

/// Reads lines under one heading.
#[derive(Debug)]
pub struct Sheet<'a> {
    registry: Registry<'a>,
    heading: Heading,
    today: Option<Date>,
}

/// What one line came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    pub line: RollLine,
    pub refusals: Vec<Refusal>,
}

impl<'a> Sheet<'a> {
    pub fn new(registry: Registry<'a>, heading: Heading) -> Self {
        Self {
            today: registry.today(),
            registry,
            heading,
        }
    }

    pub(super) const fn registry(&self) -> Registry<'a> {
        self.registry
    }

    pub(super) const fn heading(&self) -> &Heading {
        &self.heading
    }

    /// Takes a line; `line` is its number, the heading's being 1. A line of empty cells is no line:
    /// spreadsheets leave them behind.
    pub fn take(&self, line: u64, cells: &[Cell<'_>]) -> Option<Taken> {
        let last = cells.iter().rposition(|cell| !is_empty(*cell))?;
        // Empty cells beyond the heading were left behind too; within it they keep their place.
        let width = cells.len().min(self.heading.width()).max(last + 1);
        let cells = cells.get(..width).unwrap_or(cells);
        let reading = line::read(&self.registry, &self.heading, self.today, line, cells);
        Some(Taken {
            line: RollLine {
                line,
                number: reading.number.map(|number| number.as_str().to_owned()),
                national_id: reading.national_id.map(|number| number.as_str().to_owned()),
                digest: reading.person.as_ref().map(digest).unwrap_or_default(),
                person: reading.person,
            },
            refusals: reading.refusals,
        })
    }

    /// Takes lines `line` to `to` of the file, which reach the reader as one.
    pub fn take_spanning(&self, line: u64, to: u64) -> Taken {
        Taken {
            line: RollLine {
                line,
                number: None,
                national_id: None,
                digest: String::new(),
                person: None,
            },
            refusals: vec![Refusal {
                line,
                column: None,
                reason: Reason::Spans { to },
            }],
        }
    }
}

/// A good line.
pub fn good_line(line: u64, person: Person) -> RollLine {
    RollLine {
        line,
        number: Some(person.number.clone()),
        national_id: Some(person.national_id.clone()),
        digest: digest(&person),
        person: Some(person),
    }
}

/// Equal for two lines that say the same: their fresh ids differ.
fn digest(person: &Person) -> String {
    let same = Person {
        id: PersonId(String::new()),
        ..person.clone()
    };
    hex(&Sha256::digest(format!("{same:?}").as_bytes()))
}

fn is_empty(cell: Cell<'_>) -> bool {
    match cell {
        Cell::Text(raw) => text::tidy(raw).is_empty(),
        Cell::NotText => false,
    }
}
