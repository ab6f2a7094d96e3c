//! The lines and cells of a CSV file, one by one.

use std::io::{Read, Seek, SeekFrom};
use std::str;

use csv::{ByteRecord, Reader, ReaderBuilder};
use encoding_rs_io::DecodeReaderBytes;
use miftah_portal::roll::{Cell, Heading, HeadingFault, Names};

use super::encoding::{self, Encoding};
use super::source::Source;

/// What columns may be separated by.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Why a file is not a roll at all: nothing can be said of its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileFault {
    /// What the operating system says.
    Unreadable(String),
    /// Not even a heading.
    Empty,
    /// A spreadsheet's own file, whatever its name says.
    Workbook,
    /// Bytes that no text has.
    Binary,
    /// A heading that is no text in the file's encoding.
    Encoding {
        line: u64,
    },
    /// The line that begins here is longer than any may be.
    Endless {
        line: u64,
    },
    Heading(HeadingFault),
}

/// A file whose heading was read.
pub(super) struct Table<R> {
    rows: Rows<DecodeReaderBytes<R, Vec<u8>>>,
    heading: Heading,
    encoding: Encoding,
    separator: u8,
    lines: u64,
}

impl<R: Read + Seek> Table<R> {
    /// Reads a file as far as its heading; `forced` is the encoding if somebody knows it.
    pub(super) fn open(
        mut input: R,
        names: &Names,
        forced: Option<Encoding>,
    ) -> Result<Self, FileFault> {
        let look = encoding::look(&mut input)?;
        let encoding = forced.unwrap_or(look.encoding);
        let separator = separator(&mut input, encoding, names)?;
        let mut rows = Rows::open(encoding.decode(input), separator)?;
        let heading = heading(&mut rows, names)?;
        Ok(Self {
            rows,
            heading,
            encoding,
            separator,
            lines: look.lines,
        })
    }
}

impl<R: Read> Table<R> {
    pub(super) const fn heading(&self) -> &Heading {
        &self.heading
    }

    pub(super) const fn encoding(&self) -> Encoding {
        self.encoding
    }

    pub(super) const fn separator(&self) -> char {
        self.separator as char
    }

    /// About as many lines as the file has.
    pub(super) const fn lines(&self) -> u64 {
        self.lines
    }

    /// The next line. Empty ones are skipped.
    pub(super) fn next_row(&mut self) -> Result<Option<Row<'_>>, FileFault> {
        self.rows.next_row()
    }
}

/// The separator under which most of the heading's cells are known columns; of equals, the one that
/// makes most cells.
fn separator(
    input: &mut (impl Read + Seek),
    encoding: Encoding,
    names: &Names,
) -> Result<u8, FileFault> {
    let mut best = (0, 0, SEPARATORS[0]);
    for separator in SEPARATORS {
        let mut rows = Rows::open(encoding.decode(&mut *input), separator)?;
        let row = first_row(&mut rows);
        let score = row.map(|row| {
            row.map_or((0, 0), |row| {
                let known = row.cells.iter().filter(|cell| match cell {
                    Cell::Text(text) => names.column(text).is_some(),
                    Cell::NotText => false,
                });
                (known.count(), row.cells.len())
            })
        });
        drop(rows);
        input
            .seek(SeekFrom::Start(0))
            .map_err(|error| FileFault::Unreadable(error.to_string()))?;
        let (known, cells) = score?;
        if (known, cells) > (best.0, best.1) {
            best = (known, cells, separator);
        }
    }
    Ok(best.2)
}

fn heading<R: Read>(rows: &mut Rows<R>, names: &Names) -> Result<Heading, FileFault> {
    let row = first_row(rows)?.ok_or(FileFault::Empty)?;
    let line = row.line;
    let cells: Option<Vec<&str>> = row
        .cells
        .iter()
        .map(|cell| match cell {
            Cell::Text(text) => Some(*text),
            Cell::NotText => None,
        })
        .collect();
    let cells = cells.ok_or(FileFault::Encoding { line })?;
    Heading::read(&cells, names).map_err(FileFault::Heading)
}

/// The heading's line. One before it may tell a spreadsheet program the separator: `sep=;`.
fn first_row<R: Read>(rows: &mut Rows<R>) -> Result<Option<Row<'_>>, FileFault> {
    if rows.next_row()?.is_some_and(|row| is_hint(&row.cells)) {
        return rows.next_row();
    }
    Ok(rows.same_row())
}

fn is_hint(cells: &[Cell<'_>]) -> bool {
    match cells {
        [Cell::Text(text)] | [Cell::Text(text), Cell::Text("")] => {
            let text = text.trim();
            text.len() <= 5
                && text
                    .get(..4)
                    .is_some_and(|word| word.eq_ignore_ascii_case("sep="))
        }
        _ => false,
    }
}

/// A line of the file, or several that a quote holds together.
pub(super) struct Row<'r> {
    pub(super) line: u64,
    pub(super) to: u64,
    pub(super) cells: Vec<Cell<'r>>,
}

struct Rows<R> {
    reader: Reader<Source<R>>,
    record: ByteRecord,
    /// Where the record began and ended.
    at: (u64, u64),
}

impl<R: Read> Rows<R> {
    fn open(input: R, separator: u8) -> Result<Self, FileFault> {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .delimiter(separator)
            // A line of another width is refused by itself, with its number.
            .flexible(true)
            .from_reader(Source::open(input)?);
        Ok(Self {
            reader,
            record: ByteRecord::new(),
            at: (0, 0),
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
        self.at = (behind.saturating_sub(ends), behind.saturating_sub(1));
        Ok(self.same_row())
    }

    /// The row read last.
    fn same_row(&self) -> Option<Row<'_>> {
        let (line, to) = self.at;
        (line > 0).then(|| Row {
            line,
            to,
            cells: self
                .record
                .iter()
                .map(|bytes| str::from_utf8(bytes).map_or(Cell::NotText, Cell::Text))
                .collect(),
        })
    }
}
