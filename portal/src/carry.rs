//! Carrying over what was typed: from a refused sign-in to recovery, between registration and
//! recovery. Nothing is asked twice (S0.1, S0.5, S0.8).

use miftah_rules::Field;
use miftah_rules::view::Typed;
use serde::Deserialize;
use subtle::ConstantTimeEq;

use crate::fault::Fallible;
use crate::id::JourneyId;
use crate::journey::{OVER, is_id};
use crate::key::token_hash;
use crate::portal::Portal;
use crate::visitor::Visitor;

/// The part of any journey's data that can be carried over, whatever its kind.
#[derive(Default, Deserialize)]
struct Data {
    #[serde(default)]
    state: Carried,
}

#[derive(Default, Deserialize)]
struct Carried {
    #[serde(default)]
    typed: Typed,
    #[serde(default)]
    handle: String,
}

impl Portal {
    /// What was typed in another journey of this browser. Nothing for a journey that is unknown,
    /// over, expired or another browser's.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn carried(&self, visitor: &Visitor, id: &str) -> Fallible<Typed> {
        let Some(browser) = &visitor.browser else {
            return Ok(Typed::new());
        };
        if !is_id(id) {
            return Ok(Typed::new());
        }
        let Some(row) = self.store.journey(&JourneyId(id.to_owned())).await? else {
            return Ok(Typed::new());
        };
        let own: bool = token_hash(browser)
            .as_bytes()
            .ct_eq(row.browser_hash.as_bytes())
            .into();
        if !own || row.step == OVER || row.expires_at <= self.clock.now() {
            return Ok(Typed::new());
        }
        // A kind that keeps nothing typed has nothing to carry.
        let Carried { mut typed, handle } = serde_json::from_str::<Data>(&row.data)
            .unwrap_or_default()
            .state;
        if !handle.is_empty() {
            typed.insert(Field::Handle, handle);
        }
        typed.retain(|field, _| !field.is_secret());
        Ok(typed)
    }
}
