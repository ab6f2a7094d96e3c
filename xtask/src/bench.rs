//! `cargo xtask bench`: how fast and how small, as ratios to the limits that the design states.
//! Not tests: a busy machine would fail them. Below 1 is within the limit.

use std::fs;
use std::process::{Command, ExitCode};

use serde_json::Value;

use crate::fault::{About as _, Fault, Outcome};
use crate::place::Place;
use crate::process::{run as run_command, say};
use crate::serve;
use crate::setup::{chromium, npm};
use crate::site::{self, Grade};

/// Builds the product as people get it, measures it, and writes `target/bench/*.json`.
///
/// # Errors
/// Something cannot be set up, built or measured. A limit that is not kept is no fault: it is
/// written down.
pub(crate) fn run(place: &Place) -> Outcome<ExitCode> {
    npm::ensure(place)?;
    let chromium = chromium::ensure()?;
    let site = site::build(place, Grade::Shipped)?;
    let server = serve::server(place, Grade::Shipped)?;
    let folder = place.target().join("bench");
    fs::create_dir_all(&folder).about(folder.display())?;
    let out = folder.join("pages.json");
    say("pages: cold visits at the throttles of a cheap phone (some minutes)");
    let mut node = Command::new("node");
    node.arg("bench/pages.mjs")
        .current_dir(place.at("end2end"))
        .env("MIFTAH_BIN", &server)
        .env("MIFTAH_SITE", &site)
        .env("MIFTAH_CHROMIUM", &chromium)
        .env("MIFTAH_BENCH_OUT", &out);
    run_command(&mut node).about("bench/pages.mjs")?;
    let rows = fs::read_to_string(&out).about(out.display())?;
    print(&rows)?;
    say(format!("written to {}", folder.display()));
    Ok(ExitCode::SUCCESS)
}

fn print(rows: &str) -> Outcome {
    let rows: Vec<Value> = serde_json::from_str(rows)?;
    for row in &rows {
        let number = |name: &str| {
            row.get(name)
                .and_then(Value::as_f64)
                .ok_or_else(|| Fault::new(format!("a row without its {name}: {row}")))
        };
        let word = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
        let ratio = number("ratio")?;
        println!(
            "{:<46} {:>11.3} of {:>9} {:<6} {ratio:>6.2}{}",
            word("what"),
            number("figure")?,
            number("limit")?,
            word("unit"),
            if ratio > 1.0 { "  over" } else { "" }
        );
    }
    Ok(())
}
