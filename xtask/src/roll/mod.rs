//! The sample roll: persons that could study at a Moroccan faculty of law and economics, and do
//! not. Numbers have the right shape (norms, "Identifiers"), addresses end in `example.ma` and
//! `example.com`, and the first five rows are the fixed persons that demonstrations and tests use.

mod chance;
mod dirty;
mod names;
mod person;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::fault::{About as _, Outcome};
use chance::Chance;
pub(crate) use person::Person;

/// How many persons the committed roll has.
pub(crate) const PERSONS: usize = 2_000;
/// The seed of the committed roll.
pub(crate) const SEED: u64 = 7;

const HEADINGS: &str = "student_number,national_id_kind,national_id,last_name_ar,first_name_ar,\
last_name_latin,first_name_latin,birth_date,email,phone,programme,year,status";

/// The whole roll as CSV (UTF-8, comma, LF), headings first. The same arguments give the same bytes.
pub(crate) fn csv(persons: usize, seed: u64) -> String {
    let mut text = String::from(HEADINGS);
    text.push('\n');
    for person in roll(persons, seed) {
        text.push_str(&person.row());
        text.push('\n');
    }
    text
}

/// Writes the roll to `file`.
///
/// # Errors
/// The file cannot be written.
pub(crate) fn write(file: &Path, persons: usize, seed: u64) -> Outcome {
    put(file, csv(persons, seed).as_bytes())
}

/// Writes the roll's dirty twin to `file`.
///
/// # Errors
/// The file cannot be written.
pub(crate) fn write_dirty(file: &Path, persons: usize, seed: u64) -> Outcome {
    put(file, &dirty::file(&roll(persons, seed)).0)
}

fn put(file: &Path, bytes: &[u8]) -> Outcome {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).about(folder.display())?;
    }
    fs::write(file, bytes).about(file.display())
}

fn roll(persons: usize, seed: u64) -> Vec<Person> {
    let mut all = person::fixed();
    all.truncate(persons);
    let names = names::Names::all();
    let mut chance = Chance::seeded(seed);
    let mut taken: BTreeSet<String> = all.iter().flat_map(Person::unique_values).collect();
    while all.len() < persons {
        let next = person::invented(&names, &mut chance);
        let values = next.unique_values();
        // Two persons with one number, document, address or phone would be refused by the import.
        if values.iter().any(|value| taken.contains(value)) {
            continue;
        }
        taken.extend(values);
        all.push(next);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_roll() {
        assert_eq!(csv(60, 7), csv(60, 7));
        assert_ne!(csv(60, 7), csv(60, 8));
    }

    #[test]
    fn the_committed_roll_is_the_generated_one() {
        let file = crate::place::Place::here().at("institutions/fsjes/roll.csv");
        let committed = fs::read_to_string(file).unwrap();
        assert!(
            committed == csv(PERSONS, SEED),
            "roll.csv differs from the generator: run `cargo xtask roll --persons 2000 --seed 7`"
        );
    }

    #[test]
    fn the_committed_dirty_roll_is_the_generated_one() {
        let file = crate::place::Place::here().at("server/tests/rolls/dirty.csv");
        let (bytes, repeated) = dirty::file(&roll(PERSONS, SEED));
        assert_eq!(repeated, 40);
        assert!(
            fs::read(file).unwrap() == bytes,
            "dirty.csv differs from the generator: run `cargo xtask roll --dirty`"
        );
    }

    #[test]
    fn every_row_has_every_column_and_none_is_quoted() {
        let columns = HEADINGS.split(',').count();
        for row in csv(PERSONS, SEED).lines() {
            assert_eq!(row.split(',').count(), columns, "{row}");
            assert!(!row.contains('"'), "{row}");
        }
    }

    #[test]
    fn numbers_have_the_official_shape() {
        for person in roll(PERSONS, SEED) {
            let massar = &person.number;
            assert_eq!(massar.len(), 10);
            assert!(massar.starts_with(|c: char| c.is_ascii_uppercase()));
            assert!(massar.chars().skip(1).all(|c| c.is_ascii_digit()));
            if person.national_id_kind == "cin" {
                let letters = person
                    .national_id
                    .chars()
                    .take_while(char::is_ascii_uppercase)
                    .count();
                let digits = person.national_id.chars().skip(letters).collect::<String>();
                assert!((1..=2).contains(&letters) && (1..=7).contains(&digits.len()));
                assert!(!digits.starts_with('0') && person.national_id.len() <= 8);
            }
        }
    }

    #[test]
    fn no_value_that_names_a_person_occurs_twice() {
        let all: Vec<String> = roll(PERSONS, SEED)
            .iter()
            .flat_map(Person::unique_values)
            .collect();
        let distinct: BTreeSet<&String> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn the_first_five_cover_every_way_of_being_reached() {
        let five = roll(5, SEED);
        let ways: Vec<(bool, bool)> = five
            .iter()
            .map(|p| (!p.email.is_empty(), !p.phone.is_empty()))
            .collect();
        assert_eq!(
            ways.get(..4),
            Some(&[(true, true), (true, false), (false, true), (false, false)][..])
        );
        assert_eq!(five.last().map(|p| p.national_id_kind), Some("passport"));
    }
}
