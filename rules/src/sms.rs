//! How many parts an SMS takes (3GPP TS 23.038 and 23.040): a gateway is paid for each, and a phone on a
//! bad network may get one and not the other.

/// What each sign is written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    /// The default alphabet of GSM: 7 bits a sign, 14 for those of its extension.
    Gsm7,
    /// As soon as one sign is not in it: 16 bits, 32 for those beyond the basic plane.
    Ucs2,
}

/// Without the escape and the extension, which cost two.
const BASIC: &str = concat!(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ",
    "\u{20}!\"#¤%&'()*+,-./0123456789:;<=>?",
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§",
    "¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

impl Alphabet {
    /// Units of an SMS of one part, and of each part of a longer one.
    const fn room(self) -> (usize, usize) {
        match self {
            Self::Gsm7 => (160, 153),
            Self::Ucs2 => (70, 67),
        }
    }

    fn width(self, sign: char) -> usize {
        match self {
            Self::Gsm7 => gsm7(sign).unwrap_or(1),
            Self::Ucs2 => sign.len_utf16(),
        }
    }
}

/// The alphabet that a text needs.
pub fn alphabet(text: &str) -> Alphabet {
    if text.chars().all(|sign| gsm7(sign).is_some()) {
        Alphabet::Gsm7
    } else {
        Alphabet::Ucs2
    }
}

/// Parts that a text takes, at least one. No sign is cut in two.
pub fn parts(text: &str) -> usize {
    let alphabet = alphabet(text);
    let (alone, each) = alphabet.room();
    let widths = || text.chars().map(|sign| alphabet.width(sign));
    if widths().sum::<usize>() <= alone {
        return 1;
    }
    let (mut parts, mut used) = (1, 0);
    for width in widths() {
        if used + width > each {
            parts += 1;
            used = 0;
        }
        used += width;
    }
    parts
}

/// Units of a sign in the alphabet of GSM; `None` where it is not in it.
fn gsm7(sign: char) -> Option<usize> {
    if BASIC.contains(sign) {
        Some(1)
    } else if EXTENSION.contains(sign) {
        Some(2)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Alphabet, BASIC, EXTENSION, alphabet, parts};

    #[test]
    fn the_alphabet_is_whole() {
        // 128 places without the escape.
        assert_eq!(BASIC.chars().count(), 127);
        assert_eq!(EXTENSION.chars().count(), 10);
        assert_eq!(alphabet(BASIC), Alphabet::Gsm7);
        assert_eq!(alphabet(EXTENSION), Alphabet::Gsm7);
    }

    #[test]
    fn one_foreign_sign_halves_the_room() {
        for (text, expected) in [
            ("Votre code est 123456", Alphabet::Gsm7),
            ("Votre code à usage unique", Alphabet::Gsm7),
            // No circumflex, no typographer's apostrophe, no narrow space.
            ("être", Alphabet::Ucs2),
            ("l’adresse", Alphabet::Ucs2),
            ("رمزك", Alphabet::Ucs2),
        ] {
            assert_eq!(alphabet(text), expected, "{text}");
        }
    }

    #[test]
    fn parts_are_counted_as_networks_count_them() {
        for (sign, count, expected) in [
            ('a', 0, 1),
            ('a', 160, 1),
            ('a', 161, 2),
            ('a', 306, 2),
            ('a', 307, 3),
            // Two units each; 153 is odd, and none is cut.
            ('€', 80, 1),
            ('€', 81, 2),
            ('€', 152, 2),
            ('€', 153, 3),
            ('ر', 70, 1),
            ('ر', 71, 2),
            ('ر', 134, 2),
            ('ر', 135, 3),
            ('🔑', 35, 1),
            ('🔑', 36, 2),
            ('🔑', 66, 2),
            ('🔑', 67, 3),
        ] {
            let text: String = std::iter::repeat_n(sign, count).collect();
            assert_eq!(parts(&text), expected, "{count} of {sign}");
        }
    }
}
