use miftah_rules::text;
use serde::Deserialize;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[derive(Deserialize)]
struct Vectors {
    tidy: Vec<Row>,
    unspaced: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    raw: String,
    is: String,
}

#[test]
fn what_is_pasted_becomes_plain() {
    let vectors: Vectors = crate::load(include_str!("../../vectors/text.toml"));
    for row in vectors.tidy {
        assert_eq!(text::tidy(&row.raw), row.is, "{:?}", row.raw);
    }
    for row in vectors.unspaced {
        assert_eq!(text::tidy_unspaced(&row.raw), row.is, "{:?}", row.raw);
    }
}

#[test]
fn exactly_the_marks_of_the_norm_are_stripped() {
    let listed = [
        0x200B..=0x200F,
        0x202A..=0x202E,
        0x2060..=0x2064,
        0x2066..=0x2069,
        0x061C..=0x061C,
        0xFEFF..=0xFEFF,
        0x00AD..=0x00AD,
    ];
    for c in (0..=0xFFFF).filter_map(char::from_u32) {
        let wanted = listed.iter().any(|range| range.contains(&u32::from(c)));
        assert_eq!(text::is_invisible(c), wanted, "{c:?}");
    }
}
