//! Ways in and ways back: who opens an account and with what, and how it is found again.

use super::super::{FirstClaim, Institution, RecoverBy, RecoveryDelivery};
use super::Checks;
use crate::email::is_domain;
use crate::field::Field;

impl Institution {
    /// What finds a person: the roll's number, then more than one can guess.
    pub(super) fn check_asks(&self, checks: &mut Checks) {
        let asks = &self.registration.asks;
        let first = asks.first();
        checks.ask(
            first.is_some_and(|first| first.field == self.key_field() && first.of.is_empty()),
            "registration.asks",
            "does not begin with the field of identifiers.number, asked of everybody (handle where \
             accounts are \"open\"): write it first",
        );
        let of_all = asks.iter().filter(|asked| asked.of.is_empty()).count();
        checks.ask(
            of_all >= 3,
            "registration.asks",
            "asks too little of somebody: a number and two more are the least that finds a person",
        );
        for (at, asked) in asks.iter().enumerate() {
            let path = format!("registration.asks.{at}");
            let can = match asked.field {
                Field::NationalId | Field::BirthDate | Field::Email | Field::Phone => true,
                Field::PensionNumber => self.identifiers.pension_number.is_some(),
                field => field == self.key_field(),
            };
            checks.ask(
                can,
                &path,
                "is nothing the roll has: write the number's field, national_id, birth_date, email, phone, or \
                 pension_number where identifiers has it",
            );
            let twice = asks.iter().take(at).any(|other| other.field == asked.field);
            checks.ask(!twice, &path, "is asked twice: remove one");
        }
    }

    /// What people say of themselves, where they do.
    pub(super) fn check_types(&self, checks: &mut Checks) {
        const NEEDED: [Field; 6] = [
            Field::LastNameAr,
            Field::FirstNameAr,
            Field::LastNameLatin,
            Field::FirstNameLatin,
            Field::BirthDate,
            Field::NationalId,
        ];
        let types = &self.registration.types;
        let known = |field: &Field| NEEDED.contains(field) || *field == Field::BirthPlace;
        let holds = match self.is_open() {
            true => NEEDED.iter().all(|needed| types.contains(needed)),
            false => types.is_empty(),
        };
        checks.ask(
            holds && types.iter().all(known),
            "registration.types",
            "does not fit registration.who: \"open\" accounts need both names in both scripts, birth_date \
             and national_id (birth_place may be asked too), others type nothing of it",
        );
        for (at, field) in types.iter().enumerate() {
            let twice = types.iter().take(at).any(|other| other == field);
            checks.ask(
                !twice,
                &format!("registration.types.{at}"),
                "is asked twice: remove one",
            );
        }
        checks.ask(
            !self.is_open() || self.registration.first_claim == FirstClaim::Declared,
            "registration.first_claim",
            "is \"record_address\", where accounts are \"open\" and no record is: write \"declared\"",
        );
    }

    /// What locates narrows too, or a code proves at once.
    pub(super) fn check_recovery(&self, checks: &mut Checks) {
        let recovery = &self.recovery;
        checks.ask(
            recovery.by == RecoverBy::Number
                || (!recovery.types_address && recovery.delivery == RecoveryDelivery::Code),
            "recovery.by",
            "is \"data\": types_address and a temporary password go with by = \"number\"",
        );
        let from_roll = self.has_accounts_from_roll();
        checks.ask(
            !from_roll || recovery.by == RecoverBy::Number,
            "recovery.by",
            "is \"data\", where nobody opens an account: the number is what everybody has, write \"number\"",
        );
        checks.ask(
            self.is_open() == (recovery.by == RecoverBy::Handle),
            "recovery.by",
            "does not fit registration.who: \"open\" accounts are found by \"handle\", and they alone",
        );
        for (at, domain) in recovery.same_password.iter().enumerate() {
            checks.ask(
                is_domain(domain),
                &format!("recovery.same_password.{at}"),
                "is no domain: write what stands behind the @, in small letters",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{RecoverBy, Who};
    use super::{FirstClaim, Institution};
    use crate::field::Field;

    fn open() -> Institution {
        let text = include_str!("../../../../institutions/progres/institution.toml");
        toml::from_str(text).unwrap()
    }

    #[track_caller]
    fn wrong(change: impl FnOnce(&mut Institution), paths: &[&str]) {
        let mut institution = open();
        change(&mut institution);
        let met: Vec<_> = institution.mistakes().into_iter().map(|m| m.path).collect();
        assert_eq!(met, paths);
    }

    #[test]
    fn open_accounts_are_held_to_what_fits_them() {
        wrong(|_| {}, &[]);
        wrong(
            |i| {
                i.registration
                    .types
                    .retain(|field| *field != Field::BirthDate);
            },
            &["registration.types"],
        );
        wrong(
            |i| i.registration.types.push(Field::Phone),
            &["registration.types"],
        );
        wrong(
            |i| i.registration.types.push(Field::BirthPlace),
            &["registration.types.7"],
        );
        wrong(
            |i| i.registration.first_claim = FirstClaim::RecordAddress,
            &["registration.first_claim"],
        );
        wrong(|i| i.recovery.by = RecoverBy::Data, &["recovery.by"]);
        wrong(
            |i| i.identifiers.number.field = Field::StudentNumber,
            &["identifiers.number.field"],
        );
        wrong(|i| i.registration.asks.swap(0, 1), &["registration.asks"]);
        wrong(
            |i| i.registration.who = Who::Roll,
            &[
                "identifiers.number.field",
                "registration.asks",
                "registration.asks.0",
                "registration.types",
                "recovery.by",
            ],
        );
    }
}
