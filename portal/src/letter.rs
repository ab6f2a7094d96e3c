//! Letters: what is said to whom, queued in the transaction that causes it (idea 5).
//!
//! A queued letter holds its kind, its parameters and, for a code, which journey's code it is:
//! never the code itself (idea 9).

use miftah_rules::code::CodeForm;
use miftah_rules::complaint::ComplaintKind;
use miftah_rules::view::Channel;
use miftah_rules::{Lang, Role};
use serde::{Deserialize, Serialize};

pub use crate::address::Address;
use crate::bearer::Bearer;
pub use crate::dossier::Decision;
use crate::fault::Fallible;
use crate::id::{AccountId, ComplaintId, JourneyId, LetterId};
use crate::model::{Account, Letter};
use crate::pen::Pen;
use crate::portal::Portal;
use crate::ports::Millis;
use crate::store::Write;
use crate::visitor::Visitor;

/// What a letter says. Its text lies in `messages`; [`crate::compose`] puts both together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    /// A code; the letter's `journey` says which.
    Code {
        purpose: Purpose,
        #[serde(default)]
        form: CodeForm,
    },
    /// Somebody tried to open an account with this address, which already has one (S0.6).
    EmailInUse,
    /// An account was opened for a record on which this address stands (norm 1).
    RecordTold {
        name: String,
        account: AccountId,
        at: Millis,
        device: String,
    },
    /// Something about the account changed (norm 6).
    Notice {
        change: Change,
        name: String,
        account: AccountId,
        at: Millis,
        device: String,
        /// The address that came or went, as it was then: a later change must not alter the letter.
        #[serde(default)]
        about: Option<Address>,
    },
    /// The account is frozen, so no code is sent: told to the address instead.
    FrozenTold { name: String },
    /// A complaint has arrived (S0.9): its reference, and its code where the address is confirmed.
    ComplaintReceived {
        complaint: ComplaintId,
        reference: String,
        about: ComplaintKind,
        confirmed: bool,
    },
    /// The office has decided.
    ComplaintDecided {
        complaint: ComplaintId,
        reference: String,
        decision: Decision,
        /// The office's own words.
        answer: String,
        confirmed: bool,
    },
    /// An officer has corrected what the roll says: told to the addresses that were known before
    /// (norm 6).
    RecordCorrected { name: String, at: Millis },
    /// Somebody asks for this account by way of the office (S0.12): told to every address that is
    /// known, with a link that stops it.
    AssistedTold {
        complaint: ComplaintId,
        name: String,
        at: Millis,
        device: String,
        /// Granted: when a new password may be chosen.
        opens_at: Option<Millis>,
        /// What would become the account's address, masked.
        new_email: String,
    },
    /// The waiting period is over. Queued when it begins, and not sent when it was stopped.
    AssistedReady {
        complaint: ComplaintId,
        reference: String,
    },
    /// A member of staff has an account now, and chooses its password by recovering it.
    StaffInvited { name: String, role: Role },
    /// To the office: somebody says that an account is not theirs (S0.5).
    OfficeDispute {
        number: String,
        name: String,
        reason: Dispute,
        at: Millis,
    },
}

/// What a code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    Register,
    Recover,
    /// A password for one sign-in, instead of a code (S1.3).
    TemporaryPassword,
    /// Confirming a new e-mail or phone.
    Contact,
    /// Confirming how to reach whoever complains.
    Complaint,
}

/// A change of an account that all its addresses are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Opened,
    Recovered,
    PasswordChanged,
    EmailChanged,
    PhoneChanged,
    PhoneRemoved,
    /// Names, birth date or document, by the owner.
    DataChanged,
    Frozen,
    /// The office has looked.
    Unfrozen,
    Closed,
}

/// Why somebody says an account is not theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dispute {
    /// None of the masked addresses is the person's.
    NoneMine,
    /// The person never opened an account.
    NeverMade,
    /// Pressed on the page behind a "not me" link.
    NotMe,
}

impl Body {
    const fn name(&self) -> &'static str {
        match self {
            Self::Code { .. } => "code",
            Self::EmailInUse => "email_in_use",
            Self::RecordTold { .. } => "record_told",
            Self::Notice { .. } => "notice",
            Self::FrozenTold { .. } => "frozen_told",
            Self::ComplaintReceived { .. } => "complaint_received",
            Self::ComplaintDecided { .. } => "complaint_decided",
            Self::RecordCorrected { .. } => "record_corrected",
            Self::AssistedTold { .. } => "assisted_told",
            Self::AssistedReady { .. } => "assisted_ready",
            Self::StaffInvited { .. } => "staff_invited",
            Self::OfficeDispute { .. } => "office_dispute",
        }
    }
}

impl Portal {
    /// Queues a letter.
    ///
    /// # Errors
    /// Only when the parameters cannot be written as JSON.
    pub(crate) fn letter(&self, to: &Address, lang: Lang, body: &Body) -> Fallible<Write> {
        self.pen().letter(to, lang, body)
    }

    /// Queues a letter that goes out at a certain moment.
    ///
    /// # Errors
    /// Only when the parameters cannot be written as JSON.
    pub(crate) fn letter_at(
        &self,
        to: &Address,
        lang: Lang,
        body: &Body,
        at: Millis,
    ) -> Fallible<Write> {
        let mut queued = self.letter(to, lang, body)?;
        if let Write::Queue(letter) = &mut queued {
            letter.next_at = at;
            // Patience with the next server begins then.
            letter.created_at = at;
        }
        Ok(queued)
    }

    /// Queues the [`Body::Code`] with code number `counter` of a journey.
    ///
    /// With `Reality::Decoy` the same row is written and never sent, so that an unknown address
    /// costs what a known one costs (norm 2).
    ///
    /// # Errors
    /// Only when the parameters cannot be written as JSON.
    pub(crate) fn code_letter(
        &self,
        to: &Address,
        lang: Lang,
        body: &Body,
        code: (&JourneyId, i64),
        reality: Reality,
    ) -> Fallible<Write> {
        let (journey, counter) = code;
        let journey = Some((journey.clone(), counter));
        self.pen()
            .queue(to, lang, body, journey, reality == Reality::Decoy)
    }

    /// Tells all known addresses of an account about a change (norm 6): its own, those of the
    /// record, and `former` ones that were just replaced.
    ///
    /// # Errors
    /// Only when the parameters cannot be written as JSON.
    pub(crate) fn tell_all(
        &self,
        visitor: &Visitor,
        account: &Account,
        bearer: &Bearer,
        change: Change,
        former: &[Address],
    ) -> Fallible<Vec<Write>> {
        self.pen()
            .tell_all(&visitor.device, account, bearer, change, former)
    }

    /// Tells the office about a disputed account.
    ///
    /// # Errors
    /// Only when the parameters cannot be written as JSON.
    pub(crate) fn tell_office(
        &self,
        account: &Account,
        bearer: &Bearer,
        reason: Dispute,
    ) -> Fallible<Write> {
        let lang = self.institution.default_lang;
        let body = Body::OfficeDispute {
            number: match bearer {
                Bearer::Person(person) => person.number.clone(),
                // What the administrator knows them by.
                Bearer::Officer(_) => account.email.clone(),
            },
            name: bearer.full_name(lang),
            reason,
            at: self.clock.now(),
        };
        self.letter(&Address::email(&self.institution.office.email), lang, &body)
    }
}

impl Pen<'_> {
    /// Queues a letter.
    ///
    /// # Errors
    /// Only when the parameters cannot be written as JSON.
    pub(crate) fn letter(self, to: &Address, lang: Lang, body: &Body) -> Fallible<Write> {
        self.queue(to, lang, body, None, false)
    }

    fn queue(
        self,
        to: &Address,
        lang: Lang,
        body: &Body,
        journey: Option<(JourneyId, i64)>,
        decoy: bool,
    ) -> Fallible<Write> {
        let now = self.clock.now();
        Ok(Write::Queue(Letter {
            id: LetterId::new(self.clock, self.random),
            kind: body.name().to_owned(),
            channel: to.channel,
            to: to.to.clone(),
            lang,
            params: serde_json::to_string(body)?,
            journey,
            decoy,
            created_at: now,
            next_at: now,
            attempts: 0,
        }))
    }

    /// [`Portal::tell_all`], for whoever has no visitor: `device` is where it came from.
    ///
    /// # Errors
    /// Only when the parameters cannot be written as JSON.
    pub(crate) fn tell_all(
        self,
        device: &str,
        account: &Account,
        bearer: &Bearer,
        change: Change,
        former: &[Address],
    ) -> Fallible<Vec<Write>> {
        let body = Body::Notice {
            change,
            name: bearer.name(account.lang).to_owned(),
            account: account.id.clone(),
            at: self.clock.now(),
            device: device.to_owned(),
            about: about(change, account, former),
        };
        let mut addresses = vec![Address::email(&account.email)];
        if let Some(phone) = account.phone.as_ref().filter(|_| account.phone_confirmed) {
            addresses.push(Address::phone(phone));
        }
        addresses.extend(former.iter().cloned());
        addresses.extend(bearer.addresses_on_record());
        self.tell_each(addresses, account.lang, &body)
    }

    /// The same letter to each of these addresses once, however it is written.
    ///
    /// # Errors
    /// Only when the parameters cannot be written as JSON.
    pub(crate) fn tell_each(
        self,
        addresses: impl IntoIterator<Item = Address>,
        lang: Lang,
        body: &Body,
    ) -> Fallible<Vec<Write>> {
        let mut told: Vec<String> = Vec::new();
        let mut letters = Vec::new();
        for address in addresses {
            let key = address.to.to_lowercase();
            // An account from the roll may have no address of its own.
            if !key.is_empty() && !told.contains(&key) {
                told.push(key);
                letters.push(self.letter(&address, lang, body)?);
            }
        }
        Ok(letters)
    }
}

/// The address that a change is about.
fn about(change: Change, account: &Account, former: &[Address]) -> Option<Address> {
    match change {
        Change::Opened | Change::EmailChanged => account.mailbox().map(Address::email),
        Change::PhoneChanged => account.phone.as_ref().map(Address::phone),
        Change::PhoneRemoved => former.iter().find(|a| a.channel == Channel::Phone).cloned(),
        Change::Recovered
        | Change::PasswordChanged
        | Change::DataChanged
        | Change::Frozen
        | Change::Unfrozen
        | Change::Closed => None,
    }
}

/// Whether a code letter goes anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reality {
    Real,
    Decoy,
}

/// Purpose of the links that freeze an account.
pub const NOT_ME: &str = "not-me";
/// Days such a link works.
pub const NOT_ME_DAYS: i64 = 30;

/// Purpose of the links that prove the address of a registration.
pub const ACTIVATE: &str = "activate";

/// What an activation link is about: the journey, and which of its codes it stands beside.
pub fn activate_about(journey: &JourneyId, counter: i64) -> String {
    format!("{}_{counter}", journey.as_str())
}

/// Reads what an activation link is about.
pub fn read_activate(about: &str) -> Option<(JourneyId, i64)> {
    let (journey, counter) = about.rsplit_once('_')?;
    Some((JourneyId(journey.to_owned()), counter.parse().ok()?))
}

/// Purpose of the links that stop an assisted recovery.
pub const STOP: &str = "stop";

/// What a "not me" link is about: the account, and when the letter was caused. In letters that an
/// SMS has at one septet each.
pub fn not_me_about(account: &AccountId, at: Millis) -> String {
    format!("{}_{}", account.as_str(), at.0)
}

/// Reads what a "not me" link is about.
pub fn read_not_me(about: &str) -> Option<(AccountId, Millis)> {
    let (account, at) = about.rsplit_once('_')?;
    Some((AccountId(account.to_owned()), Millis(at.parse().ok()?)))
}
