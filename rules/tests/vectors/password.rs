use std::collections::BTreeMap;

use miftah_rules::date::Date;
use miftah_rules::email::Email;
use miftah_rules::password::{self, OwnData, PasswordRule};
use miftah_rules::phone::Phone;
use miftah_rules::profile::PasswordProfile;
use serde::Deserialize;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[derive(Deserialize)]
struct Vectors {
    profile: BTreeMap<String, PasswordProfile>,
    own: BTreeMap<String, Own>,
    case: Vec<Case>,
    meter: Vec<MeterRow>,
}

#[derive(Default, Deserialize)]
struct Own {
    names: Vec<String>,
    numbers: Vec<String>,
    email: Option<Email>,
    phone: Option<Phone>,
    birth_date: Option<Date>,
}

#[derive(Deserialize)]
struct Case {
    profile: Option<String>,
    own: Option<String>,
    password: String,
    repeat: Option<usize>,
    failing: Vec<PasswordRule>,
}

#[derive(Deserialize)]
struct MeterRow {
    password: String,
    own: Option<String>,
    step: u8,
    missing: usize,
}

impl Vectors {
    fn profile(&self, name: Option<&str>) -> PasswordProfile {
        let plain = PasswordProfile {
            min_length: 8,
            required_kinds: vec![],
            own_words: vec![],
            refuses_programme: false,
        };
        name.map_or(plain, |name| self.profile[name].clone())
    }

    fn own(&self, name: Option<&str>) -> OwnData {
        let mut data = OwnData::default();
        let Some(own) = name.map(|name| &self.own[name]) else {
            return data;
        };
        own.names.iter().for_each(|name| data.add_name(name));
        own.numbers
            .iter()
            .for_each(|number| data.add_number(number));
        own.email.iter().for_each(|email| data.add_email(email));
        own.phone.iter().for_each(|phone| data.add_phone(phone));
        own.birth_date
            .iter()
            .for_each(|date| data.add_birth_date(*date));
        data
    }
}

fn vectors() -> Vectors {
    crate::load(include_str!("../../vectors/password.toml"))
}

fn is_common(password: &str) -> bool {
    ["azerty2024", "password1"].contains(&password)
}

#[test]
fn every_failing_rule_is_told() {
    let vectors = vectors();
    for row in &vectors.case {
        let profile = vectors.profile(row.profile.as_deref());
        let own = vectors.own(row.own.as_deref());
        let password = row.password.repeat(row.repeat.unwrap_or(1));
        let failing = password::failing(&password, &profile, &own, is_common);
        assert_eq!(failing, row.failing, "{password:?}");
    }
}

#[test]
fn the_meter_goes_by_length_kinds_and_repetition() {
    let vectors = vectors();
    for row in &vectors.meter {
        let own = vectors.own(row.own.as_deref());
        // Length is judged by the meter itself: an empty field is no broken rule here.
        let mut failing = password::failing(&row.password, &vectors.profile(None), &own, is_common);
        failing.retain(|rule| *rule != PasswordRule::TooShort);
        let meter = password::measure(&row.password, &failing);
        assert_eq!(
            (meter.strength.step(), meter.missing),
            (row.step, row.missing),
            "{:?}",
            row.password
        );
    }
}

#[test]
fn two_keyboards_one_password() {
    assert_eq!(
        password::normalise("cafe\u{0301}"),
        password::normalise("caf\u{00E9}")
    );
    assert_eq!(password::length("cafe\u{0301}"), 4);
    assert_ne!(
        password::normalise("pass\u{200F}word"),
        "password",
        "never tidied"
    );
}
