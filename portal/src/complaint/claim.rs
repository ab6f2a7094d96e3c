//! The values that are right, read from what was typed.

use miftah_rules::form::{Posted, read};
use miftah_rules::view::Typed;
use miftah_rules::{Field, Lang, Problem, ProblemAt};

use super::Complain;
use crate::portal::Portal;

/// The claim, normalised: what was left empty and may be is not in it.
///
/// # Errors
/// One problem for each field that cannot be read or is missing.
pub(crate) fn claim(portal: &Portal, state: &Complain) -> Result<Typed, Vec<ProblemAt>> {
    // Reading does not depend on the language; labels do.
    let brief = portal.institution.brief(Lang::default());
    let mut claim = Typed::new();
    let mut problems = Vec::new();
    for field in state.kind.fields(&portal.institution.asks()) {
        match read(field, state.typed(field), &brief) {
            Ok(value) => {
                claim.insert(field, value);
            }
            Err(Problem::Missing) if may_be_empty(field) => {}
            Err(problem) => problems.push(problem.at(field)),
        }
    }
    if problems.is_empty() {
        Ok(claim)
    } else {
        Err(problems)
    }
}

/// Not everybody has their name in Latin letters on a document, or a pension.
const fn may_be_empty(field: Field) -> bool {
    matches!(
        field,
        Field::LastNameLatin | Field::FirstNameLatin | Field::PensionNumber
    )
}

/// What was typed as a form, to be read as one.
pub(super) fn form(state: &Complain) -> Posted {
    let pairs = state
        .typed
        .iter()
        .map(|(field, value)| (field.name().to_owned(), value.clone()));
    Posted::new(pairs.collect())
}
