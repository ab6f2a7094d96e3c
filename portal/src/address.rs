//! Where letters go.

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

    pub fn phone(to: impl Into<String>) -> Self {
        Self {
            channel: Channel::Phone,
            to: to.into(),
        }
    }
}
