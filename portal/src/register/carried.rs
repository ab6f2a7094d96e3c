//! What was typed in another journey of the same browser, so that nothing is typed twice (S0.8).

use miftah_rules::Field;
use miftah_rules::form::{Handle, read_handle};
use miftah_rules::view::Typed;

use super::{contact, who};
use crate::fault::Fallible;
use crate::portal::Portal;
use crate::visitor::Visitor;

/// The fields of this journey that a recovery or a sign-in already has.
pub(super) async fn typed(portal: &Portal, visitor: &Visitor, from: &str) -> Fallible<Typed> {
    let mut typed = portal.carried(visitor, from).await?;
    if let Some(handle) = typed.remove(&Field::Handle) {
        let field = match read_handle(&handle, &portal.institution) {
            Handle::Email(_) => Some(Field::Email),
            Handle::Number(_) => Some(portal.institution.number_field()),
            Handle::Unreadable(_) => None,
        };
        if let Some(field) = field {
            typed.entry(field).or_insert(handle);
        }
    }
    let fields = who::fields(portal);
    typed.retain(|field, _| fields.contains(field) || contact::FIELDS.contains(field));
    Ok(typed)
}
