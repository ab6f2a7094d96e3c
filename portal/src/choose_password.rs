//! Choosing a password: the same judgement in registration, recovery and the account (norm 4).

use miftah_rules::form::Posted;
use miftah_rules::password::{self, OwnData, PasswordRule};
use miftah_rules::{Field, Lang, Problem, ProblemAt};

use crate::bearer::Bearer;
use crate::portal::Portal;
use crate::ports::Secret;

impl Portal {
    /// Both fields of a new password, judged. The password is in NFC.
    ///
    /// # Errors
    /// One problem for each field: the first rule that failed, or that both differ.
    pub(crate) fn read_new_password(
        &self,
        posted: &Posted,
        own: &OwnData,
    ) -> Result<Secret, Vec<ProblemAt>> {
        let typed = posted.value(Field::Password);
        let again = posted.value(Field::PasswordAgain);
        if typed.is_empty() {
            return Err(vec![Problem::Missing.at(Field::Password)]);
        }
        let is_common = |password: &str| self.hasher.is_common(password);
        let failing = password::failing(typed, &self.institution.password, own, is_common);
        if let Some(problem) = failing.first().copied().map(PasswordRule::problem) {
            return Err(vec![problem.at(Field::Password)]);
        }
        if again.is_empty() {
            return Err(vec![Problem::Missing.at(Field::PasswordAgain)]);
        }
        let normal = password::normalise(typed);
        if normal != password::normalise(again) {
            return Err(vec![Problem::PasswordsDiffer.at(Field::PasswordAgain)]);
        }
        Ok(Secret::new(normal))
    }

    /// What a password must not contain: what is known of its owner, addresses, the institution.
    pub(crate) fn own_data(
        &self,
        bearer: &Bearer,
        emails: &[&str],
        phone: Option<&str>,
    ) -> OwnData {
        let mut own = bearer.own_data();
        if let Bearer::Person(person) = bearer
            && self.institution.password.refuses_programme
        {
            own.add_institution(&person.programme);
        }
        for email in emails {
            if let Ok(email) = miftah_rules::email::Email::parse(email) {
                own.add_email(&email);
            }
        }
        if let Some(Ok(phone)) = phone.map(|p| miftah_rules::phone::Phone::try_from(p.to_owned())) {
            own.add_phone(&phone);
        }
        for word in &self.institution.password.own_words {
            own.add_institution(word);
        }
        for lang in Lang::ALL {
            own.add_institution(self.institution.name.get(lang));
            own.add_institution(self.institution.short_name.get(lang));
        }
        own
    }
}

/// A typed password as it is verified: in NFC, like every stored one.
pub(crate) fn typed_password(posted: &Posted, field: Field) -> Secret {
    Secret::new(password::normalise(posted.value(field)))
}
