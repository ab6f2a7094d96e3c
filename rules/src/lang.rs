//! The three languages every text exists in (story X1).

use serde::{Deserialize, Serialize};

/// A language of the product. Arabic comes first: it is written first and shown by default.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    Ar,
    Fr,
    En,
}

/// Writing direction, as the HTML `dir` attribute names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dir {
    RightToLeft,
    LeftToRight,
}

impl Dir {
    /// `rtl` or `ltr`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RightToLeft => "rtl",
            Self::LeftToRight => "ltr",
        }
    }
}

impl Lang {
    /// In the order in which a person is offered them.
    pub const ALL: [Self; 3] = [Self::Ar, Self::Fr, Self::En];

    /// The BCP 47 tag, which is also the first segment of every page's path.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// The language's own name: the one text that is never translated.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Ar => "\u{627}\u{644}\u{639}\u{631}\u{628}\u{64a}\u{629}",
            Self::Fr => "Fran\u{e7}ais",
            Self::En => "English",
        }
    }

    pub const fn dir(self) -> Dir {
        match self {
            Self::Ar => Dir::RightToLeft,
            Self::Fr | Self::En => Dir::LeftToRight,
        }
    }

    /// The language of a tag such as `ar`, `fr-MA` or `EN`; only the primary subtag counts.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::ALL
            .into_iter()
            .find(|lang| primary.eq_ignore_ascii_case(lang.tag()))
    }

    /// The best language for an `Accept-Language` header: highest weight first, then the
    /// header's own order. `None` when it names none of ours.
    pub fn from_accept(header: &str) -> Option<Self> {
        let mut best: Option<(u16, Self)> = None;
        for part in header.split(',').take(32) {
            let mut pieces = part.split(';');
            let Some(lang) = pieces.next().map(str::trim).and_then(Self::from_tag) else {
                continue;
            };
            let weight = pieces
                .find_map(|p| p.trim().strip_prefix("q="))
                .and_then(|q| q.trim().parse::<f32>().ok())
                .unwrap_or(1.0);
            // Weights have three decimals (RFC 9110, 12.4.2): whole thousandths compare exactly.
            let weight = (weight.clamp(0.0, 1.0) * 1000.0) as u16;
            if weight > 0 && best.is_none_or(|(w, _)| weight > w) {
                best = Some((weight, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn accept_language_takes_the_heaviest_known_language() {
        assert_eq!(Lang::from_accept("de, fr;q=0.8, ar;q=0.9"), Some(Lang::Ar));
        assert_eq!(Lang::from_accept("fr-MA,fr;q=0.9,ar;q=0.8"), Some(Lang::Fr));
        assert_eq!(Lang::from_accept("de-DE, it"), None);
        assert_eq!(Lang::from_accept("en;q=0, ar;q=0.1"), Some(Lang::Ar));
        assert_eq!(Lang::from_accept(""), None);
    }
}
