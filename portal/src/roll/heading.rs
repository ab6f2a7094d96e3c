//! The first line of a roll: which cell is which column.

use miftah_rules::text;

use super::column::Column;

/// The columns of a roll in the file's own order. Every column is there once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    columns: Vec<Column>,
}

/// Why a first line is not a roll's heading. At least one list is not empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeadingFault {
    /// As the file writes them; a column without a name is told by its place, `#4`.
    pub unknown: Vec<String>,
    pub missing: Vec<Column>,
    pub twice: Vec<Column>,
}

impl Heading {
    /// Reads a first line. Empty cells at its end are nothing: spreadsheets leave them behind.
    ///
    /// # Errors
    /// Everything that is wrong with it at once.
    pub fn read(cells: &[&str]) -> Result<Self, HeadingFault> {
        let named = cells.iter().rposition(|cell| !text::tidy(cell).is_empty());
        let cells = cells
            .get(..named.map_or(0, |last| last + 1))
            .unwrap_or_default();
        let mut columns = Vec::with_capacity(cells.len());
        let mut fault = HeadingFault::default();
        for (place, cell) in (1..).zip(cells) {
            match Column::from_heading(cell) {
                Some(column) if columns.contains(&column) => fault.twice.push(column),
                Some(column) => columns.push(column),
                None => fault.unknown.push(as_written(place, cell)),
            }
        }
        fault.missing = Column::ALL
            .iter()
            .copied()
            .filter(|c| !columns.contains(c))
            .collect();
        if fault == HeadingFault::default() {
            Ok(Self { columns })
        } else {
            Err(fault)
        }
    }

    /// How many cells a line has.
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    /// Where a line has this column.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|other| *other == column)
    }
}

/// Characters of an unknown heading that are told: enough to find it.
const TOLD: usize = 40;

fn as_written(place: usize, cell: &str) -> String {
    let name: String = text::tidy(cell).chars().take(TOLD).collect();
    if name.is_empty() {
        format!("#{place}")
    } else {
        name
    }
}
