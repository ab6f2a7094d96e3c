//! Objects of a PDF (ISO 32000-1, 7.3 and 7.5.7), as far as it takes to find streams of objects.
//!
//! A reader finds an object by its offset, and an offset may lead anywhere: into a comment, a string
//! or another stream. So an object is read wherever the word `obj` stands, by the rules a reader has.

use super::names::{is_delimiter, is_space, unescaped, word};

/// What stands between `obj` and its end.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Object<'a> {
    /// For streams: everything from its content to the end of the file.
    pub(super) content: Option<&'a [u8]>,
    /// Bytes that were read.
    pub(super) length: usize,
}

/// What follows each `obj`.
pub(super) fn starts(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let windows = bytes.windows(4).enumerate();
    windows.filter_map(|(at, window)| {
        let [before, b'o', b'b', b'j'] = *window else {
            return None;
        };
        let is_word = is_space(before) || is_delimiter(before) || before.is_ascii_digit();
        bytes.get(at + 4..).filter(|_| is_word)
    })
}

/// Reads one object up to its `stream` or `endobj`, and shows each name in it.
pub(super) fn object(bytes: &[u8], mut see: impl FnMut(&[u8])) -> Object<'_> {
    let mut object = Object::default();
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        rest = match first {
            b'%' => skip_while(after, |byte| !matches!(byte, b'\r' | b'\n')),
            b'(' => after_string(after),
            b'/' => {
                let written = word(after);
                see(&unescaped(written));
                after.get(written.len()..).unwrap_or_default()
            }
            byte if is_space(*byte) || is_delimiter(*byte) => after,
            _ => {
                let written = word(rest);
                rest = rest.get(written.len()..).unwrap_or_default();
                if written.starts_with(b"stream") {
                    let behind = written.len() - b"stream".len();
                    object.content = before(bytes, rest, behind).map(after_line);
                    break;
                }
                if written.starts_with(b"endobj") {
                    break;
                }
                rest
            }
        };
    }
    object.length = bytes.len() - rest.len();
    object
}

/// `rest`, and `count` bytes of `whole` before it.
fn before<'a>(whole: &'a [u8], rest: &[u8], count: usize) -> Option<&'a [u8]> {
    whole.get(whole.len().checked_sub(rest.len() + count)?..)
}

fn skip_while(bytes: &[u8], skips: impl Fn(u8) -> bool) -> &[u8] {
    let end = bytes.iter().position(|byte| !skips(*byte));
    end.and_then(|end| bytes.get(end..)).unwrap_or_default()
}

/// Content begins after the line's end; readers forgive spaces before it.
fn after_line(bytes: &[u8]) -> &[u8] {
    let line = skip_while(bytes, |byte| matches!(byte, b' ' | b'\t'));
    line.strip_prefix(b"\r\n")
        .or_else(|| line.strip_prefix(b"\n"))
        .or_else(|| line.strip_prefix(b"\r"))
        .unwrap_or(bytes)
}

/// What follows a string whose parenthesis is open.
fn after_string(bytes: &[u8]) -> &[u8] {
    let (mut depth, mut escaped) = (1_usize, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return bytes.get(at + 1..).unwrap_or_default();
        }
    }
    &[]
}

#[cfg(test)]
mod tests {
    use super::{object, starts};

    /// Names and content.
    fn read(bytes: &[u8]) -> (String, Option<String>) {
        let mut names = Vec::new();
        let object = object(bytes, |name| names.push(name.to_vec()));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&names.join(&b' ')), object.content.map(text))
    }

    #[test]
    fn an_object_is_read_as_a_reader_would() {
        let (names, content) =
            read(b" <</A(\\)>> stream \\( () )/B<2F43>%/X stream\n/D 1>>stream\r\ncontent");
        assert_eq!(
            (names.as_str(), content.as_deref()),
            ("A B D", Some("content"))
        );
        let ended = read(b"<</A/B>>endobj 2 0 obj<</C/D>>stream\nx");
        assert_eq!(ended, ("A B".into(), None));
        assert_eq!(read(b"[/A(never closed /B"), ("A".into(), None));
        for lead in ["\n", "\r", "\r\n", " \t\n", ""] {
            let (_, content) = read(format!("<<>>stream{lead}x").as_bytes());
            assert_eq!(content.as_deref(), Some("x"), "{lead:?}");
        }
        assert_eq!(read(b""), (String::new(), None));
    }

    #[test]
    fn an_object_begins_wherever_its_word_stands() {
        let text = b"1 0 obj<</A 1>>endobj%2 0\tobj\n(3 0obj) object endobj 4 0 obj";
        let starts: Vec<_> = starts(text).map(|rest| rest.len()).collect();
        assert_eq!(starts, [53, 31, 23, 18, 0]);
    }
}
