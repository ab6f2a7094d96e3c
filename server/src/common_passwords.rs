//! The passwords everybody tries first (norm 4, E402). The list stays on the server: it is larger than
//! everything else the browser loads. Origin and licence: `data/README.md`.

use std::cmp::Ordering;

use miftah_rules::text;

/// One a line, lower case, sorted by bytes. Searched as it lies: nothing is built at start.
const LIST: &str = include_str!("../data/common-passwords.txt");

/// Whether `password` is on the list, in any case and with digits of any family.
///
/// Expects NFC, as `miftah_rules::password` passes it.
pub(crate) fn is_common(password: &str) -> bool {
    let wanted: String = password
        .chars()
        .map(|c| text::ascii_digit(c).unwrap_or(c))
        .flat_map(char::to_lowercase)
        .collect();
    contains(LIST.as_bytes(), wanted.as_bytes())
}

/// Binary search among the lines of `list`.
fn contains(list: &[u8], wanted: &[u8]) -> bool {
    let mut rest = list;
    while !rest.is_empty() {
        let (before, after) = rest.split_at(rest.len() / 2);
        let start = before
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |end| end + 1);
        let tail = after
            .iter()
            .position(|byte| *byte == b'\n')
            .unwrap_or(after.len());
        let end = before.len() + tail;
        match rest.get(start..end).unwrap_or_default().cmp(wanted) {
            Ordering::Equal => return true,
            Ordering::Greater => rest = rest.get(..start).unwrap_or_default(),
            Ordering::Less => rest = rest.get(end + 1..).unwrap_or_default(),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{LIST, contains, is_common};

    #[test]
    fn the_list_is_sorted_folded_and_long_enough() {
        let lines: Vec<&str> = LIST.lines().collect();
        assert!(lines.len() >= 100_000);
        assert!(lines.is_sorted_by(|a, b| a.as_bytes() < b.as_bytes()));
        for line in lines {
            assert!((8..=128).contains(&line.chars().count()), "{line}");
            assert_eq!(line, line.to_lowercase());
            assert!(!line.chars().any(char::is_control), "{line:?}");
        }
    }

    #[test]
    fn every_entry_is_found() {
        assert!(LIST.lines().all(is_common));
    }

    #[test]
    fn case_and_digit_family_hide_nothing() {
        for password in [
            "PassWord",
            "12345678",
            "١٢٣٤٥٦٧٨",
            "۱۲۳۴۵۶۷۸",
            "AZERTY123",
            "Maroc2024",
            "كلمةالسر٢٠٢٤",
        ] {
            assert!(is_common(password), "{password}");
        }
    }

    #[test]
    fn what_is_not_on_the_list_is_not_found() {
        for password in [
            "",
            "\n",
            "password\n",
            "12345678\n12345679",
            "passwor",
            "plume-tiroir-42",
            "نخلة_البحر٧",
        ] {
            assert!(!is_common(password), "{password:?}");
        }
    }

    #[test]
    fn the_search_reaches_both_ends() {
        let list = b"bbb\ncc\nd\n";
        for wanted in ["bbb", "cc", "d"] {
            assert!(contains(list, wanted.as_bytes()), "{wanted}");
        }
        for wanted in ["a", "bb", "c", "ccc", "e", ""] {
            assert!(!contains(list, wanted.as_bytes()), "{wanted}");
        }
        assert!(!contains(b"", b"a"));
    }
}
