use miftah_rules::date::{Date, DateError};
use serde::Deserialize;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[derive(Deserialize)]
struct Vectors {
    ok: Vec<Good>,
    bad: Vec<Bad>,
    age: Vec<Age>,
    days: Vec<Days>,
}

#[derive(Deserialize)]
struct Good {
    raw: String,
    is: String,
}

#[derive(Deserialize)]
struct Bad {
    raw: String,
    problem: DateError,
}

#[derive(Deserialize)]
struct Age {
    born: Date,
    today: Date,
    is: Option<u16>,
}

#[derive(Deserialize)]
struct Days {
    date: Date,
    is: i64,
}

fn vectors() -> Vectors {
    crate::load(include_str!("../../vectors/date.toml"))
}

#[test]
fn dates_as_people_type_them() {
    let vectors = vectors();
    for row in vectors.ok {
        assert_eq!(
            Date::parse(&row.raw).unwrap().to_string(),
            row.is,
            "{:?}",
            row.raw
        );
    }
    for row in vectors.bad {
        assert_eq!(Date::parse(&row.raw), Err(row.problem), "{:?}", row.raw);
    }
}

#[test]
fn years_lived() {
    for row in vectors().age {
        assert_eq!(
            row.born.age_on(row.today),
            row.is,
            "{} on {}",
            row.born,
            row.today
        );
    }
}

#[test]
fn days_and_dates_agree() {
    for row in vectors().days {
        assert_eq!(row.date.to_days(), row.is);
        assert_eq!(Date::from_days(row.is), Some(row.date));
    }
    assert_eq!(Date::from_days(84_006), None, "the year 2200");
    assert_eq!(Date::from_days(i64::MAX), None);
    assert_eq!(Date::from_days(i64::MIN), None);
}

#[test]
fn a_day_begins_where_the_institution_is() {
    // 2026-09-01T23:30:00Z
    let epoch_ms = (20_697 * 24 * 60 + 23 * 60 + 30) * 60_000;
    let day = |offset| Date::at(epoch_ms, offset).unwrap().to_string();
    assert_eq!(day(0), "2026-09-01");
    assert_eq!(day(60), "2026-09-02");
    assert_eq!(Date::at(i64::MAX, 60), None);
}

#[test]
fn order_is_time() {
    let dates = ["1999-12-31", "2000-01-01", "2000-01-02", "2000-02-01"];
    let dates = dates.map(|date| Date::parse(date).unwrap());
    assert!(dates.is_sorted());
}
