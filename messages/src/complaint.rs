//! The words for where a complaint stands and why it ended: in letters, on its person's page and on
//! the desk.

use miftah_rules::complaint::{CloseReason, ComplaintState, RefusalReason};

use crate::{Text, Texts};

impl Texts {
    /// Whose turn it is.
    pub fn complaint_state(&self, state: ComplaintState) -> Text {
        match state {
            ComplaintState::Submitted => self.follow_state_submitted(),
            ComplaintState::InReview => self.follow_state_in_review(),
            ComplaintState::Accepted => self.follow_state_accepted(),
            ComplaintState::Completed => self.follow_state_completed(),
            ComplaintState::Refused => self.follow_state_refused(),
            ComplaintState::Closed => self.follow_state_closed(),
        }
    }

    pub fn complaint_refusal(&self, reason: RefusalReason) -> Text {
        match reason {
            RefusalReason::RollIsRight => self.follow_reason_roll_is_right(),
            RefusalReason::ProofUnreadable => self.follow_reason_proof_unreadable(),
            RefusalReason::ProofMissing => self.follow_reason_proof_missing(),
            RefusalReason::AnotherPerson => self.follow_reason_another_person(),
            RefusalReason::NotEnrolled => self.follow_reason_not_enrolled(),
            RefusalReason::Other => self.follow_reason_other(),
        }
    }

    pub fn complaint_closing(&self, reason: CloseReason) -> Text {
        match reason {
            CloseReason::Withdrawn => self.follow_closed_withdrawn(),
            CloseReason::Duplicate => self.follow_closed_duplicate(),
            CloseReason::NotCompetent => self.follow_closed_not_competent(),
            CloseReason::Stopped => self.follow_closed_stopped(),
            CloseReason::Frozen => self.follow_closed_frozen(),
            CloseReason::Overtaken => self.follow_closed_overtaken(),
            CloseReason::Lapsed => self.follow_closed_lapsed(),
        }
    }
}
