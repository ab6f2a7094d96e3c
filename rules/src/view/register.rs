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
    /// The record's first name, once the three data matched: "welcome, …" proves to the person
    /// that the right record was found.
    #[serde(default)]
    pub first_name: Option<String>,
    #[serde(default)]
    pub code: Option<CodeView>,
    #[serde(default)]
    pub hints: PasswordHints,
}
