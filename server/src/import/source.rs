//! The text of a roll's file, made even: without a mark at its beginning, every line ended by LF.
//!
//! Even line ends make the CSV reader's line numbers those of an editor.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use super::table::FileFault;

/// Bytes of the longest line: all columns at their longest, many times over. A quote that is never
/// closed would make the rest of the file one line, and memory is not the file's to fill.
pub(super) const LONGEST_LINE: usize = 64 * 1024;

pub(super) struct Source<R> {
    input: BufReader<Chain<Cursor<Vec<u8>>, R>>,
    last: Last,
    /// Bytes that the current line may still have.
    left: usize,
    ended: bool,
}

/// The last byte taken from the file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// Nothing, or the end of a line.
    LineEnd,
    /// CR, already handed on as a line end: an LF after it is part of it.
    Return,
    Other,
}

impl<R: Read> Source<R> {
    /// Looks at the first bytes.
    pub(super) fn open(mut input: R) -> Result<Self, FileFault> {
        let mut start = Vec::with_capacity(3);
        let looked = input.by_ref().take(3).read_to_end(&mut start);
        looked.map_err(|error| FileFault::Unreadable(error.to_string()))?;
        if start == [0xEF, 0xBB, 0xBF] {
            start.clear();
        }
        Ok(Self {
            input: BufReader::new(Cursor::new(start).chain(input)),
            last: Last::LineEnd,
            left: LONGEST_LINE,
            ended: false,
        })
    }

    /// A new line begins.
    pub(super) fn begin_line(&mut self) {
        self.left = LONGEST_LINE;
    }

    /// Whether a line was longer than any may be.
    pub(super) const fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// Whether the end of the file was handed on. Since every line has its end, a line that needed
    /// this one ends inside a quote.
    pub(super) const fn has_ended(&self) -> bool {
        self.ended
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other("a line without end"));
        }
        let room = out.len().min(self.left);
        let mut free = out.iter_mut().take(room);
        let mut written = 0;
        while written == 0 && room > 0 {
            let chunk = self.input.fill_buf()?;
            if chunk.is_empty() {
                // A last line without its end has one now.
                if self.last == Last::Other
                    && let Some(place) = free.next()
                {
                    *place = b'\n';
                    written = 1;
                    self.last = Last::LineEnd;
                }
                break;
            }
            let mut used = 0;
            for byte in chunk.iter().take(room) {
                used += 1;
                let (byte, last) = match (byte, self.last) {
                    (b'\n', Last::Return) => {
                        self.last = Last::LineEnd;
                        continue;
                    }
                    (b'\n', _) => (b'\n', Last::LineEnd),
                    (b'\r', _) => (b'\n', Last::Return),
                    (byte, _) => (*byte, Last::Other),
                };
                self.last = last;
                if let Some(place) = free.next() {
                    *place = byte;
                    written += 1;
                }
            }
            self.input.consume(used);
        }
        self.left -= written;
        self.ended = written == 0 && room > 0;
        Ok(written)
    }
}
