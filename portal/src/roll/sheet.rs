//! A roll while it is being read: good lines, refused lines, and who has which number.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use miftah_rules::date::Date;
use miftah_rules::text;

use super::Registry;
use super::column::Column;
use super::heading::Heading;
use super::line;
use super::refusal::{Reason, Refusal};
use crate::model::{Person, RollLine};

/// A cell as a file's reader hands it over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    Text(&'a str),
    /// Bytes that are no text in the file's encoding.
    NotText,
}

/// The lines of one file. They are held until the file ends: a later line may show that an
/// earlier one cannot be trusted.
#[derive(Debug)]
pub struct Sheet<'a> {
    registry: Registry<'a>,
    heading: Heading,
    today: Option<Date>,
    good: BTreeMap<u64, Person>,
    refusals: Vec<Refusal>,
    /// Lines by student number, refused ones too.
    numbers: HashMap<String, Vec<u64>>,
    /// Lines by national id, with the student number each gives it.
    national_ids: HashMap<String, Vec<(u64, String)>>,
    read: u64,
}

/// What a whole file came to.
pub(super) struct Read {
    pub(super) lines: Vec<RollLine>,
    pub(super) refusals: Vec<Refusal>,
    /// Lines with anything in them, without the heading.
    pub(super) read: u64,
}

impl<'a> Sheet<'a> {
    pub fn new(registry: Registry<'a>, heading: Heading) -> Self {
        Self {
            today: registry.today(),
            registry,
            heading,
            good: BTreeMap::new(),
            refusals: Vec::new(),
            numbers: HashMap::new(),
            national_ids: HashMap::new(),
            read: 0,
        }
    }

    /// Takes the next line. A line of empty cells is no line: spreadsheets leave them behind.
    /// `line` counts from the heading, which is 1, and rises.
    pub fn take(&mut self, line: u64, cells: &[Cell<'_>]) {
        let last = cells.iter().rposition(|cell| !is_empty(*cell));
        let Some(last) = last else { return };
        self.read += 1;
        // Empty cells beyond the heading were left behind too; within it they keep their place.
        let width = cells.len().min(self.heading.width()).max(last + 1);
        let cells = cells.get(..width).unwrap_or(cells);
        let reading = line::read(&self.registry, &self.heading, self.today, line, cells);
        let number = reading
            .student_number
            .as_ref()
            .map(|number| number.as_str().to_owned());
        if let Some(number) = &number {
            self.numbers.entry(number.clone()).or_default().push(line);
        }
        if let (Some(national_id), Some(number)) = (&reading.national_id, number) {
            let id = national_id.as_str().to_owned();
            self.national_ids
                .entry(id)
                .or_default()
                .push((line, number));
        }
        self.refusals.extend(reading.refusals);
        if let Some(person) = reading.person {
            self.good.insert(line, person);
        }
    }

    /// Takes lines `line` to `to` of the file, which reach the reader as one.
    pub fn take_spanning(&mut self, line: u64, to: u64) {
        self.read += 1;
        self.refusals.push(Refusal {
            line,
            column: None,
            reason: Reason::Spans { to },
        });
    }

    pub(super) const fn registry(&self) -> Registry<'a> {
        self.registry
    }

    /// The lines that may be loaded, and the refusals in the order of the file.
    pub(super) fn finish(mut self) -> Read {
        self.refuse_repeated();
        self.refusals
            .sort_by_key(|refusal| (refusal.line, refusal.column));
        let refused: BTreeSet<u64> = self.refusals.iter().map(|refusal| refusal.line).collect();
        let good = self
            .good
            .into_iter()
            .filter(|(line, _)| !refused.contains(line));
        Read {
            lines: good
                .map(|(line, person)| RollLine { line, person })
                .collect(),
            refusals: self.refusals,
            read: self.read,
        }
    }

    /// One student number in two lines, one document of two persons: which is right only the
    /// office can tell, and a wrong guess would give one person the other's account.
    fn refuse_repeated(&mut self) {
        for lines in self.numbers.values().filter(|lines| lines.len() > 1) {
            for line in lines {
                self.refusals.push(Refusal {
                    line: *line,
                    column: Some(Column::StudentNumber),
                    reason: Reason::NumberTwice {
                        lines: others(lines, *line),
                    },
                });
            }
        }
        for holders in self.national_ids.values() {
            for (line, number) in holders {
                let other = holders.iter().filter(|(_, other)| other != number);
                let lines: Vec<u64> = other.map(|(line, _)| *line).collect();
                if !lines.is_empty() {
                    self.refusals.push(Refusal {
                        line: *line,
                        column: Some(Column::NationalId),
                        reason: Reason::NationalIdTwice { lines },
                    });
                }
            }
        }
    }
}

fn others(lines: &[u64], line: u64) -> Vec<u64> {
    lines
        .iter()
        .copied()
        .filter(|other| *other != line)
        .collect()
}

fn is_empty(cell: Cell<'_>) -> bool {
    match cell {
        Cell::Text(raw) => text::tidy(raw).is_empty(),
        Cell::NotText => false,
    }
}
