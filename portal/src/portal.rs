//! The portal: the ports, the key and the institution that every verb works with.

use std::fmt;
use std::sync::Arc;

use miftah_rules::ActKind;
use miftah_rules::profile::Institution;
use miftah_rules::view::Channel;

use crate::act::Subject;
use crate::key::ServerKey;
use crate::newcomers::Newcomers;
use crate::pen::Pen;
use crate::ports::{Cleaner, Clock, Files, Hasher, Random};
use crate::store::{Store, Write};

/// How often in all a verb decides anew when the account was changed while it decided.
pub(crate) const TRIES: u32 = 4;

/// The ways by which codes reach people here. E-mail is always one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ways {
    /// A gateway takes SMS. Without one the phone is never offered: its codes would reach nobody.
    pub sms: bool,
}

impl Ways {
    pub(crate) const fn has(self, channel: Channel) -> bool {
        match channel {
            Channel::Email => true,
            Channel::Phone => self.sms,
        }
    }
}

#[derive(Clone)]
pub struct Portal {
    pub store: Arc<dyn Store>,
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub hasher: Arc<dyn Hasher>,
    pub cleaner: Arc<dyn Cleaner>,
    pub files: Arc<dyn Files>,
    pub key: ServerKey,
    pub institution: Arc<Institution>,
    pub newcomers: Arc<Newcomers>,
    pub ways: Ways,
    /// How people reach the portal, without a slash at the end; for links in letters.
    pub public_url: Arc<str>,
}

impl fmt::Debug for Portal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Portal")
            .field("institution", &self.institution.id)
            .finish_non_exhaustive()
    }
}

impl Portal {
    /// An act for a subject's history. `values` must hold no secret.
    pub(crate) fn act(
        &self,
        subject: &Subject,
        kind: ActKind,
        values: &serde_json::Value,
    ) -> Write {
        self.pen().act(subject, kind, values)
    }

    pub(crate) fn pen(&self) -> Pen<'_> {
        Pen {
            clock: self.clock.as_ref(),
            random: self.random.as_ref(),
        }
    }
}
