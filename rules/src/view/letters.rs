//! The page of the "not me" link in letters.

use serde::{Deserialize, Serialize};

use super::ActRow;
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
