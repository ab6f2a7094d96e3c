//! PDFs: looked through, never run. A file is kept as it is, or not at all.
//!
//! What a file can do stands in its dictionaries by name. Dictionaries are plain bytes, but for those
//! in streams of objects, which are inflated within a bound; what cannot be inflated is refused, and
//! so is what a reader might inflate in another way.

use flate2::{Decompress, FlushDecompress, Status};
use miftah_portal::ports::{Clean, Media, Unclean};

use super::names::{self, Signs};
use super::objects;

/// How far from the beginning the header may stand, in bytes, and from the end the end mark: what
/// readers accept.
const SLACK: usize = 1024;
/// What streams of objects may hold together once inflated, in bytes. The largest books have some
/// 10 MB.
const MOST_INFLATED: usize = 48 << 20;
/// What reading objects may cost, in bytes read for each byte of a file: objects that begin within
/// each other are read again and again.
const MOST_READING: usize = 4;
/// The end of a zip archive, and how far from the end of a file it can stand.
const ZIP_END: (&[u8], usize) = (b"PK\x05\x06", 66_000);

/// How files begin that somebody might also read as a PDF.
const OTHERS: [&[u8]; 10] = [
    b"PK\x03\x04",
    b"GIF8",
    b"RIFF",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xd0\xcf\x11\xe0",
];

/// Filters, besides Flate, by which a reader might inflate a stream of objects.
const OTHER_FILTERS: [&[u8]; 14] = [
    b"ASCIIHexDecode",
    b"AHx",
    b"ASCII85Decode",
    b"A85",
    b"LZWDecode",
    b"LZW",
    b"RunLengthDecode",
    b"RL",
    b"CCITTFaxDecode",
    b"JBIG2Decode",
    b"DCTDecode",
    b"JPXDecode",
    b"Crypt",
    b"Predictor",
];

/// The file, when it is a PDF that holds nothing but pages.
///
/// # Errors
/// [`Unclean::Type`] when it is none, or something else too.
pub(super) fn clean(bytes: Vec<u8>) -> Result<Clean, Unclean> {
    if !is_pdf(&bytes) {
        return Err(Unclean::Type);
    }
    if !contains(last(&bytes, SLACK), b"%%EOF") {
        return Err(Unclean::Unreadable);
    }
    let mut signs = Signs::default();
    names::each(&bytes, |name| signs.see(name));
    signs.judge()?;
    look_into(&bytes, &mut signs)?;
    signs.judge()?;
    Ok(Clean {
        media: Media::Pdf,
        bytes,
    })
}

fn is_pdf(bytes: &[u8]) -> bool {
    let first = bytes.get(..SLACK + b"%PDF-".len()).unwrap_or(bytes);
    let Some(at) = find(first, b"%PDF-") else {
        return false;
    };
    let before = bytes.get(..at).unwrap_or_default();
    let is_other = OTHERS.iter().any(|other| before.starts_with(other));
    let (zip_end, reach) = ZIP_END;
    !is_other && !before.contains(&b'<') && !contains(last(bytes, reach), zip_end)
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    find(bytes, word).is_some()
}

fn last(bytes: &[u8], count: usize) -> &[u8] {
    bytes
        .get(bytes.len().saturating_sub(count)..)
        .unwrap_or(bytes)
}

/// Names of all objects, and of those in streams of objects.
fn look_into(bytes: &[u8], signs: &mut Signs) -> Result<(), Unclean> {
    let mut budget = Budget {
        reading: bytes.len().saturating_mul(MOST_READING),
        inflated: MOST_INFLATED,
    };
    let mut inflated = Vec::new();
    for start in objects::starts(bytes) {
        let mut stream = Stream::default();
        let object = objects::object(start, |name| {
            signs.see_in_object(name);
            stream.see(name);
        });
        budget.read(object.length)?;
        let Some(content) = object.content.filter(|_| stream.holds_objects()) else {
            continue;
        };
        match stream.coding()? {
            Coding::Plain => {
                let end = find(content, b"endstream").unwrap_or(content.len());
                let content = content.get(..end).unwrap_or(content);
                budget.read(end)?;
                names::each(content, |name| signs.see_in_object(name));
            }
            Coding::Flate => {
                let whole = inflate(content, &mut inflated, &mut budget);
                names::each(&inflated, |name| signs.see_in_object(name));
                // What acts is told before what is broken: readers show the part they can read.
                signs.judge()?;
                whole?;
            }
        }
    }
    Ok(())
}

/// What may still be done for one file, in bytes.
struct Budget {
    reading: usize,
    inflated: usize,
}

impl Budget {
    fn read(&mut self, bytes: usize) -> Result<(), Unclean> {
        let left = self.reading.checked_sub(bytes);
        self.reading = left.ok_or(Unclean::Unreadable)?;
        Ok(())
    }
}

/// What the names of a stream's dictionary tell of it.
#[derive(Default)]
struct Stream {
    is_typed: bool,
    has_count: bool,
    has_first: bool,
    filters: u32,
    flate: u32,
    others: u32,
}

enum Coding {
    Plain,
    Flate,
}

impl Stream {
    fn see(&mut self, name: &[u8]) {
        match name {
            b"ObjStm" => self.is_typed = true,
            b"N" => self.has_count = true,
            b"First" => self.has_first = true,
            b"Filter" | b"F" => self.filters = self.filters.saturating_add(1),
            b"FlateDecode" | b"Fl" => self.flate = self.flate.saturating_add(1),
            name if OTHER_FILTERS.contains(&name) => self.others = self.others.saturating_add(1),
            _ => {}
        }
    }

    /// Readers look for `N` and `First`; not all of them ask for the type.
    const fn holds_objects(&self) -> bool {
        self.is_typed || (self.has_count && self.has_first)
    }

    fn coding(&self) -> Result<Coding, Unclean> {
        match (self.filters, self.flate, self.others) {
            (0, 0, 0) => Ok(Coding::Plain),
            (1, 1, 0) => Ok(Coding::Flate),
            _ => Err(Unclean::Unreadable),
        }
    }
}

/// Fills `inflated` with what `content` begins with.
///
/// # Errors
/// When that is broken, or beyond the budget; what could be inflated is there.
fn inflate(content: &[u8], inflated: &mut Vec<u8>, budget: &mut Budget) -> Result<(), Unclean> {
    inflated.clear();
    let mut stream = Decompress::new(true);
    let mut piece = vec![0; 64 * 1024];
    let mut rest = content;
    loop {
        let (taken, given) = (stream.total_in(), stream.total_out());
        let status = stream.decompress(rest, &mut piece, FlushDecompress::None);
        let read = usize::try_from(stream.total_in() - taken).unwrap_or(usize::MAX);
        let written = usize::try_from(stream.total_out() - given).unwrap_or(usize::MAX);
        inflated.extend_from_slice(piece.get(..written).unwrap_or_default());
        rest = rest.get(read..).unwrap_or_default();
        budget.read(read)?;
        let left = budget.inflated.checked_sub(written);
        budget.inflated = left.ok_or(Unclean::Unreadable)?;
        match status {
            Ok(Status::StreamEnd) => return Ok(()),
            Ok(_) if read > 0 || written > 0 => {}
            _ => return Err(Unclean::Unreadable),
        }
    }
}
