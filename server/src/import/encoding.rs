//! In what the bytes of a roll's file are written. Spreadsheets of the region save Windows-1256,
//! newer ones UTF-8, and «Unicode text» is UTF-16.

use std::io::{self, Read, Seek, SeekFrom};
use std::str;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1256};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use super::table::FileFault;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Little,
    Utf16Big,
    Windows1256,
}

impl Encoding {
    /// As people and `--encoding` name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Little | Self::Utf16Big => "UTF-16",
            Self::Windows1256 => "Windows-1256",
        }
    }

    /// What can be asked for: UTF-16 says so itself.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Utf8, Self::Windows1256]
            .into_iter()
            .find(|encoding| encoding.name().eq_ignore_ascii_case(name))
    }

    /// The file as UTF-8. One that is UTF-8 is handed on as it is: where it is damaged, the cell is
    /// refused.
    pub(super) fn decode<R: Read>(self, input: R) -> DecodeReaderBytes<R, Vec<u8>> {
        let encoding = match self {
            Self::Utf8 => None,
            Self::Utf16Little => Some(UTF_16LE),
            Self::Utf16Big => Some(UTF_16BE),
            Self::Windows1256 => Some(WINDOWS_1256),
        };
        DecodeReaderBytesBuilder::new()
            .encoding(encoding)
            .utf8_passthru(true)
            .bom_sniffing(self != Self::Windows1256)
            .build(input)
    }
}

/// Bytes that tell what a file is.
const MARK: usize = 4;

/// What a first look at the whole file tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) encoding: Encoding,
    /// Line feeds: about as many lines.
    pub(super) lines: u64,
}

/// Looks at all bytes and goes back to the first.
///
/// A file that is not UTF-8 is Windows-1256, where every byte means something, unless most of what
/// is beyond ASCII is UTF-8 all the same: then it is damaged.
pub(super) fn look(input: &mut (impl Read + Seek)) -> Result<Look, FileFault> {
    let mut census = Census::default();
    let mut chunk = vec![0; 64 * 1024];
    let mut kept = 0;
    loop {
        let room = chunk.get_mut(kept..).unwrap_or_default();
        let read = input.read(room).map_err(unreadable)?;
        let filled = chunk.get(..kept + read).unwrap_or_default();
        if !census.has_begun {
            if filled.len() < MARK && read > 0 {
                kept = filled.len();
                continue;
            }
            census.begin(filled)?;
        }
        let used = census.count(filled, read == 0)?;
        if read == 0 {
            break;
        }
        let rest = used..kept + read;
        kept = rest.len();
        chunk.copy_within(rest, 0);
    }
    input.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    Ok(Look {
        encoding: census.encoding(),
        lines: census.lines,
    })
}

fn unreadable(error: io::Error) -> FileFault {
    FileFault::Unreadable(error.to_string())
}

#[derive(Default)]
struct Census {
    has_begun: bool,
    marked: Option<Encoding>,
    /// Characters beyond ASCII that are UTF-8, and bytes that are not.
    good: u64,
    bad: u64,
    lines: u64,
}

impl Census {
    fn begin(&mut self, bytes: &[u8]) -> Result<(), FileFault> {
        self.has_begun = true;
        self.marked = match bytes {
            [0xEF, 0xBB, 0xBF, ..] => Some(Encoding::Utf8),
            [0xFF, 0xFE, ..] => Some(Encoding::Utf16Little),
            [0xFE, 0xFF, ..] => Some(Encoding::Utf16Big),
            // Workbooks: a zip of XML, or the compound file before it.
            [b'P', b'K', 3 | 5, 4 | 6, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] => {
                return Err(FileFault::Workbook);
            }
            _ => None,
        };
        Ok(())
    }

    /// Counts all but a character that the bytes end within; answers how many were counted.
    fn count(&mut self, bytes: &[u8], is_last: bool) -> Result<usize, FileFault> {
        self.lines += bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        if matches!(
            self.marked,
            Some(Encoding::Utf16Little | Encoding::Utf16Big)
        ) {
            return Ok(bytes.len());
        }
        if bytes.contains(&0) {
            return Err(FileFault::Binary);
        }
        let mut from = 0;
        while let Some(rest) = bytes.get(from..).filter(|rest| !rest.is_empty()) {
            let (valid, bad) = match str::from_utf8(rest) {
                Ok(text) => (text.len(), 0),
                Err(error) => match error.error_len() {
                    Some(bad) => (error.valid_up_to(), bad),
                    // The rest of the character may come with the next bytes.
                    None if !is_last => (error.valid_up_to(), 0),
                    None => (error.valid_up_to(), rest.len() - error.valid_up_to()),
                },
            };
            let text = rest.get(..valid).unwrap_or_default();
            self.good += text.iter().filter(|byte| **byte >= 0xC0).count() as u64;
            self.bad += bad as u64;
            from += valid + bad;
            if bad == 0 && valid < rest.len() {
                break;
            }
        }
        Ok(from)
    }

    const fn encoding(&self) -> Encoding {
        match self.marked {
            Some(encoding) => encoding,
            None if self.bad > self.good => Encoding::Windows1256,
            None => Encoding::Utf8,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn seen(bytes: &[u8]) -> Encoding {
        look(&mut Cursor::new(bytes)).unwrap().encoding
    }

    #[test]
    fn each_encoding_is_recognised() {
        let text = "رقم مسار;الاسم العائلي;Prénom\nR130000001;العلوي،؛;Zoé\n";
        assert_eq!(seen(text.as_bytes()), Encoding::Utf8);
        let (office, _, _) = WINDOWS_1256.encode(text);
        assert_eq!(seen(&office), Encoding::Windows1256);
        let (french, _, _) = WINDOWS_1256.encode("Prénom;Nom\nZoé;BEN\n");
        assert_eq!(seen(&french), Encoding::Windows1256);
        assert_eq!(seen(b"name,number\n"), Encoding::Utf8);
        let mut damaged = text.as_bytes().to_vec();
        damaged[30] = 0xC7;
        assert_eq!(seen(&damaged), Encoding::Utf8);
        let utf16: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(seen(&utf16), Encoding::Utf16Little);
        let mut read = String::new();
        let mut decoded = Encoding::Utf16Little.decode(utf16.as_slice());
        decoded.read_to_string(&mut read).unwrap();
        assert_eq!(read.trim_start_matches('\u{feff}'), text);
        read.clear();
        let mut decoded = Encoding::Windows1256.decode(office.as_ref());
        decoded.read_to_string(&mut read).unwrap();
        assert_eq!(read, text);
    }

    #[test]
    fn what_is_no_text_is_said_so() {
        let fault = |bytes: &[u8]| look(&mut Cursor::new(bytes)).unwrap_err();
        assert_eq!(fault(b"PK\x03\x04\x14\x00"), FileFault::Workbook);
        assert_eq!(fault(b"\xD0\xCF\x11\xE0\xA1\xB1"), FileFault::Workbook);
        assert_eq!(fault(b"a,b\n\x00\x01"), FileFault::Binary);
    }

    #[test]
    fn a_character_may_lie_across_two_readings() {
        // A reader that hands over one byte at a time.
        struct Drip(Cursor<Vec<u8>>);
        impl Read for Drip {
            fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
                let end = out.len().min(1);
                self.0.read(out.get_mut(..end).unwrap_or_default())
            }
        }
        impl Seek for Drip {
            fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
                self.0.seek(to)
            }
        }
        let text = "سلمى\nيوسف\n";
        let look = look(&mut Drip(Cursor::new(text.as_bytes().to_vec()))).unwrap();
        assert_eq!((look.encoding, look.lines), (Encoding::Utf8, 2));
    }
}
