//! What is stored, in the use-cases' own words. `store` maps rows to these and back.

use std::collections::BTreeMap;

use miftah_rules::email::Email;
use miftah_rules::profile::NationalIdKind;
use miftah_rules::view::Channel;
use miftah_rules::{Field, Lang, Role};
use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::id::{AccountId, JourneyId, LetterId, OfficerId, PersonId, SessionId};
use crate::ports::{About, Millis};

/// A person on the roll. Numbers are normalised; names are as the office wrote them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    /// The number they stand under on the roll.
    pub number: String,
    pub national_id_kind: NationalIdKind,
    pub national_id: String,
    pub last_name_ar: String,
    pub first_name_ar: String,
    pub last_name_latin: String,
    pub first_name_latin: String,
    /// `YYYY-MM-DD`.
    pub birth_date: String,
    /// Of whoever is retired, where the roll has it.
    pub pension_number: Option<String>,
    pub email: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    pub programme: String,
    pub year: String,
    pub status: String,
    /// What not every institution asks for, field by field; empty values are left out.
    pub further: BTreeMap<Field, String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    Active,
    /// Nobody gets in until the office has looked (S0.5).
    Frozen,
    /// Closed by its owner; the person may open a new one.
    Closed,
}

impl AccountState {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Frozen => "frozen",
            Self::Closed => "closed",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Active, Self::Frozen, Self::Closed]
            .into_iter()
            .find(|s| s.name() == name)
    }
}

/// Whom an account belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Somebody on the roll.
    Person(PersonId),
    /// A member of staff.
    Officer(OfficerId),
}

impl Holder {
    pub const fn person(&self) -> Option<&PersonId> {
        match self {
            Self::Person(id) => Some(id),
            Self::Officer(_) => None,
        }
    }

    pub const fn officer(&self) -> Option<&OfficerId> {
        match self {
            Self::Officer(id) => Some(id),
            Self::Person(_) => None,
        }
    }
}

/// Not the hash of anything: no password opens an account that has it. Its owner chooses one by
/// recovering the account.
pub const NO_PASSWORD: &str = "!";

impl Account {
    /// One that is opened now, without a phone. `password` is a PHC string.
    pub fn opened(
        id: AccountId,
        holder: Holder,
        email: &Email,
        password: String,
        lang: Lang,
        terms_version: &str,
        now: Millis,
    ) -> Self {
        Self {
            id,
            holder,
            state: AccountState::Active,
            email: email.as_str().to_owned(),
            email_key: email.key(),
            phone: None,
            phone_confirmed: false,
            password,
            lang,
            terms_version: terms_version.to_owned(),
            created_at: now,
            password_changed_at: now,
            version: 0,
        }
    }

    /// One that somebody on the roll has without having asked for it (S1.0): no password opens it and
    /// it has no address yet.
    pub fn from_roll(id: AccountId, person: PersonId, lang: Lang, now: Millis) -> Self {
        Self {
            id,
            holder: Holder::Person(person),
            state: AccountState::Active,
            email: String::new(),
            email_key: String::new(),
            phone: None,
            phone_confirmed: false,
            password: NO_PASSWORD.to_owned(),
            lang,
            terms_version: String::new(),
            created_at: now,
            password_changed_at: now,
            version: 0,
        }
    }

    /// An address that its owner has proved becomes the account's where it has none of that kind.
    pub fn take(&mut self, proved: &Address) {
        match proved.channel {
            Channel::Email if self.mailbox().is_none() => {
                if let Ok(email) = Email::parse(&proved.to) {
                    self.email_key = email.key();
                    self.email = email.as_str().to_owned();
                }
            }
            Channel::Phone if !self.phone_confirmed => {
                self.phone = Some(proved.to.clone());
                self.phone_confirmed = true;
            }
            Channel::Email | Channel::Phone => {}
        }
    }

    /// Its e-mail address, unless it has none.
    pub fn mailbox(&self) -> Option<&str> {
        Some(self.email.as_str()).filter(|email| !email.is_empty())
    }

    /// The row stays for the history's sake, without addresses and password: e-mail and holder are
    /// free for another account.
    pub fn closed(self) -> Self {
        Self {
            state: AccountState::Closed,
            email: String::new(),
            email_key: String::new(),
            phone: None,
            phone_confirmed: false,
            password: String::new(),
            ..self
        }
    }

    /// The PHC string a password is verified against; nothing where none can be right.
    pub fn hash(&self) -> Option<&str> {
        Some(self.password.as_str()).filter(|phc| *phc != NO_PASSWORD)
    }
}

/// A member of staff. The row stays when the account is closed: history names its officers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    pub id: OfficerId,
    /// As people address them, in whatever script the operator wrote it.
    pub name: String,
    pub role: Role,
    pub added_at: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub holder: Holder,
    pub state: AccountState,
    /// As typed. Always confirmed: an account begins with a code sent here. Empty for one from the roll
    /// whose owner has written none down yet ([`Account::mailbox`]).
    pub email: String,
    /// Key for uniqueness and look-up; unique among accounts that are not closed, unless it is empty.
    pub email_key: String,
    /// E.164.
    pub phone: Option<String>,
    pub phone_confirmed: bool,
    /// PHC string.
    pub password: String,
    pub lang: Lang,
    pub terms_version: String,
    pub created_at: Millis,
    pub password_changed_at: Millis,
    /// Rises with every write; a write names the version it was read at.
    pub version: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    /// SHA-256 of the cookie's token, hexadecimal.
    pub token_hash: String,
    pub account: AccountId,
    pub started_at: Millis,
    pub last_seen_at: Millis,
    /// When the password was last typed in this session (norm 6).
    pub proved_at: Millis,
    /// The session ends then at the latest.
    pub expires_at: Millis,
    /// Milliseconds without a request after which it ends.
    pub idle_ms: i64,
    /// Browser and system in few words.
    pub device: String,
    /// The recovery whose temporary password opened it: nothing but choosing another password is
    /// reachable (norm 8).
    pub temporary: Option<JourneyId>,
}

/// A journey as it is stored: `data` is its kind's state as JSON, without any secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JourneyRow {
    pub id: JourneyId,
    /// SHA-256 of the browser's secret, hexadecimal.
    pub browser_hash: String,
    /// The account it is about, once that is known: what [`crate::store::Write::EndJourneys`] ends.
    pub account: Option<AccountId>,
    pub kind: String,
    pub step: String,
    pub data: String,
    pub created_at: Millis,
    pub expires_at: Millis,
    pub version: i64,
}

/// A letter waiting to go out. It never holds a code: the worker derives it (idea 9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub id: LetterId,
    /// Name of a [`crate::letter::Body`].
    pub kind: String,
    pub channel: Channel,
    pub to: String,
    pub lang: Lang,
    /// Parameters of the text, as JSON; no secret.
    pub params: String,
    /// The journey whose code it carries, and the counter of that code.
    pub journey: Option<(JourneyId, i64)>,
    /// Written so that known and unknown addresses cost the same; never sent (norm 2).
    pub decoy: bool,
    pub created_at: Millis,
    pub next_at: Millis,
    pub attempts: i64,
}

/// A letter that was refused for good, as the office sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedLetter {
    pub id: LetterId,
    /// Name of a [`crate::letter::Body`].
    pub kind: String,
    pub channel: Channel,
    /// The whole address or number.
    pub to: String,
    pub lang: Lang,
    pub created_at: Millis,
    pub parked_at: Millis,
    /// How often a worker took it since it was queued or released.
    pub attempts: i64,
    /// What the next server said last; names nobody in full.
    pub last_error: String,
    pub about: About,
    /// It carries a code, or goes out in a code's place: it is never released.
    pub of_code: bool,
}

/// What became of a letter so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Waiting,
    /// The next server has it since then.
    Sent(Millis),
    /// Refused for now; tried again then.
    Delayed(Millis, About),
    /// Refused for good.
    Parked(About),
    /// Its code ran out before anybody took it.
    Expired,
}

/// Failures counted under one key (norm 5). The key is an HMAC: rows name nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Throttle {
    pub failures: i64,
    pub last_at: Millis,
}

/// One act in a subject's history (idea 8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// A [`crate::act::Subject`].
    pub subject: String,
    /// Name of a [`miftah_rules::ActKind`], or of one that a later version knows.
    pub kind: String,
    pub at: Millis,
    /// JSON; may be erased later, the chain keeps its digest.
    pub values: String,
    /// Hexadecimal; makes the digest of a guessable value unguessable once erased.
    pub salt: String,
}

/// Where a history ends: what the next act is sealed behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainEnd {
    pub seq: i64,
    /// Of the last act, as in [`SealedAct`].
    pub hash: String,
}

/// An act as it stands in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedAct {
    pub act: Act,
    pub seq: i64,
    /// SHA-256 of salt and values, hexadecimal.
    pub digest: String,
    /// SHA-256 over the previous hash and this act, hexadecimal.
    pub hash: String,
}
