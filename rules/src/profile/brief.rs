//! The institution as the browser needs it: in one language, without what is the server's alone.

use serde::{Deserialize, Serialize};

use super::{
    IdentifierProfile, Institution, PasswordProfile, PhoneProfile, RecoveryProfile, RobotProfile,
};
use crate::field::Field;
use crate::lang::Lang;
use crate::pattern::Pattern;
use crate::service::Service;

/// What the browser needs of the institution, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    pub id: String,
    pub name: String,
    pub short_name: String,
    pub accent_hue: u16,
    pub office: OfficeBrief,
    pub number: IdentifierBrief,
    pub pension_number: Option<IdentifierBrief>,
    /// What finds a person, the number first.
    pub asks: Vec<AskedBrief>,
    /// What people say of themselves where accounts are open to everybody; else nothing.
    pub types: Vec<Field>,
    pub needs_phone: bool,
    pub email_twice: bool,
    /// Whether dates are also written in the Hijri calendar.
    pub hijri: bool,
    /// Whether a link comes beside the first code.
    pub activation_link: bool,
    /// Whether the terms are accepted while registering.
    pub asks_terms: bool,
    /// Whether pictures show where the number is printed.
    pub pictures: bool,
    pub national_ids: Vec<NationalIdBrief>,
    pub phone: PhoneProfile,
    /// Whether there is a catalogue of services.
    pub services: bool,
    /// Whether people open accounts here.
    pub registers: bool,
    pub recovery: RecoveryProfile,
    pub robot: RobotProfile,
    pub password: PasswordProfile,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeBrief {
    pub name: String,
    pub hours: String,
    pub address: String,
    pub phone: String,
    pub email: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedBrief {
    pub field: Field,
    /// Not everybody has it.
    pub optional: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentifierBrief {
    pub field: Field,
    pub pattern: Pattern,
    pub label: String,
    pub hint: String,
    pub printed_on: String,
    pub example: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NationalIdBrief {
    pub pattern: Pattern,
    pub label: String,
    pub example: String,
}

impl IdentifierProfile {
    fn brief(&self, field: Field, lang: Lang) -> IdentifierBrief {
        IdentifierBrief {
            field,
            pattern: self.pattern.clone(),
            label: self.label.get(lang).to_owned(),
            hint: self.hint.get(lang).to_owned(),
            printed_on: self.printed_on.get(lang).to_owned(),
            example: self.example.clone(),
        }
    }
}

impl Brief {
    /// The number that is typed into a field, if it is one of the roll's.
    pub fn number_of(&self, field: Field) -> Option<&IdentifierBrief> {
        std::iter::once(&self.number)
            .chain(&self.pension_number)
            .find(|number| number.field == field)
    }

    /// The fields that find a person, the number first.
    pub fn asked(&self) -> Vec<Field> {
        self.asks.iter().map(|asked| asked.field).collect()
    }

    /// Whether people say themselves who they are (S2.1).
    pub fn is_open(&self) -> bool {
        !self.types.is_empty()
    }

    /// As [`Institution::opens_with`].
    pub fn opens_with(&self) -> Vec<Field> {
        match self.is_open() {
            true => self.types.clone(),
            false => self.asked(),
        }
    }
}

impl Institution {
    /// The institution as a page in `lang` needs it.
    pub fn brief(&self, lang: Lang) -> Brief {
        let number = &self.identifiers.number;
        Brief {
            id: self.id.clone(),
            name: self.name.get(lang).to_owned(),
            short_name: self.short_name.get(lang).to_owned(),
            accent_hue: self.look.accent_hue,
            office: OfficeBrief {
                name: self.office.name.get(lang).to_owned(),
                hours: self.office.hours.get(lang).to_owned(),
                address: self.office.address.get(lang).to_owned(),
                phone: self.office.phone.clone(),
                email: self.office.email.clone(),
            },
            number: IdentifierBrief {
                field: number.field,
                pattern: number.pattern.clone(),
                label: number.label.get(lang).to_owned(),
                hint: number.hint.get(lang).to_owned(),
                printed_on: number.printed_on.get(lang).to_owned(),
                example: number.example.clone(),
            },
            pension_number: self
                .identifiers
                .pension_number
                .as_ref()
                .map(|number| number.brief(Field::PensionNumber, lang)),
            asks: self
                .registration
                .asks
                .iter()
                .map(|asked| AskedBrief {
                    field: asked.field,
                    optional: !asked.of.is_empty(),
                })
                .collect(),
            types: self.registration.types.clone(),
            needs_phone: self.registration.needs_phone,
            email_twice: self.registration.email_twice,
            hijri: self.hijri,
            activation_link: self.registration.activation_link,
            asks_terms: !self.sign_in.shows_terms,
            pictures: number.pictures,
            national_ids: self
                .identifiers
                .national_ids
                .iter()
                .map(|id| NationalIdBrief {
                    pattern: id.pattern.clone(),
                    label: id.label.get(lang).to_owned(),
                    example: id.example.clone(),
                })
                .collect(),
            phone: self.phone.clone(),
            services: self.services.iter().any(Service::is_seen),
            registers: !self.has_accounts_from_roll(),
            recovery: self.recovery.clone(),
            robot: self.robot.clone(),
            password: self.password.clone(),
        }
    }
}
