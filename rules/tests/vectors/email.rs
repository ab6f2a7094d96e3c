use miftah_rules::email::{Email, EmailError};
use serde::Deserialize;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[derive(Deserialize)]
struct Vectors {
    ok: Vec<Good>,
    bad: Vec<Bad>,
    suggest: Vec<Suggest>,
}

#[derive(Deserialize)]
struct Good {
    raw: String,
    is: String,
    key: Option<String>,
    mask: Option<String>,
}

#[derive(Deserialize)]
struct Bad {
    raw: String,
    problem: EmailError,
}

#[derive(Deserialize)]
struct Suggest {
    typed: Email,
    #[serde(default)]
    own: Vec<String>,
    is: Option<String>,
}

fn vectors() -> Vectors {
    crate::load(include_str!("../../vectors/email.toml"))
}

#[test]
fn addresses_as_people_type_them() {
    let vectors = vectors();
    for row in vectors.ok {
        let email = Email::parse(&row.raw).unwrap_or_else(|e| panic!("{:?}: {e}", row.raw));
        assert_eq!(email.as_str(), row.is);
        if let Some(key) = row.key {
            assert_eq!(email.key(), key);
        }
        if let Some(mask) = row.mask {
            assert_eq!(email.mask(), mask);
            assert_eq!(
                format!("{email:?}"),
                format!("Email({mask})"),
                "as logs show it"
            );
        }
    }
    for row in vectors.bad {
        assert_eq!(Email::parse(&row.raw), Err(row.problem), "{:?}", row.raw);
    }
}

#[test]
fn whole_addresses_are_at_most_254_characters() {
    let label = "a".repeat(60);
    let address = |last: usize| format!("x@{label}.{label}.{label}.{}.ma", "b".repeat(last));
    assert_eq!(address(63).len(), 251);
    assert!(Email::parse(&address(63)).is_ok());
    let longer = address(63).replace("x@", "xyz12@");
    assert_eq!(longer.len(), 255);
    assert_eq!(Email::parse(&longer), Err(EmailError::TooLong));
    assert!(Email::parse(&longer.replace("xyz12@", "xyz1@")).is_ok());
}

#[test]
fn slips_in_known_domains_are_asked_about() {
    for row in vectors().suggest {
        let own: Vec<&str> = row.own.iter().map(String::as_str).collect();
        let meant = row
            .typed
            .suggestion(&own)
            .map(|email| email.as_str().to_owned());
        assert_eq!(meant, row.is, "{}", row.typed.as_str());
    }
}
