//! The commands of this repository: `cargo xtask run | test | tidy | roll | pictures | dist`. A fresh machine
//! needs nothing else: each command looks for what it needs and sets up what is missing.

mod args;
mod bench;
mod clock;
mod compress;
mod digest;
mod dist;
mod fault;
mod fuzz;
mod pictures;
mod place;
mod postgres;
mod process;
mod roll;
mod serve;
mod setup;
mod site;
mod test;
mod tidy;

use std::path::Path;
use std::process::ExitCode;

use args::Args;
use fault::{Fault, Outcome};
use place::Place;

const HELP: &str = "\
cargo xtask run    set up, build and serve on http://127.0.0.1:3000
                   --institution DIR  another profile (default institutions/fsjes)
                   --port N           another port
                   --release          optimised, as people get it
                   --fresh            forget database and files first
cargo xtask test   set up and run every check; the last line counts them
                   --full             end-to-end tests over the whole product
                   --only STAGE,…     some stages: tidy fmt spelling licences clippy unit
                                      contract wasm fuzz end2end
cargo xtask bench  measure the product as people get it, as ratios to its limits
                   --only PART,…      some of: pages lighthouse sign-in serving import look-up
                   --runs N           of the million rows (5)
cargo xtask fuzz   feed every parser of outside input: --seconds N (600) --only TARGET
cargo xtask tidy   the checks of the repository itself
cargo xtask roll   write the sample roll: --persons N --seed N --out FILE
                   --dirty            as an office would export it
cargo xtask pictures  take the pictures of the README from the running product
cargo xtask dist   release binary and site in target/dist";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    match obey(&command, Args::new(words)) {
        Ok(code) => code,
        Err(fault) => {
            eprintln!("xtask {command}: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn obey(command: &str, args: Args) -> Outcome<ExitCode> {
    let place = Place::here();
    match command {
        "run" => serve::run(&place, args),
        "test" => test::run(&place, args),
        "tidy" => {
            args.done()?;
            tidy::run(&place)
        }
        "bench" => bench::run(&place, args),
        "fuzz" => fuzz::run(&place, args),
        "pictures" => {
            args.done()?;
            pictures::take(&place)
        }
        "roll" => write_roll(&place, args),
        "dist" => {
            args.done()?;
            dist::run(&place)
        }
        "" | "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        other => Err(Fault::new(format!("no such command: `{other}`\n{HELP}"))),
    }
}

fn write_roll(place: &Place, mut args: Args) -> Outcome<ExitCode> {
    let persons = args.number("--persons")?.unwrap_or(roll::PERSONS);
    let seed = args.number("--seed")?.unwrap_or(roll::SEED);
    let dirty = args.flag("--dirty");
    let (write, usual): (fn(&Path, usize, u64) -> Outcome, _) = if dirty {
        (roll::write_dirty, "server/tests/rolls/dirty.csv")
    } else {
        (roll::write, "institutions/fsjes/roll.csv")
    };
    let out = args.option("--out")?;
    let out = out.map_or_else(|| place.at(usual), Into::into);
    args.done()?;
    write(&out, persons, seed)?;
    process::say(format!("{persons} persons in {}", out.display()));
    Ok(ExitCode::SUCCESS)
}
