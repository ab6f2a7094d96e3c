//! What people type into fields: numbers, dates, phones, addresses, handles, passwords.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use miftah_rules::form::{Posted, read, read_handle};
use miftah_rules::profile::{Brief, Institution};
use miftah_rules::{Field, Lang, name_key, password};

static INSTITUTION: LazyLock<Institution> = LazyLock::new(|| {
    toml::from_str(include_str!("../../institutions/fsjes/institution.toml")).unwrap()
});
static BRIEF: LazyLock<Brief> = LazyLock::new(|| INSTITUTION.brief(Lang::Ar));

const FIELDS: [Field; 7] = [
    Field::StudentNumber,
    Field::PensionNumber,
    Field::NationalId,
    Field::BirthDate,
    Field::Email,
    Field::Phone,
    Field::Code,
];

fuzz_target!(|typed: &str| {
    for field in FIELDS {
        if let Ok(value) = read(field, typed, &BRIEF) {
            // What was read is written one way, and reading that changes nothing.
            assert_eq!(read(field, &value, &BRIEF).as_ref(), Ok(&value), "{field:?}");
        }
    }
    let _ = read_handle(typed, &INSTITUTION).key().len();
    let key = name_key::name_key(typed);
    assert_eq!(name_key::name_key(key.as_str()), key);
    let password = password::normalise(typed);
    let mut own = password::OwnData::default();
    own.add_name(typed);
    let _ = password::failing(&password, &BRIEF.password, &own, |_| false);
    let posted = Posted::new(vec![(Field::Handle.name().into(), typed.into())]);
    assert!(posted.value(Field::Handle).chars().count() <= miftah_rules::form::MAX_VALUE);
});
