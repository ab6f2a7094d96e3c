//! A person on the roll: names by language, fields of a claim, and whether data are theirs.

use miftah_rules::identifier::NationalId;
use miftah_rules::profile::Institution;
use miftah_rules::{Field, Lang};
use subtle::ConstantTimeEq;

use crate::fault::Fallible;
use crate::id::PersonId;
use crate::model::{Account, Person};
use crate::portal::Portal;

impl Person {
    /// What the roll says in a field of a claim; empty where it says nothing.
    pub(crate) fn value(&self, field: Field) -> String {
        match field {
            Field::StudentNumber => self.student_number.clone(),
            Field::NationalId => self.national_id.clone(),
            Field::BirthDate => self.birth_date.clone(),
            Field::LastNameAr => self.last_name_ar.clone(),
            Field::FirstNameAr => self.first_name_ar.clone(),
            Field::LastNameLatin => self.last_name_latin.clone(),
            Field::FirstNameLatin => self.first_name_latin.clone(),
            Field::Email => self.email.clone().unwrap_or_default(),
            Field::Phone => self.phone.clone().unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// Changes a field of a claim. What kind of document it is, its number tells.
    pub(crate) fn set(&mut self, field: Field, value: &str, institution: &Institution) {
        let value = value.to_owned();
        match field {
            Field::StudentNumber => self.student_number = value,
            Field::NationalId => {
                let documents = &institution.identifiers.national_ids;
                if let Ok(document) = NationalId::parse(&value, documents) {
                    self.national_id_kind = document.kind();
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
            _ => {}
        }
    }

    /// Whether both data are theirs. Takes the same time whichever is not (norm 2).
    pub(crate) fn has(&self, national_id: &str, birth_date: &str) -> bool {
        let same_id = self.national_id.as_bytes().ct_eq(national_id.as_bytes());
        let same_date = self.birth_date.as_bytes().ct_eq(birth_date.as_bytes());
        (same_id & same_date).into()
    }

    /// The first name in the language's script.
    pub fn first_name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ar => &self.first_name_ar,
            Lang::Fr | Lang::En => &self.first_name_latin,
        }
    }

    /// First and last name in the language's script.
    pub fn full_name(&self, lang: Lang) -> String {
        match lang {
            Lang::Ar => format!("{} {}", self.first_name_ar, self.last_name_ar),
            Lang::Fr | Lang::En => format!("{} {}", self.first_name_latin, self.last_name_latin),
        }
    }
}

impl Portal {
    /// The person whose all three data these are, with their account, if they have one. All three
    /// or nobody: which one is wrong is never told, and costs the same (norm 2).
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn locate(
        &self,
        [number, national_id, birth_date]: &[String; 3],
    ) -> Fallible<Option<(Person, Option<Account>)>> {
        let person = self.store.person_by_number(number).await?;
        let nobody = PersonId(String::new());
        let id = person.as_ref().map_or(&nobody, |person| &person.id);
        let account = self.store.account_by_person(id).await?;
        Ok(person
            .filter(|person| person.has(national_id, birth_date))
            .map(|person| (person, account)))
    }
}
