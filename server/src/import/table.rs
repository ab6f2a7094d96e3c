//! The lines and cells of a CSV file, handed over to the portal's sheet one by one.

use std::io::Read;
use std::str;

use csv::{ByteRecord, Reader, ReaderBuilder};
use miftah_portal::roll::{Cell, Heading, HeadingFault, Registry, Sheet};

use super::source::Source;

/// Why a file is not a roll at all: nothing can be said of its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// What the operating system says.
    Unreadable(String),
    /// Not even a heading.
    Empty,
    Utf16,
    /// Bytes that are no UTF-8, before any letter beyond ASCII that is: another encoding.
    Encoding {
        line: u64,
    },
    /// The heading is one cell with these in it.
    Separator(char),
    /// The line that begins here is longer than any may be.
    Endless {
        line: u64,
    },
    Heading(HeadingFault),
}

/// Reads all lines. Empty lines are skipped; a line that is no person is the sheet's to refuse.
pub(super) fn read(input: impl Read, registry: Registry<'_>) -> Result<Sheet<'_>, FileFault> {
    let mut rows = Rows::open(input)?;
    let heading = heading(&mut rows)?;
    let mut sheet = Sheet::new(registry, heading);
    while let Some(row) = rows.next_row()? {
        if row.line == row.to {
            sheet.take(row.line, &row.cells);
        } else {
            sheet.take_spanning(row.line, row.to);
        }
    }
    Ok(sheet)
}

fn heading<R: Read>(rows: &mut Rows<R>) -> Result<Heading, FileFault> {
    let row = rows.next_row()?.ok_or(FileFault::Empty)?;
    let line = row.line;
    let names: Option<Vec<&str>> = row
        .cells
        .iter()
        .map(|cell| match cell {
            Cell::Text(text) => Some(*text),
            Cell::NotText => None,
        })
        .collect();
    let names = names.ok_or(FileFault::Encoding { line })?;
    if let [all] = names.as_slice()
        && let Some(separator) = all.chars().find(|c| matches!(c, ';' | '\t' | '|'))
    {
        return Err(FileFault::Separator(separator));
    }
    Heading::read(&names).map_err(FileFault::Heading)
}

/// A line of the file, or several that a quote holds together.
struct Row<'r> {
    line: u64,
    to: u64,
    cells: Vec<Cell<'r>>,
}

struct Rows<R> {
    reader: Reader<Source<R>>,
    record: ByteRecord,
    /// Letters beyond ASCII were read as UTF-8: what is not text now is damage, not an encoding.
    is_utf8: bool,
}

impl<R: Read> Rows<R> {
    fn open(input: R) -> Result<Self, FileFault> {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            // A line of another width is refused by itself, with its number.
            .flexible(true)
            .from_reader(Source::open(input)?);
        Ok(Self {
            reader,
            record: ByteRecord::new(),
            is_utf8: false,
        })
    }

    fn next_row(&mut self) -> Result<Option<Row<'_>>, FileFault> {
        let began = self.reader.position().line();
        self.reader.get_mut().begin_line();
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {}
            Ok(false) => return Ok(None),
            Err(_) if self.reader.get_ref().is_spent() => {
                return Err(FileFault::Endless { line: began });
            }
            Err(error) => return Err(FileFault::Unreadable(error.to_string())),
        }
        // The reader stands behind the line's end. Where the line began it does not say: it counts
        // skipped empty lines in. A line without an end of its own took the last one in.
        let behind = self.reader.position().line();
        let breaks = self.record.as_slice().iter().filter(|b| **b == b'\n');
        let ends = breaks.count() as u64 + u64::from(!self.reader.get_ref().has_ended());
        let (line, to) = (behind.saturating_sub(ends), behind.saturating_sub(1));
        let mut cells = Vec::with_capacity(self.record.len());
        for bytes in &self.record {
            cells.push(match str::from_utf8(bytes) {
                Ok(text) => {
                    self.is_utf8 |= !text.is_ascii();
                    Cell::Text(text)
                }
                Err(_) if !self.is_utf8 => return Err(FileFault::Encoding { line }),
                Err(_) => Cell::NotText,
            });
        }
        Ok(Some(Row { line, to, cells }))
    }
}
