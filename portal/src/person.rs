//! A person on the roll: names by language, fields of a claim.

use std::collections::BTreeMap;

use miftah_rules::identifier::NationalId;
use miftah_rules::profile::{Institution, NationalIdKind};
use miftah_rules::{Field, Lang};

use crate::id::PersonId;
use crate::model::Person;

impl Person {
    /// Somebody of whom nothing is known yet but a status.
    pub(crate) const fn blank(id: PersonId, status: String) -> Self {
        Self {
            id,
            number: String::new(),
            national_id_kind: NationalIdKind::Cin,
            national_id: String::new(),
            last_name_ar: String::new(),
            first_name_ar: String::new(),
            last_name_latin: String::new(),
            first_name_latin: String::new(),
            birth_date: String::new(),
            pension_number: None,
            email: None,
            phone: None,
            programme: String::new(),
            year: String::new(),
            status,
            further: BTreeMap::new(),
        }
    }

    /// What the roll says in a field of a claim; empty where it says nothing.
    pub(crate) fn value(&self, field: Field) -> String {
        match field {
            Field::StudentNumber | Field::PayrollNumber | Field::UserName | Field::FileNumber => {
                self.number.clone()
            }
            Field::PensionNumber => self.pension_number.clone().unwrap_or_default(),
            Field::NationalId => self.national_id.clone(),
            Field::BirthDate => self.birth_date.clone(),
            Field::LastNameAr => self.last_name_ar.clone(),
            Field::FirstNameAr => self.first_name_ar.clone(),
            Field::LastNameLatin => self.last_name_latin.clone(),
            Field::FirstNameLatin => self.first_name_latin.clone(),
            Field::Email => self.email.clone().unwrap_or_default(),
            Field::Phone => self.phone.clone().unwrap_or_default(),
            field => self.further.get(&field).cloned().unwrap_or_default(),
        }
    }

    /// Changes a field of a claim. What kind of document it is, its number tells.
    pub(crate) fn set(&mut self, field: Field, value: &str, institution: &Institution) {
        let value = value.to_owned();
        match field {
            Field::StudentNumber | Field::PayrollNumber | Field::UserName | Field::FileNumber => {
                self.number = value;
            }
            Field::PensionNumber => {
                self.pension_number = Some(value).filter(|value| !value.is_empty());
            }
            Field::NationalId => {
                let documents = &institution.identifiers.national_ids;
                if let Ok(document) = NationalId::parse(&value, documents) {
                    self.national_id_kind = document.kind();
                }
                if institution.is_by_document() {
                    self.number.clone_from(&value);
                }
                self.national_id = value;
            }
            Field::BirthDate => self.birth_date = value,
            Field::LastNameAr => self.last_name_ar = value,
            Field::FirstNameAr => self.first_name_ar = value,
            Field::LastNameLatin => self.last_name_latin = value,
            Field::FirstNameLatin => self.first_name_latin = value,
            Field::Email => self.email = Some(value),
            Field::Phone => self.phone = Some(value),
            Field::BirthPlace if value.is_empty() => {
                self.further.remove(&field);
            }
            Field::BirthPlace => {
                self.further.insert(field, value);
            }
            _ => {}
        }
    }

    /// The first name in the language's script.
    pub fn first_name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ar => &self.first_name_ar,
            Lang::Fr | Lang::En => &self.first_name_latin,
        }
    }

    /// The Arabic name in all its parts: four where the roll has them (S4.3).
    fn name_ar(&self) -> String {
        let part = |field| self.further.get(&field).map_or("", String::as_str);
        let parts = [
            &self.first_name_ar,
            part(Field::FatherNameAr),
            part(Field::GrandfatherNameAr),
            &self.last_name_ar,
        ];
        let said = parts.into_iter().filter(|part| !part.is_empty());
        said.collect::<Vec<_>>().join(" ")
    }

    /// First and last name in the language's script.
    pub fn full_name(&self, lang: Lang) -> String {
        match lang {
            Lang::Ar => self.name_ar(),
            Lang::Fr | Lang::En => format!("{} {}", self.first_name_latin, self.last_name_latin),
        }
    }
}
