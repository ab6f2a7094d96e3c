//! What an import is measured against: the same people, row by row into the same tables.

use std::time::Instant;

use miftah_portal::id::PersonId;
use miftah_portal::model::Person;
use miftah_rules::profile::NationalIdKind;
use serde_json::json;

use crate::Outcome;
use crate::words::Words;

/// `--database URL --roll FILE`
///
/// # Errors
/// The file cannot be read, or the database refuses.
pub async fn run(words: &Words) -> Outcome {
    let begun = Instant::now();
    let mut reader = csv::Reader::from_path(words.text("roll")?)?;
    let mut rows = miftah_store::testing::ByRow::open(words.text("database")?).await?;
    for (n, record) in reader.records().enumerate() {
        let record = record?;
        let value = |column: usize| record.get(column).unwrap_or_default().to_owned();
        let maybe = |column: usize| Some(value(column)).filter(|value| !value.is_empty());
        rows.add(&Person {
            id: PersonId(format!("01a00000-0000-7000-8000-{n:012x}")),
            number: value(0),
            national_id_kind: NationalIdKind::from_name(&value(1)).unwrap_or(NationalIdKind::Cin),
            national_id: value(2),
            last_name_ar: value(3),
            first_name_ar: value(4),
            last_name_latin: value(5),
            first_name_latin: value(6),
            birth_date: value(7),
            pension_number: None,
            email: maybe(8),
            phone: maybe(9),
            programme: value(10),
            year: value(11),
            status: value(12),
            further: std::collections::BTreeMap::new(),
        })
        .await?;
    }
    let added = rows.finish().await?;
    let seconds = begun.elapsed().as_secs_f64();
    println!("{}", json!({ "seconds": seconds, "rows": added }));
    Ok(())
}
