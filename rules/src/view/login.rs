//! Sign-in (S0.1).

use serde::{Deserialize, Serialize};

use super::Trail;
use crate::problem::ProblemAt;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginView {
    pub trail: Trail,
    pub handle: String,
    pub keep: bool,
    pub problems: Vec<ProblemAt>,
    /// It has to be shown here that it is no robot (S3.3); the number is the picture's name.
    #[serde(default)]
    pub robot: Option<i64>,
    /// The person was sent here because their session ended.
    #[serde(default)]
    pub session_ended: bool,
    /// The person has just signed out.
    #[serde(default)]
    pub signed_out: bool,
    /// The person has just closed their account.
    #[serde(default)]
    pub closed: bool,
    /// Path below the language to return to after signing in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub then: Option<String>,
}
