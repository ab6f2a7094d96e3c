use std::collections::BTreeMap;

use miftah_rules::phone::{Operator, Phone, PhoneError};
use miftah_rules::profile::PhoneProfile;
use serde::Deserialize;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[derive(Deserialize)]
struct Vectors {
    country: BTreeMap<String, PhoneProfile>,
    ok: Vec<Good>,
    bad: Vec<Bad>,
    stored: Vec<Stored>,
    not_e164: Vec<NotE164>,
    operator: Vec<Listed>,
}

#[derive(Deserialize)]
struct Good {
    r#in: String,
    raw: String,
    is: String,
    mask: Option<String>,
    spaced: Option<String>,
}

#[derive(Deserialize)]
struct Bad {
    r#in: String,
    raw: String,
    problem: PhoneError,
}

#[derive(Deserialize)]
struct Stored {
    e164: Phone,
    mask: String,
    spaced: String,
}

#[derive(Deserialize)]
struct NotE164 {
    text: String,
}

#[derive(Deserialize)]
struct Listed {
    e164: Phone,
    is: Option<String>,
}

fn vectors() -> Vectors {
    crate::load(include_str!("../../vectors/phone.toml"))
}

#[test]
fn numbers_as_people_type_them() {
    let vectors = vectors();
    for row in vectors.ok {
        let phone = Phone::parse(&row.raw, &vectors.country[&row.r#in]);
        let phone = phone.unwrap_or_else(|error| panic!("{:?}: {error:?}", row.raw));
        assert_eq!(phone.as_str(), row.is, "{:?}", row.raw);
        if let Some(mask) = row.mask {
            assert_eq!(phone.mask(), mask);
        }
        if let Some(spaced) = row.spaced {
            assert_eq!(phone.spaced(), spaced);
        }
    }
    for row in vectors.bad {
        let refusal = Phone::parse(&row.raw, &vectors.country[&row.r#in]);
        assert_eq!(refusal, Err(row.problem), "{:?}", row.raw);
    }
}

#[test]
fn an_example_of_a_country_is_a_number_of_it() {
    for (country, rules) in vectors().country {
        assert!(Phone::parse(&rules.example, &rules).is_ok(), "{country}");
    }
}

#[test]
fn stored_numbers_of_any_country_show_alike() {
    let vectors = vectors();
    for row in vectors.stored {
        assert_eq!(row.e164.mask(), row.mask);
        assert_eq!(row.e164.spaced(), row.spaced);
        assert_eq!(
            format!("{:?}", row.e164),
            format!("Phone({})", row.mask),
            "as logs show it"
        );
    }
    for row in vectors.not_e164 {
        assert!(Phone::try_from(row.text.clone()).is_err(), "{}", row.text);
    }
}

#[test]
fn operators_are_found_by_prefix() {
    let operator = |name: &str, prefixes: &[&str]| Operator {
        name: name.to_owned(),
        prefixes: prefixes.iter().map(|&prefix| prefix.to_owned()).collect(),
    };
    let operators = [operator("one", &["661", "662"]), operator("two", &["77"])];
    for row in vectors().operator {
        let found = row
            .e164
            .operator(&operators)
            .map(|operator| operator.name.clone());
        assert_eq!(found, row.is, "{}", row.e164.as_str());
    }
}
