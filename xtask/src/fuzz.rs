//! `cargo xtask fuzz`: every parser of outside input, fed with what nobody would type. The test run
//! tries the same inputs every time, so that it says the same of the same code; by hand the search
//! goes on from what was learnt before. What was found once lies in `fuzz/seeds/` and is tried first
//! ever after.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crate::args::Args;
use crate::fault::{About as _, Fault, Outcome};
use crate::place::Place;
use crate::process::{cargo, listen, path_with, say};
use crate::setup::tools;
use crate::test::Count;

/// Seconds a target, unless told otherwise.
pub(crate) const SECONDS: u32 = 600;
/// Inputs a target in the test run: seconds each.
const INPUTS: u32 = 30_000;
/// Longer inputs find little more and are much slower.
const LONGEST: &str = "-max_len=4096";

/// How far a target is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Search {
    /// A set number of inputs from a set start: always the same.
    Same,
    /// New inputs for so many seconds, from where the last search ended.
    Further(u32),
}

/// Runs the targets, all or one.
///
/// # Errors
/// The command line is wrong, or cargo-fuzz cannot be had.
pub(crate) fn run(place: &Place, mut args: Args) -> Outcome<ExitCode> {
    let seconds = args.number("--seconds")?.unwrap_or(SECONDS);
    let only = args.option("--only")?;
    args.done()?;
    let count = count(place, Search::Further(seconds), only.as_deref())?;
    println!("{count}");
    Ok(if count.is_good() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// One test a target: it ends without a crash.
///
/// # Errors
/// As [`run`].
pub(crate) fn count(place: &Place, search: Search, only: Option<&str>) -> Outcome<Count> {
    let program = tools::cargo_fuzz(place)?;
    let mut total = Count::default();
    for target in targets(place)? {
        if only.is_some_and(|only| only != target) {
            continue;
        }
        say(match search {
            Search::Same => format!("fuzzing {target}, {INPUTS} inputs"),
            Search::Further(seconds) => format!("fuzzing {target}, {seconds} s"),
        });
        total += one(place, &program, &target, search)?;
    }
    if total == Count::default() {
        return Err(Fault::new("no such target"));
    }
    Ok(total)
}

fn one(place: &Place, program: &Path, target: &str, search: Search) -> Outcome<Count> {
    let learnt = place.target().join("fuzz/corpus").join(target);
    let again = place.target().join("fuzz/again").join(target);
    let corpus = match search {
        Search::Same => {
            if again.is_dir() {
                fs::remove_dir_all(&again).about(again.display())?;
            }
            again
        }
        Search::Further(_) => learnt,
    };
    fs::create_dir_all(&corpus).about(corpus.display())?;
    let seeds = place.at("fuzz/seeds").join(target);
    let mut command = cargo();
    command.args(["fuzz", "run", "--sanitizer", "none", target]);
    command.arg(&corpus);
    if seeds.is_dir() {
        command.arg(&seeds);
    }
    command.args(["--", LONGEST, "-verbosity=0", "-print_final_stats=0"]);
    match search {
        Search::Same => command.args(["-seed=1".to_owned(), format!("-runs={INPUTS}")]),
        Search::Further(seconds) => command.arg(format!("-max_total_time={seconds}")),
    };
    command
        .current_dir(place.at("fuzz"))
        .env("PATH", path_with(&[program])?)
        // Coverage is not stable yet; the compiler is.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", place.target().join("fuzz"));
    Ok(if listen(&mut command)?.ended_well {
        Count::success()
    } else {
        Count::failure()
    })
}

fn targets(place: &Place) -> Outcome<Vec<String>> {
    let folder = place.at("fuzz/fuzz_targets");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .about(folder.display())?
        .filter_map(|entry| {
            let name = entry.ok()?.file_name().into_string().ok()?;
            Some(name.strip_suffix(".rs")?.to_owned())
        })
        .collect();
    names.sort();
    Ok(names)
}
