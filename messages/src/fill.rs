//! Puts arguments into a text: one small function for all messages, because the browser pays for
//! every byte of formatting code.
//!
//! A mark U+0001…U+0003 and a digit stand for an argument, U+0004 for the count, U+0005 stands
//! between plural forms (written by `build/generate.rs`).

use std::borrow::Cow;

use miftah_rules::Lang;

use crate::plural::place;
use crate::text::{AUTO, END, LTR, Text, cleaned};

/// Where the texts of a language stand, in the order that the build gave them.
pub(crate) type Tables = fn(Lang) -> &'static [&'static str];

// Never inlined: a page asks for dozens of texts, and each would bring the look-up along.
#[inline(never)]
fn of(tables: Tables, lang: Lang, index: usize) -> &'static str {
    tables(lang).get(index).copied().unwrap_or_default()
}

/// A text without arguments.
#[inline(never)]
pub(crate) fn fixed(tables: Tables, lang: Lang, index: usize) -> Text {
    Text::ready(Cow::Borrowed(of(tables, lang, index)))
}

/// A text with arguments.
#[inline(never)]
pub(crate) fn filled(tables: Tables, lang: Lang, index: usize, args: &[&str]) -> Text {
    fill(of(tables, lang, index), "", args)
}

/// The plural form for `n`, with arguments.
#[inline(never)]
pub(crate) fn counted(tables: Tables, lang: Lang, index: usize, n: u64, args: &[&str]) -> Text {
    let forms = of(tables, lang, index);
    let form = forms.split('\u{5}').nth(place(lang, n)).unwrap_or_default();
    fill(form, &n.to_string(), args)
}

fn fill(template: &str, count: &str, args: &[&str]) -> Text {
    let mut out = String::with_capacity(template.len() + 32);
    let mut chars = template.chars();
    while let Some(c) = chars.next() {
        let open = match c {
            '\u{1}' => Some(LTR),
            '\u{2}' => Some(AUTO),
            '\u{3}' => None,
            '\u{4}' => {
                out.push_str(count);
                continue;
            }
            _ => {
                out.push(c);
                continue;
            }
        };
        let place = chars
            .next()
            .and_then(|digit| digit.to_digit(10))
            .unwrap_or(0);
        let argument = args.get(place as usize).copied().unwrap_or_default();
        out.extend(open);
        out.push_str(&cleaned(argument));
        out.extend(open.map(|_| END));
    }
    Text::ready(Cow::Owned(out))
}

#[cfg(test)]
mod tests {
    use super::{counted, filled, fixed};
    use miftah_rules::Lang;

    fn table(_: Lang) -> &'static [&'static str] {
        &[
            "plain",
            "to \u{1}1 from \u{2}0",
            "\u{4} day\u{5}\u{4} days, \u{3}0",
        ]
    }

    #[test]
    fn arguments_go_where_their_marks_stand() {
        assert_eq!(fixed(table, Lang::En, 0).plain(), "plain");
        let text = filled(table, Lang::En, 1, &["Amal", "a@b.ma"]);
        assert_eq!(text.bare(), "to a@b.ma from Amal");
        assert_eq!(
            text.html(),
            "to <bdi dir=\"ltr\" translate=\"no\">a@b.ma</bdi> from <bdi>Amal</bdi>"
        );
    }

    #[test]
    fn a_mark_typed_by_a_person_is_not_a_mark() {
        let text = filled(table, Lang::En, 1, &["\u{1}1\u{4}", "x"]);
        assert_eq!(text.bare(), "to x from 1");
    }

    #[test]
    fn the_count_chooses_the_form() {
        assert_eq!(counted(table, Lang::En, 2, 1, &["ok"]).bare(), "1 day");
        assert_eq!(counted(table, Lang::En, 2, 5, &["ok"]).bare(), "5 days, ok");
        assert_eq!(counted(table, Lang::Fr, 2, 0, &["ok"]).bare(), "0 day");
    }
}
