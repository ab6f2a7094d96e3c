//! Where letters go.

use miftah_rules::email::Email;
use miftah_rules::view::Channel;
use serde::{Deserialize, Serialize};

/// An address with the way to reach it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub channel: Channel,
    pub to: String,
}

impl Address {
    pub fn email(to: impl Into<String>) -> Self {
        Self {
            channel: Channel::Email,
            to: to.into(),
        }
    }

    /// Whether both reach the same mailbox or phone, however they are written.
    pub fn is_same(&self, other: &Self) -> bool {
        self.channel == other.channel && self.key() == other.key()
    }

    /// The key of an address's look-ups and counts.
    pub fn key(&self) -> String {
        match self.channel {
            Channel::Email => Email::parse(&self.to).map_or_else(|_| self.to.clone(), |e| e.key()),
            Channel::Phone => self.to.clone(),
        }
    }

    pub fn phone(to: impl Into<String>) -> Self {
        Self {
            channel: Channel::Phone,
            to: to.into(),
        }
    }
}
