//! Reading one field: what was typed → its normalised value, or the problem it has (S0.3).

use crate::date::Date;
use crate::email::Email;
use crate::field::Field;
use crate::identifier::StudentNumber;
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
        Field::StudentNumber => brief
            .student_number
            .pattern
            .normalise(raw)
            .map_err(|_| Problem::Shape),
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
        Field::Password
        | Field::PasswordAgain
        | Field::CurrentPassword
        | Field::Channel
        | Field::Handle
        | Field::Keep
        | Field::Verdict => Ok(raw.to_owned()),
    }
}

/// What a person signs in with, read. The text inside is the key of the look-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handle {
    Email(String),
    StudentNumber(String),
    /// Neither; it is looked up all the same, so that it takes as long (norm 2).
    Unreadable(String),
}

impl Handle {
    pub fn key(&self) -> &str {
        match self {
            Self::Email(key) | Self::StudentNumber(key) | Self::Unreadable(key) => key,
        }
    }
}

/// Reads a handle: an e-mail address when there is an `@`, else a student number.
pub fn read_handle(raw: &str, institution: &Institution) -> Handle {
    if let Ok(email) = Email::parse(raw) {
        return Handle::Email(email.key());
    }
    match StudentNumber::parse(raw, &institution.identifiers.student_number.pattern) {
        Ok(number) => Handle::StudentNumber(number.as_str().to_owned()),
        Err(_) => Handle::Unreadable(crate::text::tidy(raw).to_lowercase()),
    }
}
