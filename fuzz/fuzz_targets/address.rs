//! Addresses of pages: paths, queries, ids of journeys, tokens of links.
#![no_main]

use libfuzzer_sys::fuzz_target;
use miftah_portal::key::ServerKey;
use miftah_portal::query::Query;
use miftah_rules::{Lang, Place};

fuzz_target!(|text: &str| {
    if let Some(place) = Place::parse(text) {
        // The path of a place leads to it again.
        assert_eq!(Place::parse(&place.path()), Some(place));
    }
    let query = Query::new(text);
    let _ = (query.journey(), query.from());
    if let Some(then) = query.then() {
        assert!(Place::parse(&then).is_some());
        assert!(!then.starts_with("//"));
    }
    let key = ServerKey::new([7; 32]);
    assert_eq!(key.read_link("not-me", text), None);
    let _ = Lang::from_accept(text);
});
