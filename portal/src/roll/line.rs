//! One line of a roll, read by the same rules as what people type (idea 1): equal numbers become
//! equal text, or nobody would ever match their own record.

use std::collections::BTreeMap;

use miftah_rules::date::{self, Date, DateError};
use miftah_rules::email::{Email, EmailError};
use miftah_rules::identifier::{NationalId, RollNumber};
use miftah_rules::pattern::ShapeError;
use miftah_rules::person_name::{self, NAME_MAX, NameError, Script};
use miftah_rules::phone::{Phone, PhoneError};
use miftah_rules::profile::{NationalIdKind, NationalIdProfile};
use miftah_rules::{Field, text};

use super::Registry;
use super::column::Column;
use super::heading::Heading;
use super::refusal::{Reason, Refusal};
use super::sheet::Cell;
use crate::id::PersonId;
use crate::model::Person;

/// Longest cells, in characters.
const PROGRAMME_MAX: usize = 200;
const YEAR_MAX: usize = 20;
const STATUS_MAX: usize = 32;
/// Characters of an unknown word that are told: enough to find it.
const TOLD: usize = 40;

/// What a line says: the person, or why not, and in either case the numbers it names.
pub(super) struct Reading {
    pub(super) person: Option<Person>,
    pub(super) number: Option<RollNumber>,
    pub(super) national_id: Option<NationalId>,
    pub(super) refusals: Vec<Refusal>,
}

pub(super) fn read(
    registry: &Registry<'_>,
    heading: &Heading,
    today: Option<Date>,
    line: u64,
    cells: &[Cell<'_>],
) -> Reading {
    let mut row = Row {
        line,
        heading,
        cells,
        refusals: Vec::new(),
    };
    if cells.len() != heading.width() {
        let (found, expected) = (cells.len(), heading.width());
        row.refuse(None, Reason::Cells { found, expected });
        return row.finish(None, None, None);
    }
    let identifiers = &registry.institution.identifiers;
    let number = row.read(Column::Number, |raw| {
        RollNumber::parse(raw, &identifiers.number.pattern).map_err(shape)
    });
    let national_id = match (&number, registry.institution.is_by_document()) {
        (Some(number), true) => {
            let documents = &identifiers.national_ids;
            let document = NationalId::parse(number.as_str(), documents).map_err(shape);
            document
                .map_err(|reason| row.refuse(Some(Column::Number), reason))
                .ok()
        }
        (None, true) => None,
        (_, false) => row.national_id(&identifiers.national_ids),
    };
    let last_name_ar = row.read(Column::LastNameAr, |raw| name(raw, Script::Arabic));
    let first_name_ar = row.read(Column::FirstNameAr, |raw| name(raw, Script::Arabic));
    let last_name_latin = row.read(Column::LastNameLatin, |raw| name(raw, Script::Latin));
    let first_name_latin = row.read(Column::FirstNameLatin, |raw| name(raw, Script::Latin));
    let hijri = registry.institution.hijri;
    let birth_date = row.read(Column::BirthDate, |raw| birth_date(raw, today, hijri));
    let pension = &identifiers.pension_number;
    let pension_number = row.read_if_filled(Column::PensionNumber, |raw| match pension {
        Some(pension) => pension.pattern.normalise(raw).map_err(shape),
        // The heading is read without it.
        None => Ok(String::new()),
    });
    let email = row.read_if_filled(Column::Email, |raw| {
        Email::parse(raw)
            .map(String::from)
            .map_err(|error| match error {
                EmailError::Empty => Reason::Missing,
                error => Reason::Email(error),
            })
    });
    let phone = row.read_if_filled(Column::Phone, |raw| {
        let phone = Phone::parse(raw, &registry.institution.phone);
        phone.map(String::from).map_err(|error| match error {
            PhoneError::Empty => Reason::Missing,
            error => Reason::Phone(error),
        })
    });
    let programme = row.read(Column::Programme, |raw| label(raw, PROGRAMME_MAX));
    let year = row.read_if_filled(Column::Year, |raw| label(raw, YEAR_MAX));
    let status = row.read(Column::Status, status);
    let further = row.further(registry, hijri);

    let person = || {
        let national_id = national_id.as_ref()?;
        Some(Person {
            id: PersonId::new(registry.clock, registry.random),
            further: further?,
            number: number.as_ref()?.as_str().to_owned(),
            national_id_kind: national_id.kind(),
            national_id: national_id.as_str().to_owned(),
            last_name_ar: last_name_ar?,
            first_name_ar: first_name_ar?,
            last_name_latin: last_name_latin?,
            first_name_latin: first_name_latin?,
            birth_date: birth_date?.to_string(),
            pension_number: pension_number?.filter(|number| !number.is_empty()),
            email: email?,
            phone: phone?,
            programme: programme?,
            year: year?.unwrap_or_default(),
            status: status?,
        })
    };
    let person = person();
    row.finish(person, number, national_id)
}

struct Row<'a> {
    line: u64,
    heading: &'a Heading,
    cells: &'a [Cell<'a>],
    refusals: Vec<Refusal>,
}

impl<'a> Row<'a> {
    /// The document's number, of the kind that its own column says, or else of the first kind it has
    /// the shape of.
    fn national_id(&mut self, documents: &[NationalIdProfile]) -> Option<NationalId> {
        if self.heading.lacks(Column::NationalIdKind) {
            return self.read(Column::NationalId, |raw| {
                let mut kinds = documents
                    .iter()
                    .map(|document| NationalId::parse_as(document.kind, raw, documents));
                let first = kinds.next().unwrap_or(Err(ShapeError::Empty));
                first
                    .or_else(|error| kinds.find_map(Result::ok).ok_or(error))
                    .map_err(shape)
            });
        }
        let kind = self.read(Column::NationalIdKind, |raw| {
            let known =
                |kind: &NationalIdKind| documents.iter().any(|document| document.kind == *kind);
            let word = word(raw);
            NationalIdKind::from_name(&word)
                .filter(known)
                .ok_or_else(|| Reason::Kind {
                    found: word.chars().take(TOLD).collect(),
                })
        })?;
        // Without its kind a number can be neither right nor wrong.
        self.read(Column::NationalId, |raw| {
            NationalId::parse_as(kind, raw, documents).map_err(shape)
        })
    }

    /// What the profile names besides what each roll has; nothing once one was refused.
    fn further(&mut self, registry: &Registry<'_>, hijri: bool) -> Option<BTreeMap<Field, String>> {
        let mut further = BTreeMap::new();
        for field in &registry.institution.identifiers.further {
            let value = match field {
                Field::FatherNameAr => {
                    self.read(Column::FatherNameAr, |raw| name(raw, Script::Arabic))
                }
                Field::GrandfatherNameAr => {
                    self.read(Column::GrandfatherNameAr, |raw| name(raw, Script::Arabic))
                }
                _ => self.read(Column::DocumentExpires, |raw| {
                    day(raw, hijri).map(|day| day.to_string())
                }),
            };
            further.insert(*field, value?);
        }
        Some(further)
    }

    /// What a compulsory cell says; nothing once it was refused.
    fn read<T>(
        &mut self,
        column: Column,
        parse: impl FnOnce(&str) -> Result<T, Reason>,
    ) -> Option<T> {
        let parsed = match self.cell(column) {
            Cell::NotText => Err(Reason::NotText),
            Cell::Text(raw) if text::tidy(raw).is_empty() => Err(Reason::Missing),
            Cell::Text(raw) => parse(raw),
        };
        parsed
            .map_err(|reason| self.refuse(Some(column), reason))
            .ok()
    }

    /// As [`Row::read`]; an empty cell, or a dash that stands for one, is no value.
    fn read_if_filled<T>(
        &mut self,
        column: Column,
        parse: impl FnOnce(&str) -> Result<T, Reason>,
    ) -> Option<Option<T>> {
        match self.cell(column) {
            Cell::Text(raw) if raw.chars().filter_map(text::visible).all(is_filler) => Some(None),
            _ => self.read(column, parse).map(Some),
        }
    }

    fn cell(&self, column: Column) -> Cell<'a> {
        let place = self.heading.place(column);
        place
            .and_then(|place| self.cells.get(place).copied())
            .unwrap_or(Cell::Text(""))
    }

    fn refuse(&mut self, column: Option<Column>, reason: Reason) {
        self.refusals.push(Refusal {
            line: self.line,
            column,
            reason,
        });
    }

    fn finish(
        self,
        person: Option<Person>,
        number: Option<RollNumber>,
        national_id: Option<NationalId>,
    ) -> Reading {
        let person = person.filter(|_| self.refusals.is_empty());
        Reading {
            person,
            number,
            national_id,
            refusals: self.refusals,
        }
    }
}

fn is_filler(c: char) -> bool {
    c.is_whitespace() || text::is_dash(c) || matches!(c, '/' | '.' | '_')
}

fn shape(error: ShapeError) -> Reason {
    match error {
        ShapeError::Empty => Reason::Missing,
        error => Reason::Number(error),
    }
}

/// A word of the file's own vocabulary: `Residence card` is `residence_card`.
fn word(raw: &str) -> String {
    let tidy = text::tidy(raw).to_ascii_lowercase();
    tidy.chars()
        .map(|c| if c == ' ' || text::is_dash(c) { '_' } else { c })
        .collect()
}

fn day(raw: &str, hijri: bool) -> Result<Date, Reason> {
    Date::parse_in(raw, hijri).map_err(|error| match error {
        DateError::Empty => Reason::Missing,
        error => Reason::Date(error),
    })
}

fn birth_date(raw: &str, today: Option<Date>, hijri: bool) -> Result<Date, Reason> {
    let date = day(raw, hijri)?;
    let plausible = |today| {
        date.age_on(today)
            .is_some_and(|age| date::AGES.contains(&age))
    };
    if today.is_none_or(plausible) {
        Ok(date)
    } else {
        Err(Reason::Age)
    }
}

/// A name as the office wrote it, without marks nobody sees.
fn name(raw: &str, script: Script) -> Result<String, Reason> {
    person_name::parse(raw, script).map_err(|error| match error {
        NameError::Empty => Reason::Missing,
        NameError::TooLong => Reason::TooLong { max: NAME_MAX },
        NameError::Foreign(script) => Reason::Script(script),
        NameError::Character(c) => Reason::Character(c),
    })
}

/// Free words that begin like words: `=`, `+`, `-`, `@` begin a formula wherever the roll is
/// opened again as a spreadsheet.
fn label(raw: &str, max: usize) -> Result<String, Reason> {
    let label = within(raw, max)?;
    match label.chars().next() {
        Some(c) if !c.is_alphanumeric() && !matches!(c, '(' | '«' | '“') => {
            Err(Reason::Character(c))
        }
        _ => Ok(label),
    }
}

fn status(raw: &str) -> Result<String, Reason> {
    let word = word(raw);
    let plain = word.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    if plain && word.len() <= STATUS_MAX {
        Ok(word)
    } else {
        Err(Reason::Status)
    }
}

fn within(raw: &str, max: usize) -> Result<String, Reason> {
    let tidy = text::tidy(raw);
    if tidy.chars().nth(max).is_some() {
        Err(Reason::TooLong { max })
    } else {
        Ok(tidy)
    }
}
