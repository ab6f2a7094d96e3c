//! Recovery (S0.7): locate → where to send the code → code → (new e-mail → its code) → password.

use serde::{Deserialize, Serialize};

use super::{Channel, CodeView, PasswordHints, Trail, Typed};
use crate::problem::ProblemAt;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecoverStep {
    #[default]
    Find,
    Destination,
    /// Asks whether the account is really to be frozen, and says what that means.
    Dispute,
    Code,
    /// A temporary password is on its way, if the address was the right one (S1.3).
    Sent,
    /// The mailbox is lost, the phone has proved: the e-mail is replaced in the same journey.
    NewEmail,
    NewEmailCode,
    Password,
    /// "None of these is mine" or "I never made an account": the account is frozen.
    Frozen,
}

impl RecoverStep {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Find => "find",
            Self::Destination => "destination",
            Self::Dispute => "dispute",
            Self::Code => "code",
            Self::Sent => "sent",
            Self::NewEmail => "new_email",
            Self::NewEmailCode => "new_email_code",
            Self::Password => "password",
            Self::Frozen => "frozen",
        }
    }

    pub const ALL: [Self; 9] = [
        Self::Find,
        Self::Destination,
        Self::Dispute,
        Self::Code,
        Self::Sent,
        Self::NewEmail,
        Self::NewEmailCode,
        Self::Password,
        Self::Frozen,
    ];
}

/// What a person objects to, before the account is frozen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeReason {
    NoneMine,
    NeverMade,
}

/// A masked address a code can go to. Shown only after all personal data matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destination {
    pub channel: Channel,
    /// `None` when the account was located by handle: whether the address exists is not told.
    pub masked: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecoverView {
    pub trail: Trail,
    pub step: RecoverStep,
    pub typed: Typed,
    pub problems: Vec<ProblemAt>,
    /// It has to be shown here that it is no robot (S3.3); the number is the picture's name.
    #[serde(default)]
    pub robot: Option<i64>,
    /// How often personal data matched nobody: from the second time the office is shown.
    #[serde(default)]
    pub mismatches: u32,
    #[serde(default)]
    pub dispute: Option<DisputeReason>,
    #[serde(default)]
    pub destinations: Vec<Destination>,
    /// What will be sent is a temporary password.
    #[serde(default)]
    pub temporary: bool,
    #[serde(default)]
    pub code: Option<CodeView>,
    /// The account's e-mail, after the proof.
    #[serde(default)]
    pub email: Option<String>,
    /// Proved by SMS: the e-mail may be replaced before the password is chosen.
    #[serde(default)]
    pub may_replace_email: bool,
    #[serde(default)]
    pub hints: PasswordHints,
}
