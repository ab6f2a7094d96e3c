//! A roll of a million against a loop that writes row by row, its memory, and people who sign in
//! meanwhile.

use std::process::{Command, Stdio};
use std::time::Duration;

use super::rows::{Rows, median};
use super::signing_in::{number, sign_in_with};
use super::tools::{Tools, accounts, megabytes, new_database};
use crate::clock::{Started, wait_until};
use crate::fault::{About as _, Fault, Outcome};
use crate::place::Place;
use crate::process::{run, say};

pub(super) const PERSONS: usize = 1_000_000;
const FEW: usize = 20_000;
/// People who sign in one after the other, this many milliseconds apart.
const CALM: [(&str, &str); 1] = [("pause", "50")];
/// Longer than any import of ours takes.
const LONG: Duration = Duration::from_secs(1200);

/// # Errors
/// A program fails.
pub(super) fn measure(place: &Place, tools: &Tools, runs: usize) -> Outcome<Rows> {
    let roll = tools.roll(place, PERSONS)?;
    let mut rows = Rows::default();
    let (mut shares, mut rates, mut peaks) = (vec![], vec![], vec![]);
    for turn in 1..=runs {
        say(format!("a million rows, each way, {turn} of {runs}"));
        let by_row = new_database(place, "by-row")?;
        let file = roll.display().to_string();
        let words = [("database", by_row.as_str()), ("roll", file.as_str())];
        let theirs = number(&tools.bench("by-row", &words)?, "/seconds")?;
        new_database(place, "by-row")?;
        let database = new_database(place, "million")?;
        let (ours, peak) = watched(&mut tools.import(place, &database, &roll), || Ok(()))?;
        say(format!(
            "row by row {theirs:.1} s, import {ours:.1} s, at most {peak:.0} MB"
        ));
        shares.push(theirs / ours);
        rates.push(PERSONS as f64 / ours);
        peaks.push(peak);
    }
    rows.at_least(
        "import ÷ row by row, in rows a second",
        median(shares),
        1.0,
        "",
    );
    rows.told("rows a second", median(rates), "");
    rows.at_most("memory of an import", median(peaks), 200.0, "MB");
    rows.at_most(
        "sign-in p99 during an import ÷ idle",
        meanwhile(place, tools, &roll)?,
        2.0,
        "",
    );
    Ok(rows)
}

/// People sign in on a portal whose first roll is small, and go on while the large one is loaded.
fn meanwhile(place: &Place, tools: &Tools, roll: &std::path::Path) -> Outcome<f64> {
    let few = tools.roll(place, FEW)?;
    let database = new_database(place, "meanwhile")?;
    run(&mut tools.import(place, &database, &few))?;
    accounts(tools, &database, &few, "12000")?;
    let server = tools.serve(place, &database, "meanwhile")?;
    let idle = sign_in_with(tools, &server, ("1", "30"), 0, &CALM)?;
    let mut busy = None;
    let mut import = tools.import(place, &database, roll);
    watched(&mut import, || {
        busy = Some(sign_in_with(tools, &server, ("1", "40"), 1000, &CALM)?);
        Ok(())
    })?;
    let busy = busy.ok_or_else(|| Fault::new("nobody signed in"))?;
    if number(&busy, "/other")? > 0.0 {
        return Err(Fault::new(format!("somebody was not signed in: {busy}")));
    }
    let (idle, busy) = (
        number(&idle, "/sign_in/p99")?,
        number(&busy, "/sign_in/p99")?,
    );
    say(format!(
        "sign-in p99: idle {idle:.1} ms, during an import {busy:.1} ms"
    ));
    Ok(busy / idle)
}

/// Runs a command while something else is done; answers its seconds and its most megabytes.
fn watched(command: &mut Command, mut meanwhile: impl FnMut() -> Outcome) -> Outcome<(f64, f64)> {
    let begun = Started::now();
    let mut child = command.stdout(Stdio::null()).spawn().about("an import")?;
    meanwhile()?;
    let mut peak = 0.0_f64;
    let mut ended = None;
    let over = wait_until(LONG, || {
        peak = peak.max(megabytes(child.id(), "VmHWM:").unwrap_or_default());
        ended = child.try_wait().ok().flatten();
        ended.is_some()
    });
    match ended {
        Some(status) if over && status.success() => Ok((begun.elapsed().as_secs_f64(), peak)),
        _ => Err(Fault::new(format!("an import failed: {ended:?}"))),
    }
}
