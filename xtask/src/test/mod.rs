//! `cargo xtask test`: every check of the product, in stages from cheap to dear. All stages run,
//! so that one run shows everything that is wrong; a tool that is missing fails its stage.

mod count;
mod stages;

use std::process::ExitCode;

use crate::args::Args;
use crate::clock::{Started, minutes};
use crate::fault::{Fault, Outcome};
use crate::place::Place;
use crate::process::say;
pub(crate) use count::Count;
use stages::{Bench, Stage};

/// How much of the end-to-end product is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Breadth {
    /// Each story in the modes that `contract.md` names.
    Each,
    /// Every language, mode and theme.
    Full,
}

/// Runs the stages and prints the counts.
///
/// # Errors
/// The command line is wrong. A failing stage is no fault: it is counted.
pub(crate) fn run(place: &Place, mut args: Args) -> Outcome<ExitCode> {
    let breadth = if args.flag("--full") {
        Breadth::Full
    } else {
        Breadth::Each
    };
    let wanted = wanted(args.option("--only")?)?;
    args.done()?;

    let mut bench = Bench::new(place, breadth);
    let mut rows = Vec::new();
    let mut total = Count::default();
    for stage in wanted {
        say(format!("── {} ──", stage.name()));
        let started = Started::now();
        let count = bench.run(stage).unwrap_or_else(|fault| {
            eprintln!("{}: {fault}", stage.name());
            Count::failure()
        });
        rows.push(format!(
            "{:<10} {:>11}  {count}",
            stage.name(),
            minutes(started.elapsed())
        ));
        total += count;
    }
    // The cluster must be gone before the last line, which tools read.
    drop(bench);
    println!();
    for row in rows {
        println!("{row}");
    }
    println!("{total}");
    Ok(if total.is_good() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn wanted(only: Option<String>) -> Outcome<Vec<Stage>> {
    let Some(only) = only else {
        return Ok(Stage::ALL.to_vec());
    };
    only.split(',')
        .map(|name| {
            Stage::ALL
                .into_iter()
                .find(|stage| stage.name() == name)
                .ok_or_else(|| {
                    let all = Stage::ALL.map(Stage::name).join(" ");
                    Fault::new(format!("no stage `{name}`; there are: {all}"))
                })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_stages() {
        assert_eq!(
            wanted(Some("fmt,unit".to_owned())).unwrap(),
            vec![Stage::Fmt, Stage::Unit]
        );
        assert!(wanted(Some("units".to_owned())).is_err());
        assert_eq!(wanted(None).unwrap().len(), Stage::ALL.len());
    }
}
