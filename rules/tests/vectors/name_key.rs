use miftah_rules::name_key::name_key;
use serde::Deserialize;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[derive(Deserialize)]
struct Vectors {
    key: Vec<Key>,
    different: Vec<Different>,
}

#[derive(Deserialize)]
struct Key {
    is: String,
    of: Vec<String>,
}

#[derive(Deserialize)]
struct Different {
    names: [String; 2],
}

fn vectors() -> Vectors {
    crate::load(include_str!("../../vectors/name_key.toml"))
}

#[test]
fn spellings_of_one_name_have_one_key() {
    for row in vectors().key {
        for name in row.of {
            assert_eq!(name_key(&name).as_str(), row.is, "{name:?}");
        }
    }
}

#[test]
fn different_names_stay_apart() {
    for Different {
        names: [one, other],
    } in vectors().different
    {
        assert_ne!(name_key(&one), name_key(&other), "{one} {other}");
    }
}
