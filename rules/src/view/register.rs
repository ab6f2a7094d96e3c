//! Registration (S0.2): who you are → e-mail → code → password.

use serde::{Deserialize, Serialize};

use super::{CodeView, PasswordHints, Trail, Typed};
use crate::problem::ProblemAt;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegisterStep {
    #[default]
    Who,
    Contact,
    Code,
    Password,
}

impl RegisterStep {
    pub const ALL: [Self; 4] = [Self::Who, Self::Contact, Self::Code, Self::Password];

    /// The `data-step` of the page and the `step` a form posts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Who => "who",
            Self::Contact => "contact",
            Self::Code => "code",
            Self::Password => "password",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterView {
    pub trail: Trail,
    pub step: RegisterStep,
    pub typed: Typed,
    pub problems: Vec<ProblemAt>,
    /// It has to be shown here that it is no robot (S3.3); the number is the picture's name.
    #[serde(default)]
    pub robot: Option<i64>,
    /// The record's first name, once the three data matched: "welcome, …" proves to the person
    /// that the right record was found.
    #[serde(default)]
    pub first_name: Option<String>,
    #[serde(default)]
    pub code: Option<CodeView>,
    #[serde(default)]
    pub hints: PasswordHints,
    /// The address that was probably meant; asked once, before a code goes to `gmial.com`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// How often the personal data did not match in this journey: from the second time on the
    /// office is named first (S0.4).
    #[serde(default)]
    pub mismatches: u32,
    /// What keeps the person found from an account, all of it at once (S4.3).
    #[serde(default)]
    pub unmet: Vec<Unmet>,
    #[serde(default)]
    pub already: Already,
}

/// A condition of an account that is not met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unmet {
    /// The roll has them with a status that opens no account.
    Status,
    /// The last day of the identity card was this, `YYYY-MM-DD`.
    CardExpired(String),
    /// The last day of the residence permit.
    PermitExpired(String),
}

/// An account that is there, so that nothing is left to do on this page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Already {
    #[default]
    No,
    /// Somebody is signed in in this browser: their first name.
    SignedIn(String),
    /// This very journey has opened an account: a second click, a reload, the way back.
    Opened,
    /// Whoever is on the roll has one, and nobody opens one here (S1.0).
    FromRoll,
}

/// The page behind an activation link.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ActivateView {
    pub state: ActivateState,
    /// For the browser that began it alone: others have not said who they are, and are told nothing.
    pub first_name: Option<String>,
    /// The address that the link proves.
    pub email: String,
    pub problems: Vec<ProblemAt>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivateState {
    /// Used, too old, or replaced by a newer one.
    #[default]
    Over,
    /// The browser that began the registration.
    Here,
    /// Another one: a password goes with the button.
    Elsewhere,
}
