//! A complaint as it is stored (S0.9, S0.12): what is claimed, whose turn it is, what was decided.

use miftah_rules::complaint::{
    CloseReason, ComplaintEvent, ComplaintKind, ComplaintState, RefusalReason, Slot, is_reference,
};
use miftah_rules::view::Typed;
use miftah_rules::{Field, Lang, Problem};
use serde::{Deserialize, Serialize};

use crate::fault::Fallible;
use crate::id::{AccountId, ComplaintId, FileId, JourneyId, PersonId};
use crate::letter::{Address, Body};
use crate::portal::Portal;
use crate::ports::{Media, Millis};
use crate::store::Write;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    pub id: ComplaintId,
    /// What people call it; unique.
    pub reference: String,
    pub kind: ComplaintKind,
    pub state: ComplaintState,
    /// Of the letters about it.
    pub lang: Lang,
    /// The record it is about: the account's for assisted recovery, else the one an officer found.
    pub person: Option<PersonId>,
    /// What led here.
    pub problem: Option<Problem>,
    /// The values that are right, normalised.
    pub claim: Typed,
    /// In the person's own words.
    pub note: String,
    pub email: String,
    /// A code sent there came back.
    pub email_confirmed: bool,
    /// E.164.
    pub phone: Option<String>,
    /// Who has it, or decided last.
    pub officer: Option<AccountId>,
    /// Assisted recovery: the first of the two officers.
    pub approved_by: Option<AccountId>,
    /// Name of a [`miftah_rules::complaint::RefusalReason`] or
    /// [`miftah_rules::complaint::CloseReason`], as the state has it.
    pub reason: Option<String>,
    /// The office's words to the person.
    pub answer: String,
    pub submitted_at: Millis,
    pub moved_at: Millis,
    /// Assisted recovery, accepted: when a new password may be chosen.
    pub opens_at: Option<Millis>,
    /// Rises with every write; a write names the version it was read at.
    pub version: i64,
}

impl Complaint {
    /// The complaint as an event leaves it; nothing where it cannot happen.
    pub(crate) fn after(&self, event: ComplaintEvent, now: Millis) -> Option<Self> {
        self.state.after(event).map(|state| Self {
            state,
            moved_at: now,
            ..self.clone()
        })
    }

    /// Why it was refused, if it was.
    pub(crate) fn refusal(&self) -> Option<RefusalReason> {
        let reason = RefusalReason::from_name(self.reason.as_deref()?)?;
        (self.state == ComplaintState::Refused).then_some(reason)
    }

    /// Why it ended without a decision, if it did.
    pub(crate) fn closing(&self) -> Option<CloseReason> {
        let reason = CloseReason::from_name(self.reason.as_deref()?)?;
        (self.state == ComplaintState::Closed).then_some(reason)
    }

    /// The number on the roll that it names, or the handle where there is no roll; empty where it
    /// names none.
    pub fn number(&self) -> &str {
        Field::NUMBERS
            .iter()
            .chain([&Field::Handle, &Field::NationalId])
            .find_map(|field| self.claim.get(field))
            .map_or("", String::as_str)
    }

    /// The value that is claimed for a field; empty where none is.
    pub(crate) fn claimed(&self, field: Field) -> &str {
        match field {
            Field::Email => &self.email,
            Field::Phone => self.phone.as_deref().unwrap_or_default(),
            field => self.claim.get(&field).map_or("", String::as_str),
        }
    }
}

/// A document that somebody attached. It belongs to nobody until the complaint is submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    pub id: FileId,
    pub journey: JourneyId,
    pub complaint: Option<ComplaintId>,
    pub slot: Slot,
    pub media: Media,
    /// Bytes.
    pub size: i64,
    pub added_at: Millis,
}

/// What somebody wrote in their own words: without control characters, which databases refuse, but
/// for the ends of lines.
pub(crate) fn words(raw: &str) -> String {
    let kept = raw.chars().filter(|c| *c == '\n' || !c.is_control());
    kept.collect::<String>().trim().to_owned()
}

impl Portal {
    /// The complaint that people call so; nothing where no complaint can be called so.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn complaint_called(&self, reference: &str) -> Fallible<Option<Complaint>> {
        if !is_reference(reference) {
            return Ok(None);
        }
        Ok(self.store.complaint_by_reference(reference).await?)
    }

    /// The letter that tells what was decided, in the person's language.
    ///
    /// # Errors
    /// Only when the parameters cannot be written as JSON.
    pub(crate) fn tell_decision(
        &self,
        complaint: &Complaint,
        decision: Decision,
        answer: &str,
    ) -> Fallible<Write> {
        let body = Body::ComplaintDecided {
            complaint: complaint.id.clone(),
            reference: complaint.reference.clone(),
            decision,
            answer: answer.to_owned(),
            confirmed: complaint.email_confirmed,
        };
        self.letter(&Address::email(&complaint.email), complaint.lang, &body)
    }
}

/// What the office has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The roll was corrected.
    Corrected,
    /// The roll says what is right already.
    InOrder,
    /// The person is on the roll now.
    Added,
    /// Assisted recovery: a new password may be chosen from then on.
    Accepted {
        opens_at: Millis,
    },
    Refused(RefusalReason),
    Closed(CloseReason),
}
