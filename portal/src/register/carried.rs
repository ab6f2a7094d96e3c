//! What was typed in another journey of the same browser, so that nothing is typed twice (S0.8).

use miftah_rules::Field;
use miftah_rules::form::{Handle, read_handle};
use miftah_rules::view::Typed;
use serde::{Deserialize, Serialize};

use super::{contact, who};
use crate::fault::Fallible;
use crate::id::AccountId;
use crate::journey::{Loaded, State};
use crate::portal::Portal;
use crate::sign_in::SignIn;
use crate::visitor::Visitor;

/// A recovery, as far as registration has to do with it.
#[derive(Serialize, Deserialize)]
struct Recovery {
    #[serde(default)]
    typed: Typed,
}

impl State for Recovery {
    const KIND: &'static str = "recover";

    fn step(&self) -> &'static str {
        ""
    }

    fn account(&self) -> Option<&AccountId> {
        None
    }
}

/// The fields of this journey that a recovery or a sign-in already has; none when the id is
/// unknown or another browser's.
pub(super) async fn typed(portal: &Portal, visitor: &Visitor, from: &str) -> Fallible<Typed> {
    if let Loaded::Here(recovery) = portal.journey::<Recovery>(visitor, from).await? {
        let mut typed = recovery.state.typed;
        typed.retain(|field, _| who::FIELDS.contains(field) || contact::FIELDS.contains(field));
        return Ok(typed);
    }
    let Loaded::Here(sign_in) = portal.journey::<SignIn>(visitor, from).await? else {
        return Ok(Typed::new());
    };
    let handle = sign_in.state.handle;
    let field = match read_handle(&handle, &portal.institution) {
        Handle::Email(_) => Field::Email,
        Handle::StudentNumber(_) => Field::StudentNumber,
        Handle::Unreadable(_) => return Ok(Typed::new()),
    };
    Ok(Typed::from([(field, handle)]))
}
