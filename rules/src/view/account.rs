//! The account pages: profile, addresses, password, security, sessions, closing.

use serde::{Deserialize, Serialize};

use super::{Channel, CodeView, PasswordHints, Trail, Typed};
use crate::field::Field;
use crate::problem::ProblemAt;

/// One line of the record, read-only: corrections are the registry office's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileRow {
    pub kind: ProfileKind,
    pub value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileKind {
    NameArabic,
    NameLatin,
    StudentNumber,
    NationalId,
    BirthDate,
    Programme,
    Year,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressView {
    pub channel: Channel,
    pub value: Option<String>,
    pub confirmed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    pub profile: Vec<ProfileRow>,
    pub addresses: Vec<AddressView>,
    pub sessions: u32,
    /// What has just been changed, told once.
    #[serde(default)]
    pub done: Option<Done>,
}

/// A change that has just succeeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    EmailChanged,
    PhoneChanged,
    PhoneRemoved,
    PasswordChanged,
    SessionEnded,
    OthersEnded,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactStep {
    /// Both addresses, each with its change form.
    #[default]
    Choose,
    Code,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactView {
    pub trail: Trail,
    pub step: ContactStep,
    pub addresses: Vec<AddressView>,
    pub typed: Typed,
    pub problems: Vec<ProblemAt>,
    #[serde(default)]
    pub code: Option<CodeView>,
    /// More than 10 minutes since the password was last typed: it is asked for here (norm 6).
    pub ask_password: bool,
    #[serde(default)]
    pub done: Option<Done>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordView {
    pub trail: Trail,
    pub problems: Vec<ProblemAt>,
    pub hints: PasswordHints,
}

/// One line of what happened to the account, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActRow {
    pub act: String,
    /// Epoch milliseconds.
    pub at: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityView {
    pub problems: Vec<ProblemAt>,
    pub acts: Vec<ActRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    pub id: String,
    /// Browser and system, as far as they are known; empty when not.
    pub device: String,
    /// Epoch milliseconds, exact to five minutes.
    pub last_seen: i64,
    pub started: i64,
    pub current: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionsView {
    pub problems: Vec<ProblemAt>,
    pub sessions: Vec<SessionRow>,
    /// The server's now, epoch milliseconds: "5 minutes ago" is the same before and after hydration.
    pub now: i64,
    #[serde(default)]
    pub done: Option<Done>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloseView {
    pub problems: Vec<ProblemAt>,
}

impl ProfileKind {
    /// The form field this line corresponds to, where a complaint can name it.
    pub const fn field(self) -> Option<Field> {
        match self {
            Self::StudentNumber => Some(Field::StudentNumber),
            Self::NationalId => Some(Field::NationalId),
            Self::BirthDate => Some(Field::BirthDate),
            Self::NameArabic | Self::NameLatin | Self::Programme | Self::Year => None,
        }
    }
}

impl ContactStep {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Choose => "choose",
            Self::Code => "code",
        }
    }
}
