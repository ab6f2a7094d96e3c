//! Pages about letters: the "not me" link, and the captured outbox of `--dev`.

use serde::{Deserialize, Serialize};

use super::{ActRow, Channel};
use crate::lang::Lang;
use crate::problem::ProblemAt;

/// The page behind a "not me" link. Opening it changes nothing (norm 3).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotMeView {
    pub problems: Vec<ProblemAt>,
    pub state: NotMeState,
    /// What the answer is about.
    #[serde(default)]
    pub matter: NotMeMatter,
    /// What the letter told of, and when: an SMS has no room for it. While the page asks.
    pub told: Vec<ActRow>,
}

/// What a "not me" link undoes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotMeMatter {
    /// Something was done to the account: it is frozen.
    #[default]
    Account,
    /// Somebody asks for the account by way of the office: their request is stopped (S0.12).
    Assisted,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotMeState {
    /// Asks: was it you?
    #[default]
    Ask,
    /// The account is frozen, its sessions ended, the office told; or the request is stopped.
    Frozen,
    /// It was the person: nothing was changed.
    WasMe,
    /// The link is unknown, too old, or its account is gone.
    Unknown,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxView {
    pub letters: Vec<LetterRow>,
}

/// A captured letter, as `/dev/outbox.json` lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterRow {
    pub id: String,
    #[serde(with = "channel_names")]
    pub channel: Channel,
    pub to: String,
    pub lang: Lang,
    pub subject: String,
    pub text: String,
    /// Epoch milliseconds.
    pub at: i64,
}

/// The contract names the channels of the outbox `email` and `sms`.
mod channel_names {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::view::Channel;

    pub(super) fn serialize<S: Serializer>(channel: &Channel, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(match channel {
            Channel::Email => "email",
            Channel::Phone => "sms",
        })
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Channel, D::Error> {
        match String::deserialize(d)?.as_str() {
            "email" => Ok(Channel::Email),
            "sms" => Ok(Channel::Phone),
            _ => Err(serde::de::Error::custom("channel is email or sms")),
        }
    }
}
