//! The institution as data (idea 4): one strict TOML file per institution. Code never asks which
//! institution it is; it asks what the profile says.

use serde::{Deserialize, Serialize};

use crate::field::Field;
use crate::lang::Lang;
use crate::pattern::Pattern;
use crate::service::{Category, Service};

mod brief;
mod check;
mod robot;

pub use brief::{AskedBrief, Brief, IdentifierBrief, NationalIdBrief, OfficeBrief};
pub use check::Mistake;
pub use robot::{RobotCheck, RobotPlace, RobotProfile, RobotWhen};

/// A text of the institution in every language of the product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trilingual {
    pub ar: String,
    pub fr: String,
    pub en: String,
}

impl Trilingual {
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ar => &self.ar,
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

/// `institution.toml`, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Institution {
    /// Folder name and key; lower-case Latin letters.
    pub id: String,
    pub name: Trilingual,
    /// At most 12 characters: it opens every SMS.
    pub short_name: Trilingual,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// IANA name.
    pub time_zone: String,
    /// Minutes east of UTC, without daylight saving: times in letters are told in it.
    pub utc_offset_minutes: i32,
    pub default_lang: Lang,
    /// Whether dates are also written in the Hijri calendar.
    #[serde(default)]
    pub hijri: bool,
    pub look: Look,
    pub office: Office,
    pub identifiers: Identifiers,
    pub phone: PhoneProfile,
    pub registration: Registration,
    #[serde(default)]
    pub recovery: RecoveryProfile,
    #[serde(default)]
    pub robot: RobotProfile,
    pub complaints: ComplaintsProfile,
    pub sign_in: SignInProfile,
    pub password: PasswordProfile,
    pub terms: TermsProfile,
    pub privacy: TermsProfile,
    /// The parts of the catalogue, in the order in which they are shown.
    #[serde(default)]
    pub catalogue: Vec<Category>,
    /// What the folder's `services/` defines.
    #[serde(skip)]
    pub services: Vec<Service>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// Hue of the accent, degrees 0–359; lightness and chroma are the product's (contrast).
    pub accent_hue: u16,
}

/// Who helps when the portal cannot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    pub name: Trilingual,
    pub hours: Trilingual,
    pub address: Trilingual,
    /// As shown to people, with spaces.
    pub phone: String,
    pub email: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identifiers {
    /// The number somebody stands under on the roll.
    pub number: NumberProfile,
    pub national_ids: Vec<NationalIdProfile>,
    /// Of whoever is retired, where the roll has it.
    pub pension_number: Option<IdentifierProfile>,
    /// What the roll has besides, of [`Field::FURTHER`].
    #[serde(default)]
    pub further: Vec<Field>,
}

/// The roll's number, and the field people type it into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberProfile {
    /// One of [`Field::NUMBERS`], or the document's number.
    pub field: Field,
    /// See [`crate::pattern`].
    pub pattern: Pattern,
    pub label: Trilingual,
    pub hint: Trilingual,
    pub printed_on: Trilingual,
    pub example: String,
    /// Whether the drawn card and slip show where it is printed.
    #[serde(default)]
    pub pictures: bool,
}

/// One kind of number: how it is written and where it is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentifierProfile {
    /// See [`crate::pattern`].
    pub pattern: Pattern,
    pub label: Trilingual,
    pub hint: Trilingual,
    pub printed_on: Trilingual,
    pub example: String,
}

/// One document that proves who a person is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NationalIdProfile {
    pub kind: NationalIdKind,
    pub pattern: Pattern,
    pub label: Trilingual,
    pub example: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NationalIdKind {
    Cin,
    Passport,
    ResidenceCard,
}

impl NationalIdKind {
    /// As columns and rolls name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cin => "cin",
            Self::Passport => "passport",
            Self::ResidenceCard => "residence_card",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Cin, Self::Passport, Self::ResidenceCard]
            .into_iter()
            .find(|k| k.name() == name)
    }
}

/// How mobile numbers are written in the institution's country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneProfile {
    /// Digits of the country code, `212`.
    pub country_code: String,
    /// What is dialled before a national number, `0`.
    pub trunk: String,
    /// First digits of a mobile's national number, without the trunk.
    pub mobile_prefixes: Vec<String>,
    /// Digits of a national number without the trunk.
    pub length: usize,
    pub example: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    #[serde(default)]
    pub who: Who,
    pub first_claim: FirstClaim,
    /// What a person gives to be found: the roll's number first. All of it matches, or nobody is
    /// found (norm 2). Of an open registration, what finds an account that is recovered with the
    /// office's help: the handle first.
    pub asks: Vec<Asked>,
    /// What a person says of themselves where accounts are open to everybody (S2.1).
    #[serde(default)]
    pub types: Vec<Field>,
    /// Whether an account has a phone from the start.
    #[serde(default)]
    pub needs_phone: bool,
    /// Whether the e-mail address is typed twice.
    #[serde(default)]
    pub email_twice: bool,
    /// The letter with the first code also brings a link that does the same (norm 3).
    #[serde(default)]
    pub activation_link: bool,
    /// Statuses of the roll that may open an account.
    pub eligible: Vec<String>,
}

/// Who opens an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// Whoever stands on the roll, once.
    #[default]
    Roll,
    /// Nobody: whoever stands on the roll has one, and recovers it the first time too (S1.0).
    Nobody,
    /// Everybody: there is no roll, and people say themselves who they are (S2.1).
    Open,
}

/// How an account is recovered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoveryProfile {
    #[serde(default)]
    pub by: RecoverBy,
    /// The address once recorded is typed again: only there, and only if it is the account's, goes
    /// a message (S1.2).
    #[serde(default)]
    pub types_address: bool,
    #[serde(default)]
    pub delivery: RecoveryDelivery,
    /// Domains whose mailboxes open with the portal's own password: taken, with a warning (S1.1).
    #[serde(default)]
    pub same_password: Vec<String>,
}

/// What locates an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecoverBy {
    /// All that finds a person, or a handle.
    #[default]
    Data,
    /// The roll's number, or a handle.
    Number,
    /// A handle alone: what an e-mail address leads to (S2.2).
    Handle,
}

/// What the message of a recovery brings (S1.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecoveryDelivery {
    /// A code for the page that waits for it.
    #[default]
    Code,
    /// A password for one sign-in, which leads to the page where another one is chosen (norm 8).
    TemporaryPassword,
}

/// One of the data that find a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    pub field: Field,
    /// Asked of persons of these statuses alone; of everybody where there are none.
    #[serde(default)]
    pub of: Vec<String>,
}

/// Complaints and assisted recovery (S0.9, S0.12).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComplaintsProfile {
    /// Begins every reference: one to four capital Latin letters.
    pub prefix: String,
    /// Hours between the second officer's consent and the new password, 1–720; long enough that
    /// whoever reads a known address now and then can stop it.
    pub waiting_hours: u32,
}

/// Where the first code of an account goes (norm 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstClaim {
    /// To the address typed; an address on the roll is told, with a "not me" link.
    Declared,
    /// Only to an address on the roll.
    RecordAddress,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInProfile {
    /// Minutes without a request after which a session ends.
    pub idle_minutes: u32,
    /// Days a session lasts on a device that is to be remembered.
    pub keep_days: u32,
    /// The terms are read and accepted after the first sign-in, not while registering (S3.4). A new
    /// version is shown after sign-in everywhere.
    #[serde(default)]
    pub shows_terms: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordProfile {
    /// Characters, at least 8 (ASVS 6.2.1).
    pub min_length: usize,
    /// Kinds of character that must appear; empty where none is required.
    #[serde(default)]
    pub required_kinds: Vec<CharacterKind>,
    /// Words of the institution that a password must not contain.
    #[serde(default)]
    pub own_words: Vec<String>,
    /// Nor the name of the programme, unit or school that the roll has beside a person (S1.4).
    #[serde(default)]
    pub refuses_programme: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CharacterKind {
    Letter,
    Upper,
    Lower,
    Digit,
    Symbol,
}

/// A versioned text that is read and accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermsProfile {
    /// A date, `2026-09-01`: a new version is shown again.
    pub version: String,
    pub sections: Vec<TermsSection>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermsSection {
    pub title: Trilingual,
    pub paragraphs: Vec<Trilingual>,
}

impl Institution {
    /// The field of the roll's number.
    pub const fn number_field(&self) -> Field {
        self.identifiers.number.field
    }

    /// Whether an account is there before anybody asks for one (S1.0).
    pub fn has_accounts_from_roll(&self) -> bool {
        self.registration.who == Who::Nobody
    }

    /// Whether people stand on the roll under their document's number.
    pub fn is_by_document(&self) -> bool {
        self.number_field() == Field::NationalId
    }

    /// Whether people say themselves who they are (S2.1).
    pub fn is_open(&self) -> bool {
        self.registration.who == Who::Open
    }

    /// The fields that find a person, [`Institution::key_field`] first.
    pub fn asks(&self) -> Vec<Field> {
        let asks = self.registration.asks.iter();
        asks.map(|asked| asked.field).collect()
    }

    /// The field under which tries and complaints are counted: the roll's number, or a handle where
    /// there is no roll.
    pub fn key_field(&self) -> Field {
        match self.is_open() {
            true => Field::Handle,
            false => self.number_field(),
        }
    }

    /// What is typed first to open an account: what finds a person, or what they say of themselves.
    pub fn opens_with(&self) -> Vec<Field> {
        match self.is_open() {
            true => self.registration.types.clone(),
            false => self.asks(),
        }
    }
}
