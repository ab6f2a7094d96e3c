//! Complaints (S0.9) and assisted recovery (S0.12), as whoever makes them sees them.

use serde::{Deserialize, Serialize};

use super::{CodeView, Moment, PasswordHints, Trail, Typed};
use crate::complaint::{CloseReason, ComplaintKind, ComplaintState, RefusalReason, Slot};
use crate::problem::{Problem, ProblemAt};

/// Which question is on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComplainStep {
    /// What it is about, and the values that are right.
    #[default]
    Data,
    /// How to reach the person.
    Reach,
    Code,
    Papers,
    /// Everything once more, before it is sent.
    Check,
    /// It is sent.
    Sent,
}

impl ComplainStep {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Reach => "reach",
            Self::Code => "code",
            Self::Papers => "papers",
            Self::Check => "check",
            Self::Sent => "sent",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplainView {
    pub trail: Trail,
    pub step: ComplainStep,
    pub kind: ComplaintKind,
    /// What led here.
    #[serde(default)]
    pub problem: Option<Problem>,
    pub typed: Typed,
    pub problems: Vec<ProblemAt>,
    #[serde(default)]
    pub code: Option<CodeView>,
    /// Documents that are there already.
    #[serde(default)]
    pub papers: Vec<PaperView>,
    /// Documents without which it is not taken.
    #[serde(default)]
    pub required: Vec<Slot>,
    /// The address was not confirmed.
    #[serde(default)]
    pub unconfirmed: bool,
}

/// An attached document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperView {
    pub slot: Slot,
    /// How a file of its kind ends: `pdf`, `jpg`, `png`.
    pub ending: String,
    /// Thousands of bytes, rounded up.
    pub kilobytes: u64,
}

/// What became of a complaint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowView {
    pub trail: Trail,
    /// As typed, or of the address.
    pub reference: String,
    pub problems: Vec<ProblemAt>,
    /// Came by a letter's link: one press shows it, and no code is asked.
    #[serde(default)]
    pub token: Option<String>,
    /// Once whose it is has been shown by code or link.
    #[serde(default)]
    pub open: Option<Followed>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Followed {
    pub kind: ComplaintKind,
    pub state: ComplaintState,
    /// Asked for together with the reference by whoever asks after it. Shown where it was just sent.
    #[serde(default)]
    pub code: Option<String>,
    /// Oldest first.
    pub steps: Vec<FollowStep>,
    /// Where letters about it go, masked.
    pub sent_to: String,
    pub unconfirmed: bool,
    #[serde(default)]
    pub refused: Option<RefusalReason>,
    #[serde(default)]
    pub closed: Option<CloseReason>,
    /// The office's words.
    pub answer: String,
    /// Assisted recovery: when a new password may be chosen.
    #[serde(default)]
    pub opens_on: Option<Moment>,
    /// What the person can do now.
    #[serde(default)]
    pub onward: Option<Onward>,
    /// A code was sent that opens the password's question.
    #[serde(default)]
    pub proof: Option<CodeView>,
    pub may_withdraw: bool,
    /// Asked once more before it is withdrawn.
    #[serde(default)]
    pub withdrawing: bool,
    #[serde(default)]
    pub hints: PasswordHints,
}

/// The next thing to do once the office has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Onward {
    Register,
    Recover,
    /// Show by a code that the confirmed address is still theirs.
    Prove,
    /// Choose a new password here.
    Password,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowStep {
    pub what: FollowWhat,
    pub on: Moment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowWhat {
    Submitted,
    Taken,
    /// Back in the queue.
    Waiting,
    /// Assisted recovery: one of two officers has agreed.
    Approved,
    Accepted,
    Completed,
    Refused,
    Closed,
    Reopened,
}
