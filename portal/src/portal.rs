//! The portal: the ports, the key and the institution that every verb works with.

use std::fmt;
use std::sync::Arc;

use miftah_rules::profile::Institution;

use crate::id::hex;
use crate::key::ServerKey;
use crate::model::Act;
use crate::ports::{Clock, Hasher, Random};
use crate::store::{Store, Write};

#[derive(Clone)]
pub struct Portal {
    pub store: Arc<dyn Store>,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub hasher: Arc<dyn Hasher>,
    pub key: ServerKey,
    pub institution: Arc<Institution>,
    /// How people reach the portal, without a slash at the end; for links in letters.
    pub public_url: Arc<str>,
}

impl fmt::Debug for Portal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Portal").field("institution", &self.institution.id).finish_non_exhaustive()
    }
}

impl Portal {
    /// An act for a subject's history. `values` must hold no secret.
    pub(crate) fn act(&self, subject: String, kind: &str, values: &serde_json::Value) -> Write {
        let mut salt = [0u8; 16];
        self.random.fill(&mut salt);
        Write::Record(Act {
            subject,
            kind: kind.to_owned(),
            at: self.clock.now(),
            values: values.to_string(),
            salt: hex(&salt),
        })
    }
}
