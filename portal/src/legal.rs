//! Terms and privacy: the institution's own texts, as pages.

use miftah_rules::Lang;
use miftah_rules::profile::Trilingual;
use miftah_rules::view::{Page, Section, TextKind, TextView};

use crate::portal::Portal;

/// The page.
pub fn show(portal: &Portal, lang: Lang, kind: TextKind) -> Page {
    let text = match kind {
        TextKind::Terms => &portal.institution.terms,
        TextKind::Privacy => &portal.institution.privacy,
    };
    let said = |words: &Trilingual| words.get(lang).to_owned();
    let sections = text.sections.iter().map(|section| Section {
        title: said(&section.title),
        paragraphs: section.paragraphs.iter().map(said).collect(),
    });
    Page::Text(TextView {
        kind,
        version: text.version.clone(),
        sections: sections.collect(),
    })
}
