use miftah_rules::identifier::{NationalId, RollNumber};
use miftah_rules::pattern::{Pattern, ShapeError};
use miftah_rules::profile::{NationalIdKind, NationalIdProfile, Trilingual};
use serde::Deserialize;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[derive(Deserialize)]
struct Vectors {
    number: Pattern,
    documents: Vec<Document>,
    student: Vec<Good>,
    student_bad: Vec<Bad>,
    national: Vec<Good>,
    national_bad: Vec<Bad>,
    as_kind: Vec<Good>,
    as_kind_bad: Vec<Bad>,
}

#[derive(Deserialize)]
struct Document {
    kind: NationalIdKind,
    pattern: Pattern,
}

#[derive(Deserialize)]
struct Good {
    raw: String,
    is: String,
    kind: Option<NationalIdKind>,
    mask: Option<String>,
}

#[derive(Deserialize)]
struct Bad {
    raw: String,
    kind: Option<NationalIdKind>,
    problem: ShapeError,
}

fn vectors() -> (Vectors, Vec<NationalIdProfile>) {
    let vectors: Vectors = crate::load(include_str!("../../vectors/identifier.toml"));
    let documents = vectors.documents.iter().map(|document| NationalIdProfile {
        kind: document.kind,
        pattern: document.pattern.clone(),
        label: Trilingual::default(),
        example: String::new(),
    });
    let documents = documents.collect();
    (vectors, documents)
}

#[test]
fn student_numbers_as_people_type_them() {
    let (vectors, _) = vectors();
    for row in vectors.student {
        let number = RollNumber::parse(&row.raw, &vectors.number).unwrap();
        assert_eq!(number.as_str(), row.is);
        if let Some(mask) = row.mask {
            assert_eq!(number.mask(), mask);
        }
    }
    for row in vectors.student_bad {
        let refusal = RollNumber::parse(&row.raw, &vectors.number);
        assert_eq!(refusal, Err(row.problem), "{:?}", row.raw);
    }
}

#[test]
fn national_ids_are_told_apart_by_shape() {
    let (vectors, documents) = vectors();
    for row in vectors.national {
        let id = NationalId::parse(&row.raw, &documents).unwrap();
        assert_eq!((id.as_str(), Some(id.kind())), (row.is.as_str(), row.kind));
        if let Some(mask) = row.mask {
            assert_eq!(id.mask(), mask);
        }
    }
    for row in vectors.national_bad {
        let refusal = NationalId::parse(&row.raw, &documents);
        assert_eq!(refusal, Err(row.problem), "{:?}", row.raw);
    }
    assert_eq!(NationalId::parse("AB123456", &[]), Err(ShapeError::Empty));
}

#[test]
fn a_named_document_is_read_as_that_document() {
    let (vectors, documents) = vectors();
    for row in vectors.as_kind {
        let kind = row.kind.unwrap();
        let id = NationalId::parse_as(kind, &row.raw, &documents).unwrap();
        assert_eq!((id.as_str(), id.kind()), (row.is.as_str(), kind));
        assert_eq!(
            Ok(id),
            NationalId::parse(&row.raw, &documents),
            "the number decides"
        );
    }
    for row in vectors.as_kind_bad {
        let refusal = NationalId::parse_as(row.kind.unwrap(), &row.raw, &documents);
        assert_eq!(refusal, Err(row.problem), "{:?}", row.raw);
    }
}

#[test]
fn no_number_is_written_to_a_log() {
    let (vectors, documents) = vectors();
    let number = RollNumber::parse("G130123456", &vectors.number).unwrap();
    assert_eq!(format!("{number:?}"), "RollNumber(G•••••••56)");
    let id = NationalId::parse("AB123456", &documents).unwrap();
    assert_eq!(format!("{id:?}"), "NationalId(Cin A•••••56)");
}

#[test]
fn only_normal_text_is_taken_from_a_store() {
    assert!(NationalId::from_stored(NationalIdKind::Cin, "AB123456".to_owned()).is_ok());
    for text in ["", "ab123456", "AB 123456", "AB١٢٣"] {
        assert!(
            NationalId::from_stored(NationalIdKind::Cin, text.to_owned()).is_err(),
            "{text}"
        );
        assert!(RollNumber::try_from(text.to_owned()).is_err(), "{text}");
    }
}
