use miftah_rules::Problem;
use miftah_rules::code::{CODE_LETTERS, read};
use serde::Deserialize;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[derive(Deserialize)]
struct Vectors {
    ok: Vec<Good>,
    bad: Vec<Bad>,
}

#[derive(Deserialize)]
struct Good {
    raw: String,
    is: String,
}

#[derive(Deserialize)]
struct Bad {
    raw: String,
    problem: Problem,
}

#[test]
fn codes_as_people_paste_them() {
    let vectors: Vectors = crate::load(include_str!("../../vectors/code.toml"));
    for row in vectors.ok {
        assert_eq!(read(&row.raw), Ok(row.is), "{:?}", row.raw);
    }
    for row in vectors.bad {
        assert_eq!(read(&row.raw), Err(row.problem), "{:?}", row.raw);
    }
}

#[test]
fn no_letter_of_a_code_looks_like_another_or_like_a_digit() {
    for confusing in b"AEIOULl0123456789" {
        assert!(!CODE_LETTERS.contains(confusing));
    }
}
