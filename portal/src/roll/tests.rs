//! Lines good and bad, as offices really export them.

use miftah_rules::date::DateError;
use miftah_rules::email::EmailError;
use miftah_rules::pattern::{Expected, ShapeError};
use miftah_rules::person_name::Script;
use miftah_rules::phone::PhoneError;
use miftah_rules::profile::{Institution, NationalIdKind};

use super::{Cell, Column, Heading, Names, Reason, Refusal, Registry, Sheet};
use crate::model::Person;
use crate::ports::Millis;
use crate::testing::{FixedClock, SeededRandom};

mod headings;

/// 2026-09-01T00:00Z.
const TODAY: Millis = Millis(1_788_220_800_000);

const SALMA: [&str; 14] = [
    "R130000001",
    "cin",
    "AB123456",
    "العلوي",
    "سلمى",
    "EL ALAOUI",
    "SALMA",
    "2003-04-12",
    "salma.elalaoui@example.ma",
    "+212612345601",
    "إجازة القانون الخاص - Licence Droit privé",
    "2",
    "enrolled",
    "",
];

/// The same in the forms that forms of offices have (S0.3).
const SALMA_UNTIDY: [&str; 14] = [
    " r13 000-0001\u{200f}",
    "CIN",
    "ab\u{a0}12٣456",
    "\u{202b}العـلوي\u{202c} ",
    "سلمى",
    "EL  ALAOUI",
    "SALMA\u{0}",
    "12/04/2003",
    "salma.elalaoui@Example.MA ",
    "06 12 34 56 01",
    "إجازة القانون الخاص - Licence Droit privé\r\n",
    "٢",
    "Enrolled",
    "",
];

fn institution() -> Institution {
    let text = include_str!("../../../institutions/fsjes/institution.toml");
    toml::from_str(text).unwrap()
}

fn heading() -> Heading {
    let names: Vec<_> = Column::ALL
        .iter()
        .take(SALMA.len())
        .map(|column| column.name())
        .collect();
    Heading::read(&names, &Names::known()).unwrap()
}

/// A good line.
#[derive(Debug, PartialEq)]
struct Good {
    line: u64,
    person: Person,
}

#[derive(Debug, Default)]
struct Read {
    lines: Vec<Good>,
    refusals: Vec<Refusal>,
    read: u64,
}

/// Reads lines 2, 3, … under the heading in its usual order.
fn read(lines: &[&[&str]]) -> Read {
    read_under(heading(), lines)
}

fn read_under(heading: Heading, lines: &[&[&str]]) -> Read {
    let (institution, clock, random) = (institution(), FixedClock::at(TODAY), SeededRandom::new(1));
    let registry = Registry {
        clock: &clock,
        random: &random,
        institution: &institution,
    };
    let sheet = Sheet::new(registry, heading);
    let mut read = Read::default();
    for (number, line) in (2..).zip(lines) {
        let cells: Vec<_> = line.iter().map(|text| Cell::Text(text)).collect();
        let Some(taken) = sheet.take(number, &cells) else {
            continue;
        };
        read.read += 1;
        assert_eq!(taken.line.person.is_none(), !taken.refusals.is_empty());
        read.refusals.extend(taken.refusals);
        let line = taken.line.line;
        read.lines
            .extend(taken.line.person.map(|person| Good { line, person }));
    }
    read
}

/// Salma's line with another cell.
fn with<'a>(column: Column, cell: &'a str) -> [&'a str; 14] {
    let place = Column::ALL
        .iter()
        .take(SALMA.len())
        .position(|c| *c == column)
        .unwrap();
    let mut line: [&'a str; 14] = SALMA;
    line[place] = cell;
    line
}

#[track_caller]
fn refused(column: Column, cell: &str, wanted: &Reason) {
    let read = read(&[&with(column, cell)]);
    let [refusal] = read.refusals.as_slice() else {
        panic!("{cell:?} gives {:?}", read.refusals);
    };
    assert_eq!((refusal.line, refusal.column), (2, Some(column)));
    assert_eq!(&refusal.reason, wanted, "{cell:?}");
    assert_eq!(read.lines, []);
}

#[track_caller]
fn taken(column: Column, cell: &str) -> Person {
    let read = read(&[&with(column, cell)]);
    assert_eq!(read.refusals, [], "{cell:?}");
    read.lines.into_iter().next().unwrap().person
}

#[test]
fn a_line_becomes_a_person_however_it_is_written() {
    let read_plain = read(&[&SALMA]);
    let person = &read_plain.lines[0].person;
    assert_eq!(person.number, "R130000001");
    assert_eq!(person.national_id_kind, NationalIdKind::Cin);
    assert_eq!(person.national_id, "AB123456");
    assert_eq!(person.last_name_ar, "العلوي");
    assert_eq!(person.birth_date, "2003-04-12");
    assert_eq!(person.phone.as_deref(), Some("+212612345601"));
    assert_eq!(read_plain.lines[0].line, 2);
    let untidy = read(&[&SALMA_UNTIDY]);
    assert_eq!(untidy.refusals, []);
    assert_eq!(
        Person {
            id: person.id.clone(),
            ..untidy.lines[0].person.clone()
        },
        *person
    );
}

#[test]
fn each_cell_is_refused_for_its_own_reason() {
    refused(Column::Number, "", &Reason::Missing);
    refused(Column::Number, "—", &Reason::Missing);
    refused(
        Column::Number,
        "R13000000O",
        &Reason::Number(ShapeError::Unexpected {
            at: 10,
            found: 'O',
            expected: Expected::Digit,
        }),
    );
    refused(
        Column::NationalIdKind,
        "Carte nationale",
        &Reason::Kind {
            found: "carte_nationale".into(),
        },
    );
    refused(
        Column::NationalId,
        "AB",
        &Reason::Number(ShapeError::TooShort { min: 2 }),
    );
    refused(
        Column::BirthDate,
        "12/04/03",
        &Reason::Date(DateError::TwoDigitYear),
    );
    refused(
        Column::BirthDate,
        "2003-13-12",
        &Reason::Date(DateError::NoSuchDay),
    );
    refused(Column::BirthDate, "2026-09-02", &Reason::Age);
    refused(Column::BirthDate, "2023-04-12", &Reason::Age);
    refused(Column::BirthDate, "1903-04-12", &Reason::Age);
    refused(Column::Email, "salma", &Reason::Email(EmailError::NoAt));
    refused(
        Column::Phone,
        "0528232817",
        &Reason::Phone(PhoneError::NotMobile),
    );
    refused(Column::Programme, " ", &Reason::Missing);
    refused(Column::Status, "مسجل", &Reason::Status);
}

#[test]
fn names_are_in_the_script_of_their_column() {
    refused(
        Column::LastNameAr,
        "EL ALAOUI",
        &Reason::Script(Script::Arabic),
    );
    refused(
        Column::LastNameLatin,
        "العلوي",
        &Reason::Script(Script::Latin),
    );
    refused(
        Column::FirstNameLatin,
        "SАLMA",
        &Reason::Script(Script::Latin),
    );
    refused(Column::FirstNameAr, "- .", &Reason::Missing);
    refused(Column::FirstNameLatin, "SALMA 2", &Reason::Character('2'));
    let long = "A".repeat(101);
    refused(Column::FirstNameLatin, &long, &Reason::TooLong { max: 100 });
    let married = "N’GUESSAN-KÉÏTA (ép. ALAMI)";
    assert_eq!(
        taken(Column::LastNameLatin, married).last_name_latin,
        married
    );
    assert_eq!(
        taken(Column::LastNameAr, "آيت عَلي ڭو").last_name_ar,
        "آيت عَلي ڭو"
    );
}

#[test]
fn a_formula_is_no_value() {
    refused(
        Column::FirstNameLatin,
        "=CMD|' /C calc'!A0",
        &Reason::Character('='),
    );
    refused(Column::FirstNameAr, "@سلمى", &Reason::Character('@'));
    for cell in ["=1+1", "+A1", "-2", "@SUM(A1)", "'=1"] {
        let first = cell.chars().next().unwrap();
        refused(Column::Programme, cell, &Reason::Character(first));
        refused(Column::Year, cell, &Reason::Character(first));
        refused(Column::Status, cell, &Reason::Status);
    }
    refused(
        Column::Email,
        "=HYPERLINK(\"http://x\")",
        &Reason::Email(EmailError::NoAt),
    );
}

#[test]
fn what_may_be_empty_may_hold_a_dash() {
    for cell in ["", " ", "-", "—", "/", "\u{200f}"] {
        assert_eq!(taken(Column::Email, cell).email, None);
        assert_eq!(taken(Column::Phone, cell).phone, None);
        assert_eq!(taken(Column::Year, cell).year, "");
    }
}

#[test]
fn every_reason_of_a_line_is_told() {
    let mut line = with(Column::BirthDate, "hier");
    line[5] = "";
    line[8] = "x@";
    let read = read(&[&line]);
    let columns: Vec<_> = read
        .refusals
        .iter()
        .filter_map(|refusal| refusal.column)
        .collect();
    assert_eq!(
        columns,
        [Column::LastNameLatin, Column::BirthDate, Column::Email]
    );
}

#[test]
fn a_line_of_other_width_is_refused_whole_and_an_empty_one_is_no_line() {
    let short = &SALMA[..12];
    let long = [&SALMA[..], &["x"]].concat();
    let padded = [&SALMA[..], &["", " "]].concat();
    let read = read(&[short, &long, &["", "", "\u{feff}"], &[], &padded]);
    let reasons: Vec<_> = read
        .refusals
        .iter()
        .map(|r| (r.line, r.column, &r.reason))
        .collect();
    let cells = |found| Reason::Cells {
        found,
        expected: 14,
    };
    assert_eq!(reasons, [(2, None, &cells(12)), (3, None, &cells(15))]);
    assert_eq!((read.read, read.lines.len(), read.lines[0].line), (3, 1, 6));
}
