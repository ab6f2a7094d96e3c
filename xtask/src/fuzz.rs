//! `cargo xtask fuzz`: every parser of outside input, fed with what nobody would type. Seconds each
//! in the test run, minutes each by hand. What was found once lies in `fuzz/seeds/` and is tried
//! first ever after.

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
/// Longer inputs find little more and are much slower.
const LONGEST: &str = "-max_len=4096";

/// Runs the targets, all or one.
///
/// # Errors
/// The command line is wrong, or cargo-fuzz cannot be had.
pub(crate) fn run(place: &Place, mut args: Args) -> Outcome<ExitCode> {
    let seconds = args.number("--seconds")?.unwrap_or(SECONDS);
    let only = args.option("--only")?;
    args.done()?;
    let count = count(place, seconds, only.as_deref())?;
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
pub(crate) fn count(place: &Place, seconds: u32, only: Option<&str>) -> Outcome<Count> {
    let program = tools::cargo_fuzz(place)?;
    let mut total = Count::default();
    for target in targets(place)? {
        if only.is_some_and(|only| only != target) {
            continue;
        }
        say(format!("fuzzing {target}, {seconds} s"));
        total += one(place, &program, &target, seconds)?;
    }
    if total == Count::default() {
        return Err(Fault::new("no such target"));
    }
    Ok(total)
}

fn one(place: &Place, program: &Path, target: &str, seconds: u32) -> Outcome<Count> {
    // What was learnt before is kept beside the build; what broke once is in the repository.
    let corpus = place.target().join("fuzz/corpus").join(target);
    fs::create_dir_all(&corpus).about(corpus.display())?;
    let seeds = place.at("fuzz/seeds").join(target);
    let mut command = cargo();
    command.args(["fuzz", "run", "--sanitizer", "none", target]);
    command.arg(&corpus);
    if seeds.is_dir() {
        command.arg(&seeds);
    }
    command.args(["--", LONGEST, "-verbosity=0", "-print_final_stats=0"]);
    command.arg(format!("-max_total_time={seconds}"));
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
