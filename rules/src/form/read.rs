//! Reading one field: what was typed → its normalised value, or the problem it has (S0.3).

use crate::date::Date;
use crate::email::Email;
use crate::field::Field;
use crate::identifier::RollNumber;
use crate::phone::Phone;
use crate::problem::Problem;
use crate::profile::{Brief, Institution};

/// Reads a field as the institution writes it.
///
/// # Errors
/// [`Problem::Missing`] when nothing is left of it, else the problem of its kind.
pub fn read(field: Field, raw: &str, brief: &Brief) -> Result<String, Problem> {
    if crate::text::tidy(raw).is_empty() {
        return Err(Problem::Missing);
    }
    match field {
        Field::StudentNumber | Field::PayrollNumber | Field::UserName | Field::PensionNumber => {
            brief
                .number_of(field)
                .ok_or(Problem::Shape)?
                .pattern
                .normalise(raw)
                .map_err(|_| Problem::Shape)
        }
        Field::NationalId => brief
            .national_ids
            .iter()
            .find_map(|id| id.pattern.normalise(raw).ok())
            .ok_or(Problem::Shape),
        Field::BirthDate => Date::parse(raw)
            .map(|date| date.to_string())
            .map_err(|_| Problem::DateShape),
        Field::Email => Email::parse(raw)
            .map(|e| e.as_str().to_owned())
            .map_err(|_| Problem::EmailShape),
        Field::Phone => Phone::parse(raw, &brief.phone)
            .map(|phone| phone.as_str().to_owned())
            .map_err(|_| Problem::PhoneShape),
        Field::Code => crate::code::read(raw),
        Field::Terms | Field::Consent => Ok(String::new()),
        Field::LastNameAr | Field::FirstNameAr | Field::LastNameLatin | Field::FirstNameLatin => {
            name(raw)
        }
        Field::Reference => Ok(crate::complaint::read_reference(raw)),
        Field::Programme | Field::Year | Field::Status => Ok(crate::text::tidy(raw)),
        Field::Note | Field::Answer => Ok(raw.trim().to_owned()),
        Field::Password
        | Field::PasswordAgain
        | Field::CurrentPassword
        | Field::Channel
        | Field::Handle
        | Field::Keep
        | Field::Verdict
        | Field::Matter
        | Field::IdFront
        | Field::IdBack
        | Field::Slip
        | Field::Reason => Ok(raw.to_owned()),
    }
}

/// The longest part of a name, in characters.
const NAME: usize = 80;

/// A part of a name as it is written: in any script, without digits.
fn name(raw: &str) -> Result<String, Problem> {
    let name = crate::text::tidy(raw);
    let fits = name.chars().count() <= NAME
        && name.chars().any(char::is_alphabetic)
        && !name.chars().any(|c| c.is_numeric() || c.is_control());
    if fits { Ok(name) } else { Err(Problem::Shape) }
}

/// What a person signs in with, read. The text inside is the key of the look-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handle {
    Email(String),
    Number(String),
    /// Neither; it is looked up all the same, so that it takes as long (norm 2).
    Unreadable(String),
}

impl Handle {
    pub fn key(&self) -> &str {
        match self {
            Self::Email(key) | Self::Number(key) | Self::Unreadable(key) => key,
        }
    }
}

/// Reads a handle: the roll's number, else an e-mail address. A number may be an address too, and then
/// is no mailbox that an account has.
pub fn read_handle(raw: &str, institution: &Institution) -> Handle {
    if let Ok(number) = RollNumber::parse(raw, &institution.identifiers.number.pattern) {
        return Handle::Number(number.as_str().to_owned());
    }
    match Email::parse(raw) {
        Ok(email) => Handle::Email(email.key()),
        Err(_) => Handle::Unreadable(crate::text::tidy(raw).to_lowercase()),
    }
}
