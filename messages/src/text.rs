//! A text ready to be shown, and the four ways of showing it.
//!
//! Arabic sentences carry Latin runs (addresses, codes) and names typed by people. Unmarked, the
//! bidirectional algorithm moves their dots and digits about. So each such run is isolated here,
//! once, and every outlet (page, mail, SMS, attribute) writes the isolation its own way.

use std::borrow::Cow;

/// Left-to-right isolate: opens a run that is never translated.
pub(crate) const LTR: char = '\u{2066}';
/// First-strong isolate: opens a run whose first letter decides its direction.
pub(crate) const AUTO: char = '\u{2068}';
/// Closes either.
pub(crate) const END: char = '\u{2069}';

/// Characters of the SMS alphabet (GSM 03.38) beyond ASCII letters and digits.
const GSM_7: &str = "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà\n\r";

/// A text in which left-to-right and typed runs are isolated. Isolates are always balanced.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Text(Cow<'static, str>);

impl Text {
    /// From a table or from `fill`: isolates are already balanced.
    pub(crate) const fn ready(text: Cow<'static, str>) -> Self {
        Self(text)
    }

    /// A text of the institution's own profile, in the page's language.
    pub fn own(text: &str) -> Self {
        Self(Cow::Owned(cleaned(text)))
    }

    /// What a person typed, such as a name: its first letter decides its direction.
    pub fn typed(text: &str) -> Self {
        Self(Cow::Owned(isolated(AUTO, text)))
    }

    /// An e-mail address, phone, code, number or id: left to right, never translated.
    pub fn ltr(text: &str) -> Self {
        Self(Cow::Owned(isolated(LTR, text)))
    }

    /// A letter as [`Text::plain`] wrote it, line breaks and isolates included. Isolates that do
    /// not pair within their line are dropped, so the rest of the page is safe from them.
    pub fn letter(plain: &str) -> Self {
        let lines: Vec<_> = plain.split('\n').map(paired).collect();
        Self(Cow::Owned(lines.join("\n")))
    }

    /// Escaped HTML, with isolates as `<bdi>`. For the content of an element; an attribute takes
    /// [`Text::bare`].
    pub fn html(&self) -> String {
        let mut out = String::with_capacity(self.0.len() + 16);
        for c in self.0.chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                LTR => out.push_str("<bdi dir=\"ltr\" translate=\"no\">"),
                AUTO => out.push_str("<bdi>"),
                END => out.push_str("</bdi>"),
                _ => out.push(c),
            }
        }
        out
    }

    /// Text with isolates as U+2068…U+2069, for text mail. A run without letters (a code, a
    /// phone number) is laid out left to right inside them (UAX #9, rule X5c).
    pub fn plain(&self) -> String {
        self.0
            .chars()
            .map(|c| if c == LTR { AUTO } else { c })
            .collect()
    }

    /// Text for an SMS. In the GSM alphabet (160 characters a segment) there are no isolates and
    /// no no-break spaces, and nothing to isolate from; otherwise as [`Text::plain`] (70).
    pub fn sms(&self) -> String {
        let bare = self.bare().replace(['\u{a0}', '\u{202f}'], " ");
        let gsm = bare
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || GSM_7.contains(c));
        if gsm {
            bare
        } else {
            self.plain().replace(['\u{a0}', '\u{202f}'], " ")
        }
    }

    /// Text without isolates, for attributes, `<title>` and mail subjects. Not escaped.
    pub fn bare(&self) -> String {
        self.0
            .chars()
            .filter(|c| !matches!(*c, LTR | AUTO | END))
            .collect()
    }
}

/// Without direction controls and control characters, so that an argument can neither close its
/// isolate nor turn around what follows. Line breaks and tabs become spaces.
pub(crate) fn cleaned(argument: &str) -> String {
    argument
        .chars()
        .filter_map(|c| match c {
            '\n' | '\r' | '\t' => Some(' '),
            '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => None,
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

/// A line with those of its isolates that pair.
fn paired(line: &str) -> String {
    let mut pieces = line.split(AUTO);
    let mut out = cleaned(pieces.next().unwrap_or_default());
    for piece in pieces {
        match piece.split_once(END) {
            Some((run, rest)) => {
                out.push_str(&isolated(AUTO, run));
                out.push_str(&cleaned(rest));
            }
            None => out.push_str(&cleaned(piece)),
        }
    }
    out
}

/// An argument between `open` and the end mark.
pub(crate) fn isolated(open: char, argument: &str) -> String {
    let mut out = String::with_capacity(argument.len() + 6);
    out.push(open);
    out.push_str(&cleaned(argument));
    out.push(END);
    out
}

#[cfg(test)]
mod tests {
    use super::Text;

    const HOSTILE: &str = "\u{2069}<script>alert('x')</script>\u{202e}\u{0}&\"";

    #[test]
    fn html_escapes_what_people_typed() {
        let escaped = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;";
        assert_eq!(Text::typed(HOSTILE).html(), format!("<bdi>{escaped}</bdi>"));
        assert_eq!(
            Text::ltr(HOSTILE).html(),
            format!("<bdi dir=\"ltr\" translate=\"no\">{escaped}</bdi>")
        );
        assert_eq!(Text::own(HOSTILE).html(), escaped);
    }

    #[test]
    fn an_argument_cannot_leave_its_isolate() {
        let plain = Text::typed("a\u{2069}\u{2067}b\u{200f}\u{61c}\u{202a}c").plain();
        assert_eq!(plain, "\u{2068}abc\u{2069}");
        assert_eq!(Text::ltr("12\n34").plain(), "\u{2068}12 34\u{2069}");
        assert_eq!(Text::ltr("1234").bare(), "1234");
    }

    #[test]
    fn a_letter_is_read_back_line_by_line() {
        let letter =
            Text::letter("to \u{2068}05 28\u{2069}.\n\u{2068}open <b>\nclosed\u{2069}\u{202e}");
        assert_eq!(
            letter.html(),
            "to <bdi>05 28</bdi>.\nopen &lt;b&gt;\nclosed"
        );
        assert_eq!(Text::letter(&letter.plain()), letter);
    }

    #[test]
    fn an_sms_in_the_gsm_alphabet_carries_no_isolates() {
        assert_eq!(Text::ltr("482913").sms(), "482913");
        assert_eq!(Text::typed("رمز 1").sms(), "\u{2068}رمز 1\u{2069}");
    }
}
