//! The texts of pages where they are not compiled in: the browser fetches those of one language, and
//! hands them over before anything is shown. A phone on a bad network pays for no other language.
//!
//! In a sheet the texts stand in the order of the tables, with U+001E (record separator) between
//! them; `build/generate.rs` gives each its place.

use std::sync::OnceLock;

use miftah_rules::Lang;

use crate::{PAGES, Texts};

const BETWEEN: char = '\u{1e}';

impl Texts {
    /// Whether the pages of a language can be shown.
    pub fn at_hand(lang: Lang) -> bool {
        cfg!(feature = "tables") || of(lang).get().is_some()
    }

    /// Takes over the texts of a language. `false` if they are not those of this build.
    pub fn hand(lang: Lang, sheet: &str) -> bool {
        if sheet.split(BETWEEN).count() != PAGES {
            return false;
        }
        of(lang).get_or_init(|| {
            let kept: &'static str = Box::leak(sheet.into());
            kept.split(BETWEEN).collect()
        });
        true
    }

    /// The texts of a language's pages, for [`Texts::hand`].
    #[cfg(feature = "tables")]
    pub fn sheet(lang: Lang) -> String {
        crate::pages(lang).join("\u{1e}")
    }
}

/// A language's texts, once they were handed over. They stay as long as the page.
fn of(lang: Lang) -> &'static OnceLock<Vec<&'static str>> {
    static AR: OnceLock<Vec<&'static str>> = OnceLock::new();
    static FR: OnceLock<Vec<&'static str>> = OnceLock::new();
    static EN: OnceLock<Vec<&'static str>> = OnceLock::new();
    match lang {
        Lang::Ar => &AR,
        Lang::Fr => &FR,
        Lang::En => &EN,
    }
}

/// Nothing stands where texts were not handed over.
#[cfg(any(test, not(feature = "tables")))]
pub(crate) fn texts(lang: Lang) -> &'static [&'static str] {
    of(lang).get().map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::texts;
    use crate::Texts;
    use miftah_rules::Lang;

    #[test]
    fn a_sheet_brings_every_text_to_its_place() {
        assert!(texts(Lang::Fr).is_empty());
        assert!(Texts::hand(Lang::Fr, &Texts::sheet(Lang::Fr)));
        assert_eq!(texts(Lang::Fr), crate::pages(Lang::Fr));
        assert!(texts(Lang::Ar).is_empty());
    }

    #[test]
    fn a_sheet_of_another_build_is_refused() {
        let sheet = Texts::sheet(Lang::En);
        assert!(!Texts::hand(Lang::En, &sheet[..sheet.len() / 2]));
        assert!(!Texts::hand(Lang::En, ""));
        assert!(texts(Lang::En).is_empty());
    }
}
