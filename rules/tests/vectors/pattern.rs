use miftah_rules::pattern::{Pattern, PatternError, ShapeError};
use serde::Deserialize;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[derive(Deserialize)]
struct Vectors {
    ok: Vec<Good>,
    bad: Vec<Bad>,
    example: Vec<Example>,
    mistake: Vec<Mistake>,
}

#[derive(Deserialize)]
struct Good {
    pattern: Pattern,
    raw: String,
    is: String,
}

#[derive(Deserialize)]
struct Bad {
    pattern: Pattern,
    raw: String,
    problem: ShapeError,
}

#[derive(Deserialize)]
struct Example {
    pattern: Pattern,
    is: String,
}

#[derive(Deserialize)]
struct Mistake {
    pattern: String,
    error: PatternError,
}

fn vectors() -> Vectors {
    crate::load(include_str!("../../vectors/pattern.toml"))
}

#[test]
fn typed_numbers_are_written_one_way() {
    for row in vectors().ok {
        assert_eq!(row.pattern.normalise(&row.raw), Ok(row.is), "{:?}", row.raw);
    }
}

#[test]
fn a_refusal_says_what_is_wrong_and_where() {
    for row in vectors().bad {
        assert_eq!(
            row.pattern.normalise(&row.raw),
            Err(row.problem),
            "{:?}",
            row.raw
        );
    }
}

#[test]
fn examples_have_the_shape_they_show() {
    for row in vectors().example {
        assert_eq!(row.pattern.example(), row.is);
        assert_eq!(row.pattern.normalise(&row.is), Ok(row.is.clone()));
    }
}

#[test]
fn mistakes_in_a_profile_name_their_place() {
    for row in vectors().mistake {
        assert_eq!(
            Pattern::parse(&row.pattern),
            Err(row.error),
            "{:?}",
            row.pattern
        );
    }
}

#[test]
fn a_pattern_knows_its_lengths_and_its_keyboard() {
    let cin = Pattern::parse("L{1,2} N D{0,6} <=8").unwrap();
    assert_eq!(
        (cin.shortest(), cin.longest(), cin.is_digits_only()),
        (2, 8, false)
    );
    let nin = Pattern::parse("D{18}").unwrap();
    assert_eq!(
        (nin.shortest(), nin.longest(), nin.is_digits_only()),
        (18, 18, true)
    );
    assert!(Pattern::parse("1 D{9} | 2 D{9}").unwrap().is_digits_only());
}
