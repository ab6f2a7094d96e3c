//! Loads a roll: all of it or, if wished, its good lines, in one transaction (A.3).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::column::Column;
use super::refusal::{Reason, Refusal};
use super::sheet::{Read, Sheet};
use crate::fault::Fallible;
use crate::id::ImportId;
use crate::model::{Import, ImportCounts, Person, RollLine};
use crate::store::Store;

/// What becomes of the good lines of a file that has refused ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Nothing is loaded.
    AllOrNothing,
    /// They are loaded.
    Good,
}

/// Whether it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    Load,
    /// Nobody is added or changed; the report says what would be.
    DryRun,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The good lines are on the roll; they are all there are, or the rest was refused.
    Loaded,
    /// The good lines would be: it was a trial.
    WouldLoad,
    /// Lines were refused, so nothing is (or would be) loaded.
    Nothing,
}

/// What loading a file did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub outcome: Outcome,
    pub trial: Trial,
    /// Lines of persons in the file.
    pub read: u64,
    /// Of the good lines; where they were not loaded, what would have come of them.
    pub counts: ImportCounts,
    /// In the order of the file.
    pub refusals: Vec<Refusal>,
    /// Good lines by status: a slip in a status would keep its person out.
    pub statuses: BTreeMap<String, u64>,
}

impl Report {
    /// Lines of the file that were refused, each counted once.
    pub fn refused(&self) -> u64 {
        let lines: BTreeSet<u64> = self.refusals.iter().map(|refusal| refusal.line).collect();
        lines.len() as u64
    }
}

/// Checks what was read against the roll, and loads it.
///
/// Persons are added or updated by student number, former values stay in the history, and who is
/// not in the file stays as they are. `file_name` names the import in the history.
///
/// # Errors
/// Only when the store fails; nothing was loaded then.
pub async fn load(
    store: &dyn Store,
    sheet: Sheet<'_>,
    file_name: &str,
    keep: Keep,
    trial: Trial,
) -> Fallible<Report> {
    let roll = store.first_persons(i64::MAX).await?;
    let registry = sheet.registry();
    let Read {
        mut lines,
        mut refusals,
        read,
    } = sheet.finish();
    refuse_taken_documents(&roll, &mut lines, &mut refusals);

    let outcome = match (refusals.is_empty(), keep, trial) {
        (false, Keep::AllOrNothing, _) => Outcome::Nothing,
        (_, _, Trial::DryRun) => Outcome::WouldLoad,
        (_, _, Trial::Load) => Outcome::Loaded,
    };
    let counts = if outcome == Outcome::Loaded && !lines.is_empty() {
        let import = Import {
            id: ImportId::new(registry.clock, registry.random),
            file_name: file_name.to_owned(),
            at: registry.clock.now(),
        };
        store.load_roll(&import, &lines).await?
    } else {
        foreseen(&roll, &lines)
    };
    let mut statuses = BTreeMap::new();
    for line in &lines {
        *statuses.entry(line.person.status.clone()).or_default() += 1;
    }
    Ok(Report {
        outcome,
        trial,
        read,
        counts,
        refusals,
        statuses,
    })
}

/// Refuses lines that would give one person the document of another one on the roll.
///
/// A line may free a document by naming another one, and being refused it frees nothing: so it is
/// looked again until nothing changes.
fn refuse_taken_documents(roll: &[Person], lines: &mut Vec<RollLine>, refusals: &mut Vec<Refusal>) {
    loop {
        let updated: BTreeSet<&str> = lines
            .iter()
            .map(|line| line.person.student_number.as_str())
            .collect();
        let holders: HashMap<&str, &str> = roll
            .iter()
            .filter(|person| !updated.contains(person.student_number.as_str()))
            .map(|person| (person.national_id.as_str(), person.student_number.as_str()))
            .collect();
        let taken: BTreeMap<u64, String> = lines
            .iter()
            .filter_map(|line| {
                let holder = holders.get(line.person.national_id.as_str())?;
                Some((line.line, (*holder).to_owned()))
            })
            .collect();
        if taken.is_empty() {
            refusals.sort_by_key(|refusal| (refusal.line, refusal.column));
            return;
        }
        lines.retain(|line| !taken.contains_key(&line.line));
        refusals.extend(taken.into_iter().map(|(line, student_number)| Refusal {
            line,
            column: Some(Column::NationalId),
            reason: Reason::NationalIdOnRoll { student_number },
        }));
    }
}

/// What the store would count.
fn foreseen(roll: &[Person], lines: &[RollLine]) -> ImportCounts {
    let known: HashMap<&str, &Person> = roll
        .iter()
        .map(|person| (person.student_number.as_str(), person))
        .collect();
    let mut counts = ImportCounts::default();
    for RollLine { person, .. } in lines {
        match known.get(person.student_number.as_str()) {
            None => counts.added += 1,
            Some(before) if same(before, person) => counts.unchanged += 1,
            Some(_) => counts.updated += 1,
        }
    }
    counts
}

/// Whether two records say the same; a line has a new id each time.
fn same(before: &Person, now: &Person) -> bool {
    Person {
        id: before.id.clone(),
        ..now.clone()
    } == *before
}
