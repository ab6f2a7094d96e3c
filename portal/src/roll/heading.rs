//! The first line of a roll: which cell is which column.

use miftah_rules::text;

use super::column::{Column, Names};

/// The columns of a roll in the file's own order. Every column is there once, or may be lacking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Nothing for a column that no roll has: it is not read.
    columns: Vec<Option<Column>>,
    unread: Vec<String>,
}

/// Why a first line is not a roll's heading: columns are missing or there twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeadingFault {
    /// Columns that would not be read: one of them may be what is missing. As the file writes them;
    /// a column without a name is told by its place, `#4`.
    pub unknown: Vec<String>,
    pub missing: Vec<Column>,
    pub twice: Vec<Column>,
}

impl Heading {
    /// Reads a first line. Empty cells at its end are nothing: spreadsheets leave them behind.
    ///
    /// # Errors
    /// Everything that is wrong with it at once.
    pub fn read(cells: &[&str], names: &Names) -> Result<Self, HeadingFault> {
        let named = cells.iter().rposition(|cell| !text::tidy(cell).is_empty());
        let cells = cells
            .get(..named.map_or(0, |last| last + 1))
            .unwrap_or_default();
        let mut columns = Vec::with_capacity(cells.len());
        let mut fault = HeadingFault::default();
        for (place, cell) in (1..).zip(cells) {
            let column = names.column(cell);
            match column {
                Some(column) if columns.contains(&Some(column)) => fault.twice.push(column),
                Some(_) => {}
                None => fault.unknown.push(as_written(place, cell)),
            }
            columns.push(column);
        }
        fault.missing = names
            .needed()
            .iter()
            .copied()
            .filter(|column| !columns.contains(&Some(*column)))
            .collect();
        if fault.missing.is_empty() && fault.twice.is_empty() {
            Ok(Self {
                columns,
                unread: fault.unknown,
            })
        } else {
            Err(fault)
        }
    }

    /// Columns that are not read, as the file writes them.
    pub fn unread(&self) -> &[String] {
        &self.unread
    }

    /// Whether the file has no such column.
    pub fn lacks(&self, column: Column) -> bool {
        self.place(column).is_none()
    }

    /// How many cells a line has.
    pub(super) fn width(&self) -> usize {
        self.columns.len()
    }

    /// Where a line has this column.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|other| *other == Some(column))
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
