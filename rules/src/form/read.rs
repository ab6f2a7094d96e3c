//! Reading one field: what was typed → its normalised value, or the problem it has (S0.3).

use crate::date::Date;
use crate::email::Email;
use crate::field::Field;
use crate::identifier::RollNumber;
use crate::pattern::Pattern;
use crate::person_name::{self, Script};
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
        Field::StudentNumber
        | Field::PayrollNumber
        | Field::UserName
        | Field::FileNumber
        | Field::PensionNumber => brief
            .number_of(field)
            .ok_or(Problem::Shape)?
            .pattern
            .normalise(raw)
            .map_err(|_| Problem::Shape),
        Field::NationalId => brief
            .national_ids
            .iter()
            .find_map(|id| id.pattern.normalise(raw).ok())
            .ok_or(Problem::Shape),
        Field::BirthDate | Field::DocumentExpires => Date::parse_in(raw, brief.hijri)
            .map(|date| date.to_string())
            .map_err(|_| Problem::DateShape),
        Field::Email | Field::EmailAgain => Email::parse(raw)
            .map(|e| e.as_str().to_owned())
            .map_err(|_| Problem::EmailShape),
        Field::Phone => Phone::parse(raw, &brief.phone)
            .map(|phone| phone.as_str().to_owned())
            .map_err(|_| Problem::PhoneShape),
        Field::Code | Field::RobotCode => crate::code::read(raw),
        Field::Terms | Field::Consent => Ok(String::new()),
        Field::LastNameAr | Field::FirstNameAr | Field::FatherNameAr | Field::GrandfatherNameAr => {
            name(raw, Script::Arabic)
        }
        Field::LastNameLatin | Field::FirstNameLatin => name(raw, Script::Latin),
        Field::BirthPlace => place(raw),
        Field::Handle => match read_handle_as(raw, &brief.number.pattern) {
            Handle::Unreadable(_) => Err(Problem::Shape),
            Handle::Email(key) | Handle::Number(key) => Ok(key),
        },
        Field::Reference => Ok(crate::complaint::read_reference(raw)),
        Field::Programme | Field::Year | Field::Status => Ok(crate::text::tidy(raw)),
        Field::Note | Field::Answer => Ok(raw.trim().to_owned()),
        Field::Password
        | Field::PasswordAgain
        | Field::CurrentPassword
        | Field::Channel
        | Field::Keep
        | Field::Verdict
        | Field::Matter
        | Field::IdFront
        | Field::IdBack
        | Field::Slip
        | Field::Reason => Ok(raw.to_owned()),
    }
}

fn name(raw: &str, script: Script) -> Result<String, Problem> {
    person_name::parse(raw, script).map_err(|_| Problem::Shape)
}

/// The longest place of birth, in characters.
const PLACE: usize = 100;

/// A place: in any script, beginning with a letter.
fn place(raw: &str) -> Result<String, Problem> {
    let place = crate::text::tidy(raw);
    let fits =
        place.chars().count() <= PLACE && place.chars().next().is_some_and(char::is_alphabetic);
    if fits { Ok(place) } else { Err(Problem::Shape) }
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
    read_handle_as(raw, &institution.identifiers.number.pattern)
}

fn read_handle_as(raw: &str, number: &Pattern) -> Handle {
    if let Ok(number) = RollNumber::parse(raw, number) {
        return Handle::Number(number.as_str().to_owned());
    }
    match Email::parse(raw) {
        Ok(email) => Handle::Email(email.key()),
        Err(_) => Handle::Unreadable(crate::text::tidy(raw).to_lowercase()),
    }
}
