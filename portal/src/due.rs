//! Somebody who signed in with a temporary password chooses another one, and reaches nothing else until
//! then (norm 8).

use miftah_rules::Place;
use miftah_rules::view::Due;

use crate::query::Query;
use crate::visitor::{Outcome, SignedIn, Visitor};

/// The word in the query of the page that says so, before the form.
const DUE: &str = "due";

/// The page that says what has to be done.
pub(crate) fn told() -> Outcome {
    Outcome::see(Place::Password).with_query(format!("{DUE}=1"))
}

/// Where somebody is led instead of `place` while the temporary password counts.
pub(crate) fn first(visitor: &Visitor, place: &Place) -> Option<Outcome> {
    let is_open = matches!(
        place,
        Place::Password
            | Place::Terms
            | Place::Privacy
            | Place::Logout
            | Place::Problems
            | Place::Problem(_)
            | Place::NotMe(_)
    );
    let is_due = visitor
        .signed_in
        .as_ref()
        .is_some_and(|here| here.session.temporary.is_some());
    (is_due && !is_open).then(told)
}

/// What the page of the password shows.
pub(crate) fn stage(signed_in: &SignedIn, query: &Query) -> Due {
    match &signed_in.session.temporary {
        None => Due::No,
        Some(_) if query.has(DUE) => Due::Told,
        Some(_) => Due::Form,
    }
}
