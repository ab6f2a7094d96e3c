//! The institution as the browser needs it: in one language, without what is the server's alone.

use serde::{Deserialize, Serialize};

use super::{Institution, PasswordProfile, PhoneProfile};
use crate::lang::Lang;
use crate::pattern::Pattern;

/// What the browser needs of the institution, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    pub id: String,
    pub name: String,
    pub short_name: String,
    pub accent_hue: u16,
    pub office: OfficeBrief,
    pub student_number: IdentifierBrief,
    pub national_ids: Vec<NationalIdBrief>,
    pub phone: PhoneProfile,
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
pub struct IdentifierBrief {
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

impl Institution {
    /// The institution as a page in `lang` needs it.
    pub fn brief(&self, lang: Lang) -> Brief {
        let number = &self.identifiers.student_number;
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
            student_number: IdentifierBrief {
                pattern: number.pattern.clone(),
                label: number.label.get(lang).to_owned(),
                hint: number.hint.get(lang).to_owned(),
                printed_on: number.printed_on.get(lang).to_owned(),
                example: number.example.clone(),
            },
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
            password: self.password.clone(),
        }
    }
}
