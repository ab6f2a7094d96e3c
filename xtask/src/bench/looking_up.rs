//! Finding who recovers an account: on a roll of a million against a roll of a thousand, on both
//! databases.

use std::path::Path;

use super::RUNS;
use super::loading::PERSONS;
use super::rows::{Rows, median};
use super::signing_in::number;
use super::tools::{Tools, new_database};
use crate::fault::Outcome;
use crate::place::Place;
use crate::postgres::Cluster;
use crate::process::{run, say};

const FEW: usize = 1000;

/// # Errors
/// A program fails.
pub(super) fn measure(place: &Place, tools: &Tools) -> Outcome<Rows> {
    let (many, few) = (tools.roll(place, PERSONS)?, tools.roll(place, FEW)?);
    let mut rows = Rows::default();
    let load = |database: &str, roll: &Path| run(&mut tools.import(place, database, roll));
    let large = new_database(place, "look-up-million")?;
    let small = new_database(place, "look-up-thousand")?;
    load(&large, &many)?;
    load(&small, &few)?;
    let share = compare(tools, [(&large, &many, PERSONS), (&small, &few, FEW)])?;
    rows.at_most("look-up at 1,000,000 ÷ at 1,000, SQLite", share, 1.5, "");
    new_database(place, "look-up-million")?;
    let cluster = Cluster::start()?;
    let [large, small] = ["look_up_million", "look_up_thousand"].map(|name| cluster.database(name));
    let (large, small) = (large?, small?);
    load(&large, &many)?;
    load(&small, &few)?;
    let share = compare(tools, [(&large, &many, PERSONS), (&small, &few, FEW)])?;
    rows.at_most(
        "look-up at 1,000,000 ÷ at 1,000, PostgreSQL",
        share,
        1.5,
        "",
    );
    Ok(rows)
}

/// The median ratio of alternating runs.
fn compare(tools: &Tools, sides: [(&String, &std::path::PathBuf, usize); 2]) -> Outcome<f64> {
    let mut shares = vec![];
    for _ in 0..RUNS {
        let mut figures = Vec::new();
        for (database, roll, persons) in sides {
            let (roll, persons) = (roll.display().to_string(), persons.to_string());
            let words = [
                ("database", database.as_str()),
                ("roll", roll.as_str()),
                ("persons", persons.as_str()),
            ];
            figures.push(number(&tools.bench("look-up", &words)?, "/microseconds")?);
        }
        if let [many, few] = figures.as_slice() {
            say(format!("a million {many:.0} µs, a thousand {few:.0} µs"));
            shares.push(many / few);
        }
    }
    Ok(median(shares))
}
