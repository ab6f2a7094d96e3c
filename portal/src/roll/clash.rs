//! Lines that contradict each other or the roll. One student number in two lines, one document of two
//! persons: which is right only the office can tell, and a wrong guess would give one person the
//! other's account.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::column::Column;
use super::refusal::{Reason, Refusal};
use crate::store::Clash;

/// Other lines that a refusal names: a file of one number a million times has no million refusals
/// of a million lines each.
const NAMED: usize = 5;

/// What lines with one student number come to.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    pub(super) refusals: Vec<Refusal>,
    /// Lines that say the same as an earlier one.
    pub(super) repeated: BTreeSet<u64>,
}

/// Lines in the order of student number and line.
pub(super) fn numbers(clashes: Vec<Clash>) -> Numbers {
    let mut found = Numbers::default();
    for lines in clashes.chunk_by(|a, b| a.key == b.key) {
        let first = lines.first().map_or("", |line| &line.digest);
        if !first.is_empty() && lines.iter().all(|line| line.digest == first) {
            found
                .repeated
                .extend(lines.iter().skip(1).map(|line| line.line));
            continue;
        }
        for line in lines {
            found.refusals.push(Refusal {
                line: line.line,
                column: Some(Column::Number),
                reason: Reason::NumberTwice {
                    lines: named(lines.iter().filter(|other| other.line != line.line)),
                },
            });
        }
    }
    found
}

/// Lines in the order of document and line.
pub(super) fn documents(clashes: Vec<Clash>) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    for lines in clashes.chunk_by(|a, b| a.key == b.key) {
        // One line a student number, as many as are named and one more: the line's own.
        let mut holders: Vec<&Clash> = Vec::with_capacity(NAMED + 1);
        for line in lines {
            let known = |other: &&Clash| other.number == line.number;
            if holders.len() <= NAMED && !holders.iter().any(known) {
                holders.push(line);
            }
        }
        for line in lines {
            let others = holders
                .iter()
                .copied()
                .filter(|other| other.number != line.number);
            refusals.push(Refusal {
                line: line.line,
                column: Some(Column::NationalId),
                reason: Reason::NationalIdTwice {
                    lines: named(others),
                },
            });
        }
    }
    refusals
}

/// Lines with the document of somebody else on the roll who keeps it: whose number no good line names,
/// or whose own line is refused here. A line may free a document by naming another one; being refused
/// it frees nothing, and so on along the chain.
pub(super) fn on_roll(clashes: &[Clash]) -> Vec<Refusal> {
    let mut freed: HashMap<&str, Vec<&Clash>> = HashMap::new();
    let mut held: Vec<&Clash> = Vec::new();
    for clash in clashes {
        match &clash.number {
            Some(holder) if !clash.held => freed.entry(holder).or_default().push(clash),
            _ => held.push(clash),
        }
    }
    let mut refused = BTreeMap::new();
    while let Some(clash) = held.pop() {
        if refused.insert(clash.line, clash).is_none()
            && let Some(own) = &clash.own
            && let Some(next) = freed.remove(own.as_str())
        {
            held.extend(next);
        }
    }
    refused
        .into_iter()
        .map(|(line, clash)| Refusal {
            line,
            column: Some(Column::NationalId),
            reason: Reason::NationalIdOnRoll {
                number: clash.number.clone().unwrap_or_default(),
            },
        })
        .collect()
}

fn named<'c>(lines: impl Iterator<Item = &'c Clash>) -> Vec<u64> {
    lines.take(NAMED).map(|other| other.line).collect()
}
