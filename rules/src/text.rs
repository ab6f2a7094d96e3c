//! Tidying of what people type or paste, before any rule looks at it (S0.3).
//!
//! Phones, chat programs and Arabic keyboards add marks nobody sees and digits of other families.
//! None of that is ever a person's mistake, so none of it may become a problem. Passwords are the
//! one exception: they are never tidied (norm 4, "no truncation").

/// The Arabic lengthening stroke, ornament without meaning.
pub const TATWEEL: char = '\u{0640}';

/// Makes one line of typed text plain: invisible marks and tatweel gone, every space (NBSP and
/// line ends too) an ordinary one, runs of spaces collapsed, ends trimmed, digits `0`–`9`.
///
/// Idempotent; the answer is never longer than `raw` in characters.
pub fn tidy(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut space_due = false;
    for c in raw.chars().filter_map(visible) {
        if c.is_whitespace() {
            space_due = !out.is_empty();
            continue;
        }
        if space_due {
            out.push(' ');
            space_due = false;
        }
        out.push(c);
    }
    out
}

/// As [`tidy`], without any space: for what cannot hold one (numbers, e-mail addresses).
pub fn tidy_unspaced(raw: &str) -> String {
    raw.chars()
        .filter_map(visible)
        .filter(|c| !c.is_whitespace())
        .collect()
}

/// Marks that are stripped wherever they stand: zero-width and direction marks, soft hyphen
/// (frontend.md, "Right-to-left and text").
pub const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{061C}'
            | '\u{FEFF}'
            | '\u{00AD}'
    )
}

/// The ASCII digit that `c` stands for: ASCII, Arabic-Indic (٠–٩), Persian (۰–۹), full-width.
pub fn ascii_digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => return Some(c),
        '\u{0660}'..='\u{0669}' => 0x0660,
        '\u{06F0}'..='\u{06F9}' => 0x06F0,
        '\u{FF10}'..='\u{FF19}' => 0xFF10,
        _ => return None,
    };
    char::from_digit(u32::from(c) - zero, 10)
}

/// Hyphens, dashes and the minus sign, in every width a keyboard or an autocorrection writes.
pub const fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}'
    )
}

/// `c` as rules see it: nothing for marks without meaning, an ASCII digit for any digit.
///
/// Control characters that are not spaces go too: no keyboard types them.
pub fn visible(c: char) -> Option<char> {
    if is_invisible(c) || c == TATWEEL || (c.is_control() && !c.is_whitespace()) {
        return None;
    }
    Some(ascii_digit(c).unwrap_or(c))
}

/// [`visible`], and full-width Latin letters and signs narrowed: for what is ASCII by nature.
pub fn visible_ascii(c: char) -> Option<char> {
    let c = visible(c)?;
    if is_dash(c) {
        return Some('-');
    }
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0),
        _ => Some(c),
    }
}
