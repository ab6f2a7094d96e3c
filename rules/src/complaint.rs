//! Complaints and assisted recovery: kinds, states and what may happen in each (procedures.md,
//! "States"; S0.9, S0.12). Pure: who may do it and what it writes is the portal's.

use crate::field::Field;

words! {
    /// What is asked of the office.
    ComplaintKind {
        /// The record says something wrong.
        WrongData => "wrong_data",
        /// Nobody is found: the record may be missing.
        CannotRegister => "cannot_register",
        /// Every address of the account is lost (S0.12).
        Assisted => "assisted",
    }
    /// Where it stands, and so whose turn it is.
    ComplaintState {
        /// In the queue: the office's turn.
        Submitted => "submitted",
        /// An officer has it.
        InReview => "in_review",
        /// Assisted recovery: two officers have agreed, the waiting period runs or has ended.
        Accepted => "accepted",
        /// Done: the roll is right, or the account is recovered.
        Completed => "completed",
        Refused => "refused",
        /// Ended without a decision.
        Closed => "closed",
    }
    /// What may happen to it.
    ComplaintEvent {
        Take => "take",
        /// Back to the queue.
        Release => "release",
        /// Assisted recovery, the first of two officers: back to the queue for another one.
        Approve => "approve",
        /// Assisted recovery, the second officer.
        Accept => "accept",
        /// The roll is corrected, or the account recovered.
        Complete => "complete",
        Refuse => "refuse",
        /// By the office, without a decision.
        Close => "close",
        /// By whoever made it.
        Withdraw => "withdraw",
        /// By a stop link, or by what happened to the account: not by whoever asked.
        Stop => "stop",
        Reopen => "reopen",
    }
    /// Why a complaint is refused.
    RefusalReason {
        /// The documents say what the roll says.
        RollIsRight => "roll_is_right",
        ProofUnreadable => "proof_unreadable",
        ProofMissing => "proof_missing",
        /// The documents are not this person's.
        AnotherPerson => "another_person",
        NotEnrolled => "not_enrolled",
        Other => "other",
    }
    /// Why it ended without a decision.
    CloseReason {
        Withdrawn => "withdrawn",
        Duplicate => "duplicate",
        NotCompetent => "not_competent",
        /// By the link of a letter to a known address.
        Stopped => "stopped",
        /// Assisted recovery: the account was frozen meanwhile.
        Frozen => "frozen",
        /// Assisted recovery: the account got a new password by another way, or was closed.
        Overtaken => "overtaken",
        /// Assisted recovery: nobody took up what was granted.
        Lapsed => "lapsed",
    }
    /// A document that is asked for.
    Slot {
        IdFront => "id_front",
        IdBack => "id_back",
        /// The registration slip.
        Slip => "slip",
    }
}

impl ComplaintState {
    /// The state after an event; nothing where it cannot happen.
    pub const fn after(self, event: ComplaintEvent) -> Option<Self> {
        use ComplaintEvent as E;
        Some(match (self, event) {
            (Self::Submitted, E::Take) | (Self::Refused | Self::Closed, E::Reopen) => {
                Self::InReview
            }
            (Self::InReview, E::Release | E::Approve) => Self::Submitted,
            (Self::InReview, E::Accept) => Self::Accepted,
            (Self::InReview | Self::Accepted, E::Complete) => Self::Completed,
            (Self::InReview | Self::Accepted, E::Refuse) => Self::Refused,
            (Self::InReview, E::Close)
            | (Self::Submitted | Self::InReview, E::Withdraw)
            | (Self::Submitted | Self::InReview | Self::Accepted, E::Withdraw | E::Stop) => {
                Self::Closed
            }
            _ => return None,
        })
    }

    /// Whether it still waits for something.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Submitted | Self::InReview | Self::Accepted)
    }
}

impl ComplaintKind {
    /// The fields of the claim, in the order they are asked for: the right values. `asks` is what
    /// finds a person.
    pub fn fields(self, asks: &[Field]) -> Vec<Field> {
        // The number first; an address is asked for later, as a way to reach whoever complains.
        let mut fields: Vec<_> = asks.iter().take(1).copied().collect();
        let documents = [Field::NationalId, Field::BirthDate];
        fields.extend(
            documents
                .into_iter()
                .filter(|field| asks.first() != Some(field)),
        );
        if self == Self::Assisted {
            return fields;
        }
        if asks.contains(&Field::PensionNumber) {
            fields.push(Field::PensionNumber);
        }
        fields.extend([
            Field::LastNameAr,
            Field::FirstNameAr,
            Field::LastNameLatin,
            Field::FirstNameLatin,
        ]);
        fields
    }

    /// The documents without which it is not taken.
    pub const fn required(self) -> &'static [Slot] {
        match self {
            Self::WrongData | Self::Assisted => &[Slot::IdFront, Slot::Slip],
            Self::CannotRegister => &[Slot::IdFront],
        }
    }
}

impl Slot {
    pub const fn field(self) -> Field {
        match self {
            Self::IdFront => Field::IdFront,
            Self::IdBack => Field::IdBack,
            Self::Slip => Field::Slip,
        }
    }
}

/// Signs of a reference: none that looks like another (procedures.md: without 0 1 I O Q Z).
const LETTERS: &[u8] = b"ABCDEFGHJKLMNPRSTUVWXY";
const DIGITS: &[u8] = b"23456789";
/// Signs after the prefix; every third is a digit.
const SIGNS: usize = 8;

/// A reference: prefix and eight signs, from random bytes.
pub fn reference(prefix: &str, random: &[u8; SIGNS]) -> String {
    let signs = random.iter().enumerate().map(|(place, byte)| {
        let of = if place % 3 == 2 { DIGITS } else { LETTERS };
        char::from(
            of.get(usize::from(*byte) % of.len())
                .copied()
                .unwrap_or(b'A'),
        )
    });
    prefix.chars().chain(signs).collect()
}

/// Whether a text has the shape of a reference, whatever its prefix.
pub fn is_reference(text: &str) -> bool {
    (SIGNS..=SIGNS + 4).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// A reference as somebody types it: spaces, dashes and small letters do not matter.
pub fn read_reference(raw: &str) -> String {
    crate::text::tidy(raw)
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{
        ComplaintEvent as E, ComplaintState as S, is_reference, read_reference, reference,
    };

    /// Every event in every state.
    #[test]
    fn what_may_happen_in_each_state() {
        let table: [(S, &[(E, S)]); 6] = [
            (
                S::Submitted,
                &[
                    (E::Take, S::InReview),
                    (E::Withdraw, S::Closed),
                    (E::Stop, S::Closed),
                ],
            ),
            (
                S::InReview,
                &[
                    (E::Release, S::Submitted),
                    (E::Approve, S::Submitted),
                    (E::Accept, S::Accepted),
                    (E::Complete, S::Completed),
                    (E::Refuse, S::Refused),
                    (E::Close, S::Closed),
                    (E::Withdraw, S::Closed),
                    (E::Stop, S::Closed),
                ],
            ),
            (
                S::Accepted,
                &[
                    (E::Complete, S::Completed),
                    (E::Refuse, S::Refused),
                    (E::Withdraw, S::Closed),
                    (E::Stop, S::Closed),
                ],
            ),
            (S::Completed, &[]),
            (S::Refused, &[(E::Reopen, S::InReview)]),
            (S::Closed, &[(E::Reopen, S::InReview)]),
        ];
        for (state, may) in table {
            for event in E::ALL {
                let after = may.iter().find(|(e, _)| e == event).map(|(_, s)| *s);
                assert_eq!(state.after(*event), after, "{state:?} {event:?}");
            }
        }
    }

    #[test]
    fn a_reference_has_its_shape_and_can_be_typed_in_any_way() {
        let made = reference("FS", &[0, 1, 2, 3, 250, 255, 6, 7]);
        assert_eq!(made.len(), 10);
        assert!(is_reference(&made), "{made}");
        assert!(made.as_bytes().get(4).is_some_and(u8::is_ascii_digit));
        assert!(!made.contains(['0', '1', 'I', 'O', 'Q', 'Z']));
        let typed = format!(" {}-{} ", made[..4].to_lowercase(), &made[4..]);
        assert_eq!(read_reference(&typed), made);
        assert!(!is_reference("../staff"));
    }
}
