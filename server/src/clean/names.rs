//! Names in a PDF, and the few of them that a file is refused for.

use miftah_portal::ports::Unclean;

/// What makes a file unreadable without a password.
const PROTECTED: &[u8] = b"Encrypt";

/// What makes a file act, send, or carry other files. Long enough never to stand in compressed data
/// by chance: they are looked for in every byte.
const ACTIVE: [&[u8]; 11] = [
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"FileAttachment",
    b"RichMedia",
    b"Rendition",
    b"XFA",
    b"SubmitForm",
    b"ImportData",
    b"GoToE",
];

/// The same, too short for that: a megabyte of scanned pages has them by chance. They are looked
/// for in objects.
const ACTIVE_IN_OBJECTS: [&[u8]; 2] = [b"JS", b"EF"];

/// What the names say of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs {
    protected: bool,
    active: bool,
}

impl Signs {
    /// Takes a name into account, wherever it stands.
    pub(super) fn see(&mut self, name: &[u8]) {
        self.protected |= name == PROTECTED;
        self.active |= ACTIVE.contains(&name);
    }

    /// Takes a name of an object into account.
    pub(super) fn see_in_object(&mut self, name: &[u8]) {
        self.see(name);
        self.active |= ACTIVE_IN_OBJECTS.contains(&name);
    }

    /// # Errors
    /// What the file is refused for. A protected one hides whether it acts.
    pub(super) const fn judge(self) -> Result<(), Unclean> {
        if self.protected {
            Err(Unclean::Protected)
        } else if self.active {
            Err(Unclean::Active)
        } else {
            Ok(())
        }
    }
}

pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

pub(super) const fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

/// A word from the beginning of `bytes`: up to the next space or delimiter.
pub(super) fn word(bytes: &[u8]) -> &[u8] {
    let end = bytes
        .iter()
        .position(|byte| is_space(*byte) || is_delimiter(*byte));
    end.and_then(|end| bytes.get(..end)).unwrap_or(bytes)
}

/// Longer names are none of ours.
const LONGEST: usize = 64;

/// A name without its slash, `#xx` read as the byte it stands for. What is longer than any name of
/// ours is cut.
pub(super) fn unescaped(written: &[u8]) -> Vec<u8> {
    let mut name = Vec::new();
    let mut rest = written;
    while let [first, after @ ..] = rest
        && name.len() < LONGEST
    {
        let escaped = match after {
            [high, low, ..] if *first == b'#' => hex(*high, *low),
            _ => None,
        };
        name.push(escaped.unwrap_or(*first));
        let read = if escaped.is_some() { 3 } else { 1 };
        rest = rest.get(read..).unwrap_or_default();
    }
    name
}

fn hex(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}

/// All names in `bytes`, whatever stands around them.
pub(super) fn each(bytes: &[u8], mut see: impl FnMut(&[u8])) {
    // The first piece stands before any name.
    for piece in bytes.split(|byte| *byte == b'/').skip(1) {
        see(&unescaped(word(piece)));
    }
}

#[cfg(test)]
mod tests {
    use super::{each, unescaped};

    #[test]
    fn a_name_is_read_however_it_is_written() {
        let mut seen = Vec::new();
        let bytes = b"x/A/B#42(/J#61va#53cript)/S#4/#/T#zz/#4a#53<</N 1>>/End";
        each(bytes, |name| {
            seen.push(String::from_utf8_lossy(name).into_owned());
        });
        let names = [
            "A",
            "BB",
            "JavaScript",
            "S#4",
            "#",
            "T#zz",
            "JS",
            "N",
            "End",
        ];
        assert_eq!(seen, names);
        assert_eq!(unescaped(&[b'a'; 1000]).len(), 64);
    }
}
