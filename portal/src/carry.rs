//! Carrying over what was typed: from a refused sign-in to recovery, between registration and
//! recovery. Nothing is asked twice (S0.1, S0.5, S0.8).

use miftah_rules::Field;
use miftah_rules::view::Typed;
use serde::Deserialize;

use crate::fault::Fallible;
use crate::journey::OVER;
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

/// Which journeys count. Expired ones are there until they are swept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Age {
    Living,
    Any,
}

impl Portal {
    /// What was typed in another journey of this browser. Nothing for a journey that is unknown,
    /// over, expired or another browser's.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn carried(&self, visitor: &Visitor, id: &str) -> Fallible<Typed> {
        self.typed_in(visitor, id, Age::Living).await
    }

    /// What was typed in a journey that has expired meanwhile: whoever still has its page open and
    /// sends it finds everything there again (E306). Only for posts: a page that is merely opened
    /// shows nothing of a journey that is over, because somebody else may sit there now.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn left_behind(&self, visitor: &Visitor, id: &str) -> Fallible<Typed> {
        self.typed_in(visitor, id, Age::Any).await
    }

    async fn typed_in(&self, visitor: &Visitor, id: &str, age: Age) -> Fallible<Typed> {
        let Some(row) = self.own_row(visitor, id).await? else {
            return Ok(Typed::new());
        };
        let too_old = age == Age::Living && row.expires_at <= self.clock.now();
        if row.step == OVER || too_old {
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
