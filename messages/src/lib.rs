//! Every text of the product, in Arabic, French and English.
//!
//! The texts stand in `texts/<language>/<area>.toml`; the build makes one method per message on
//! [`Texts`], named `<area>_<key>`, and fails when a language lacks one (see `build/`). A message
//! gives a [`Text`], which knows which of its parts run left to right and writes itself as HTML,
//! as a mail, as an SMS or as an attribute.
//!
//! How to add a text or a language: `docs/add-a-text.md`, `docs/add-a-language.md`.

mod act;
mod complaint;
mod dates;
mod fill;
mod handed;
#[cfg(feature = "own")]
mod own;
mod plural;
mod problem;
mod text;

#[cfg(feature = "own")]
pub use own::Own;
pub use plural::{Category, plural};
pub use problem::ProblemText;
pub use text::Text;

#[cfg(feature = "own")]
use fill::Tables;
use fill::{counted, filled, fixed};
use miftah_rules::Lang;

/// The texts of one language.
///
/// Cheap to clone: the texts themselves are static.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    lang: Lang,
}

impl Texts {
    pub const fn new(lang: Lang) -> Self {
        Self { lang }
    }

    pub const fn lang(&self) -> Lang {
        self.lang
    }
}

impl From<Lang> for Texts {
    fn from(lang: Lang) -> Self {
        Self::new(lang)
    }
}

#[cfg(not(feature = "tables"))]
use handed::texts as pages;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
