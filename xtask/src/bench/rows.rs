//! Figures beside their limits.

use std::fs;

use serde_json::{Value, json};

use crate::fault::{About as _, Fault, Outcome};
use crate::place::Place;
use crate::process::say;

/// What was measured: as ratios to limits, below 1 being within.
#[derive(Debug, Default)]
pub(super) struct Rows(Vec<Value>);

impl Rows {
    /// A figure that may not be greater than its limit.
    pub(super) fn at_most(&mut self, what: &str, figure: f64, limit: f64, unit: &str) {
        self.add(what, (figure, limit), unit, figure / limit);
    }

    /// A figure that may not be smaller.
    pub(super) fn at_least(&mut self, what: &str, figure: f64, limit: f64, unit: &str) {
        self.add(what, (figure, limit), unit, limit / figure);
    }

    /// A figure without a limit.
    pub(super) fn told(&mut self, what: &str, figure: f64, unit: &str) {
        self.0
            .push(json!({ "what": what, "figure": figure, "unit": unit }));
    }

    fn add(&mut self, what: &str, (figure, limit): (f64, f64), unit: &str, ratio: f64) {
        self.0.push(json!({
            "what": what, "figure": figure, "limit": limit, "unit": unit, "ratio": ratio,
        }));
    }

    /// What another program has written down.
    ///
    /// # Errors
    /// It has not.
    pub(super) fn read(file: &std::path::Path) -> Outcome<Self> {
        let rows = fs::read_to_string(file).about(file.display())?;
        Ok(Self(serde_json::from_str(&rows)?))
    }

    /// Prints them, and keeps them in `target/bench/NAME.json`.
    ///
    /// # Errors
    /// A row lacks something, or the file cannot be written.
    pub(super) fn tell(&self, place: &Place, name: &str) -> Outcome {
        for row in &self.0 {
            print(row)?;
        }
        let file = folder(place)?.join(format!("{name}.json"));
        fs::write(&file, serde_json::to_string_pretty(&self.0)?).about(file.display())?;
        say(format!("written to {}", file.display()));
        Ok(())
    }
}

/// Where everything of the bench lies.
///
/// # Errors
/// It cannot be made.
pub(super) fn folder(place: &Place) -> Outcome<std::path::PathBuf> {
    let folder = place.target().join("bench");
    fs::create_dir_all(&folder).about(folder.display())?;
    Ok(folder)
}

fn print(row: &Value) -> Outcome {
    let number = |name: &str| row.get(name).and_then(Value::as_f64);
    let word = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
    let lacks = |name: &str| Fault::new(format!("a row without its {name}: {row}"));
    let figure = number("figure").ok_or_else(|| lacks("figure"))?;
    let (what, unit) = (word("what"), word("unit"));
    if row.get("limit").is_none() {
        println!("{what:<60} {figure:>11.3} {unit}");
        return Ok(());
    }
    let limit = number("limit").ok_or_else(|| lacks("limit"))?;
    let ratio = number("ratio").ok_or_else(|| lacks("ratio"))?;
    let over = if ratio > 1.0 { "  over" } else { "" };
    println!("{what:<60} {figure:>11.3} of {limit:>9} {unit:<9} {ratio:>6.2}{over}");
    Ok(())
}

/// The middle one.
pub(super) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
