//! What a profile must say beyond its shape: values that fit each other and the product's limits.

use super::{IdentifierProfile, Institution, TermsProfile, Trilingual};
use crate::date::Date;
use crate::email::Email;
use crate::field::Field;
use crate::pattern::Pattern;
use crate::phone::Phone;

mod ways;

/// What is wrong at one place of a profile, with its remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Keys from the top, `office.email`; an item of a list by its number from 0,
    /// `terms.sections.0.title`.
    pub path: String,
    /// One sentence for whoever writes profiles.
    pub what: String,
}

/// Gathers mistakes; each check adds at most one for its place.
#[derive(Default)]
struct Checks(Vec<Mistake>);

impl Checks {
    fn ask(&mut self, holds: bool, path: &str, what: &str) {
        if !holds {
            self.0.push(Mistake {
                path: path.to_owned(),
                what: what.to_owned(),
            });
        }
    }

    fn within(&mut self, value: u32, least: u32, most: u32, path: &str) {
        self.ask(
            (least..=most).contains(&value),
            path,
            &format!("is {value}: write {least} to {most}"),
        );
    }

    /// A text in all languages.
    fn said(&mut self, text: &Trilingual, path: &str) {
        for (lang, words) in [("ar", &text.ar), ("fr", &text.fr), ("en", &text.en)] {
            self.ask(
                !words.trim().is_empty(),
                &format!("{path}.{lang}"),
                "is empty: write the text",
            );
        }
    }

    fn example(&mut self, pattern: &Pattern, example: &str, path: &str) {
        let fits = pattern.normalise(example);
        self.ask(
            fits.as_deref() == Ok(example),
            &format!("{path}.example"),
            "is not a number of this pattern, as it is kept: capital letters, no spaces",
        );
    }

    fn identifier(&mut self, number: &IdentifierProfile, path: &str) {
        self.said(&number.label, &format!("{path}.label"));
        self.said(&number.hint, &format!("{path}.hint"));
        self.said(&number.printed_on, &format!("{path}.printed_on"));
        self.example(&number.pattern, &number.example, path);
    }

    fn terms(&mut self, terms: &TermsProfile, path: &str) {
        let dated = Date::parse(&terms.version).is_ok_and(|date| date.to_string() == terms.version);
        self.ask(
            dated,
            &format!("{path}.version"),
            "is no date: write the day the text was agreed on, like \"2026-09-01\"",
        );
        self.ask(
            !terms.sections.is_empty(),
            path,
            "has no section: write what people accept",
        );
        for (at, section) in terms.sections.iter().enumerate() {
            self.said(&section.title, &format!("{path}.sections.{at}.title"));
            for (n, paragraph) in section.paragraphs.iter().enumerate() {
                self.said(paragraph, &format!("{path}.sections.{at}.paragraphs.{n}"));
            }
        }
    }
}

impl Institution {
    /// What is wrong in it, in the order of the file.
    pub fn mistakes(&self) -> Vec<Mistake> {
        let mut checks = Checks::default();
        self.check_names(&mut checks);
        self.check_numbers(&mut checks);
        self.check_rules(&mut checks);
        checks.terms(&self.terms, "terms");
        checks.terms(&self.privacy, "privacy");
        checks.0
    }

    fn check_names(&self, checks: &mut Checks) {
        let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        checks.ask(
            !self.id.is_empty() && self.id.chars().all(is_id),
            "id",
            "is no name of a folder: write small Latin letters, digits and '-'",
        );
        checks.ask(
            self.country.len() == 2 && self.country.chars().all(|c| c.is_ascii_uppercase()),
            "country",
            "is no country: write its two letters (ISO 3166-1), like \"MA\"",
        );
        checks.ask(
            (-12 * 60..=14 * 60).contains(&self.utc_offset_minutes),
            "utc_offset_minutes",
            "is no time zone: write minutes east of UTC, -720 to 840",
        );
        checks.said(&self.name, "name");
        checks.said(&self.short_name, "short_name");
        for (lang, name) in [
            ("ar", &self.short_name.ar),
            ("fr", &self.short_name.fr),
            ("en", &self.short_name.en),
        ] {
            checks.ask(
                name.chars().count() <= 12,
                &format!("short_name.{lang}"),
                "is too long: it opens every SMS, write at most 12 characters",
            );
            checks.ask(
                lang == "ar" || name.is_ascii(),
                &format!("short_name.{lang}"),
                "has letters that no SMS of 160 characters has: write Latin letters without accents",
            );
        }
        checks.ask(
            self.look.accent_hue < 360,
            "look.accent_hue",
            "is no hue: write degrees, 0 to 359",
        );
        checks.said(&self.office.name, "office.name");
        checks.said(&self.office.hours, "office.hours");
        checks.said(&self.office.address, "office.address");
        checks.ask(
            Email::parse(&self.office.email).is_ok(),
            "office.email",
            "is no e-mail address: letters are sent from it",
        );
        checks.ask(
            !self.office.phone.trim().is_empty() && self.office.phone.chars().count() <= 20,
            "office.phone",
            "is no phone number: write it as people read it, at most 20 characters",
        );
    }

    fn check_numbers(&self, checks: &mut Checks) {
        let number = &self.identifiers.number;
        checks.ask(
            Field::NUMBERS.contains(&number.field) || self.is_by_document(),
            "identifiers.number.field",
            "is no number of a roll: write \"student_number\", \"payroll_number\", \"user_name\", \"file_number\" or \"national_id\"",
        );
        checks.ask(
            (number.field == Field::FileNumber) == self.is_open(),
            "identifiers.number.field",
            "does not fit registration.who: a file_number is given by the portal where accounts are \
             \"open\", and there alone",
        );
        checks.ask(
            (number.field == Field::UserName) == number.pattern.is_of_mailboxes(),
            "identifiers.number.pattern",
            "does not fit its field: a user_name is an address, written @example.org, and nothing else is",
        );
        checks.said(&number.label, "identifiers.number.label");
        checks.said(&number.hint, "identifiers.number.hint");
        checks.said(&number.printed_on, "identifiers.number.printed_on");
        checks.example(&number.pattern, &number.example, "identifiers.number");
        checks.ask(
            self.identifiers.further.iter().all(|field| Field::FURTHER.contains(field)),
            "identifiers.further",
            "is nothing a roll has besides: write father_name_ar, grandfather_name_ar, document_expires",
        );
        if let Some(pension) = &self.identifiers.pension_number {
            checks.identifier(pension, "identifiers.pension_number");
        }
        checks.ask(
            !self.identifiers.national_ids.is_empty(),
            "identifiers.national_ids",
            "is empty: name at least one document that says who a person is",
        );
        for (at, id) in self.identifiers.national_ids.iter().enumerate() {
            let path = format!("identifiers.national_ids.{at}");
            checks.said(&id.label, &format!("{path}.label"));
            checks.example(&id.pattern, &id.example, &path);
        }
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        let code = &self.phone.country_code;
        checks.ask(
            !code.is_empty() && code.len() <= 3 && digits(code),
            "phone.country_code",
            "is no country code: write its digits without plus, like \"212\"",
        );
        checks.ask(
            digits(&self.phone.trunk),
            "phone.trunk",
            "is no trunk prefix: write the digits dialled before a national number, or nothing",
        );
        checks.ask(
            Phone::parse(&self.phone.example, &self.phone).is_ok(),
            "phone.example",
            "is no mobile number by the rules above it",
        );
    }

    fn check_rules(&self, checks: &mut Checks) {
        checks.ask(
            !self.registration.eligible.is_empty(),
            "registration.eligible",
            "is empty: nobody could open an account; write statuses of the roll",
        );
        self.check_asks(checks);
        self.check_types(checks);
        self.check_recovery(checks);
        let prefix = &self.complaints.prefix;
        checks.ask(
            (1..=4).contains(&prefix.len()) && prefix.chars().all(|c| c.is_ascii_uppercase()),
            "complaints.prefix",
            "is no prefix: write one to four capital Latin letters",
        );
        checks.within(
            self.complaints.waiting_hours,
            1,
            720,
            "complaints.waiting_hours",
        );
        checks.within(self.sign_in.idle_minutes, 5, 1440, "sign_in.idle_minutes");
        checks.within(self.sign_in.keep_days, 1, 365, "sign_in.keep_days");
        let least = u32::try_from(self.password.min_length).unwrap_or(u32::MAX);
        checks.within(least, 8, 64, "password.min_length");
    }
}

#[cfg(test)]
mod tests {
    use super::Institution;

    fn faculty() -> Institution {
        toml::from_str(include_str!(
            "../../../../institutions/fsjes/institution.toml"
        ))
        .unwrap()
    }

    #[track_caller]
    fn wrong(change: impl FnOnce(&mut Institution), path: &str) {
        let mut institution = faculty();
        change(&mut institution);
        let paths: Vec<_> = institution.mistakes().into_iter().map(|m| m.path).collect();
        assert_eq!(paths, [path]);
    }

    #[test]
    fn the_faculty_is_sound() {
        assert_eq!(faculty().mistakes(), []);
    }

    #[test]
    fn each_mistake_is_named_by_its_place() {
        wrong(|i| i.id = "Fsjes".into(), "id");
        wrong(|i| i.country = "Maroc".into(), "country");
        wrong(|i| i.utc_offset_minutes = 3600, "utc_offset_minutes");
        wrong(|i| i.name.en.clear(), "name.en");
        wrong(
            |i| i.short_name.fr = "A name too long".into(),
            "short_name.fr",
        );
        wrong(|i| i.short_name.fr = "Faculté".into(), "short_name.fr");
        wrong(|i| i.look.accent_hue = 360, "look.accent_hue");
        wrong(|i| i.office.email = "office".into(), "office.email");
        wrong(|i| i.office.phone.clear(), "office.phone");
        wrong(
            |i| i.identifiers.number.example = "R13".into(),
            "identifiers.number.example",
        );
        wrong(
            |i| i.identifiers.number.example = "r130012345".into(),
            "identifiers.number.example",
        );
        wrong(
            |i| i.identifiers.national_ids.clear(),
            "identifiers.national_ids",
        );
        wrong(
            |i| {
                i.identifiers.number.field = crate::Field::Email;
                i.registration.asks[0].field = crate::Field::Email;
            },
            "identifiers.number.field",
        );
        wrong(|i| i.registration.asks.truncate(2), "registration.asks");
        wrong(|i| i.registration.asks.swap(0, 1), "registration.asks");
        wrong(
            |i| {
                let again = i.registration.asks[1].clone();
                i.registration.asks.push(again);
            },
            "registration.asks.3",
        );
        wrong(
            |i| i.registration.asks[2].field = crate::Field::PensionNumber,
            "registration.asks.2",
        );
        wrong(
            |i| i.phone.country_code = "+212".into(),
            "phone.country_code",
        );
        wrong(|i| i.phone.example = "0512345678".into(), "phone.example");
        wrong(|i| i.registration.eligible.clear(), "registration.eligible");
        wrong(
            |i| i.complaints.prefix = "faculty".into(),
            "complaints.prefix",
        );
        wrong(
            |i| i.complaints.waiting_hours = 0,
            "complaints.waiting_hours",
        );
        wrong(|i| i.sign_in.idle_minutes = 1, "sign_in.idle_minutes");
        wrong(|i| i.password.min_length = 6, "password.min_length");
        wrong(|i| i.terms.version = "1".into(), "terms.version");
        wrong(|i| i.privacy.sections.clear(), "privacy");
        wrong(
            |i| i.terms.sections[1].paragraphs[0].ar = " ".into(),
            "terms.sections.1.paragraphs.0.ar",
        );
    }
}
