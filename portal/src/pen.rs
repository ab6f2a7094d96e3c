//! What writing a letter or an act needs of the world: the moment and chance. A command of the
//! operator has these and no more of a [`crate::Portal`].

use std::fmt;

use miftah_rules::ActKind;

use crate::act::Subject;
use crate::id::hex;
use crate::model::Act;
use crate::ports::{Clock, Random};
use crate::store::Write;

#[derive(Clone, Copy)]
pub(crate) struct Pen<'a> {
    pub(crate) clock: &'a dyn Clock,
    pub(crate) random: &'a dyn Random,
}

impl fmt::Debug for Pen<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pen")
    }
}

impl Pen<'_> {
    /// An act for a subject's history. `values` must hold no secret.
    pub(crate) fn act(self, subject: &Subject, kind: ActKind, values: &serde_json::Value) -> Write {
        Write::Record(self.draw(subject, kind, values))
    }

    /// The act alone.
    pub(crate) fn draw(self, subject: &Subject, kind: ActKind, values: &serde_json::Value) -> Act {
        let mut salt = [0u8; 16];
        self.random.fill(&mut salt);
        Act {
            subject: subject.as_str().to_owned(),
            kind: kind.name().to_owned(),
            at: self.clock.now(),
            values: values.to_string(),
            salt: hex(&salt),
        }
    }
}
