//! Terms and privacy: the institution's own texts, as pages.

use miftah_rules::profile::Trilingual;
use miftah_rules::view::{Page, Section, TextKind, TextView};

use crate::charter;
use crate::portal::Portal;
use crate::query::Query;
use crate::visitor::Visitor;

/// The page.
pub(crate) fn show(portal: &Portal, visitor: &Visitor, query: &Query, kind: TextKind) -> Page {
    let text = match kind {
        TextKind::Terms => &portal.institution.terms,
        TextKind::Privacy => &portal.institution.privacy,
    };
    let said = |words: &Trilingual| words.get(visitor.lang).to_owned();
    let sections = text.sections.iter().map(|section| Section {
        title: said(&section.title),
        paragraphs: section.paragraphs.iter().map(said).collect(),
    });
    Page::Text(TextView {
        kind,
        version: text.version.clone(),
        sections: sections.collect(),
        asks: match kind {
            TextKind::Terms => charter::asks(portal, visitor, query),
            TextKind::Privacy => None,
        },
    })
}
