//! The captured outbox of `--dev`. The app in the browser does not know this page, as with the desk
//! (`staff.rs`).

#[cfg(not(target_arch = "wasm32"))]
pub use captured::*;

/// In the browser: something that is not read.
#[cfg(target_arch = "wasm32")]
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct OutboxView {}

#[cfg(not(target_arch = "wasm32"))]
mod captured {
    use serde::{Deserialize, Serialize};

    use crate::lang::Lang;
    use crate::view::Channel;

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
}
