//! `cargo xtask bench`: how fast and how small, as ratios to the limits that the design states.
//! Not tests: a busy machine would fail them. Below 1 is within the limit.

mod loading;
mod looking_up;
mod rows;
mod serving;
mod signing_in;
mod tools;

use std::process::{Command, ExitCode};

use self::rows::{Rows, folder};
use self::tools::Tools;
use crate::args::Args;
use crate::fault::{About as _, Fault, Outcome};
use crate::place::Place;
use crate::process::{run as run_command, say};
use crate::setup::{chromium, npm};

/// Of each figure, in turn with what it is measured against; the median counts.
const RUNS: usize = 5;
/// Named by `--only`, in this order.
const PARTS: [&str; 6] = [
    "pages",
    "lighthouse",
    "sign-in",
    "serving",
    "import",
    "look-up",
];
/// Too large for the other tests' folder, and needed nowhere else.
const LIGHTHOUSE: &str = "lighthouse@12.8.2";

/// Builds the product as people get it, measures it, and writes `target/bench/*.json`.
///
/// # Errors
/// Something cannot be set up, built or measured. A limit that is not kept is no fault: it is
/// written down.
pub(crate) fn run(place: &Place, mut args: Args) -> Outcome<ExitCode> {
    let only = args.option("--only")?;
    let runs = args.number("--runs")?.unwrap_or(RUNS);
    args.done()?;
    let wanted: Vec<&str> = match &only {
        Some(only) => only.split(',').collect(),
        None => PARTS.to_vec(),
    };
    if let Some(other) = wanted.iter().find(|part| !PARTS.contains(part)) {
        return Err(Fault::new(format!(
            "no such part: `{other}` ({})",
            PARTS.join(" ")
        )));
    }
    let tools = Tools::build(place)?;
    for part in PARTS.into_iter().filter(|part| wanted.contains(part)) {
        say(format!("── {part} ──"));
        let rows = match part {
            "pages" => in_browser(place, &tools, part, None)?,
            "lighthouse" => in_browser(place, &tools, part, Some(lighthouse(place)?))?,
            "sign-in" => signing_in::measure(place, &tools)?,
            "serving" => serving::measure(place, &tools)?,
            "import" => loading::measure(place, &tools, runs)?,
            _ => looking_up::measure(place, &tools)?,
        };
        rows.tell(place, part)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What `end2end/bench` measures, in a real browser at the throttles of a cheap phone.
fn in_browser(
    place: &Place,
    tools: &Tools,
    part: &str,
    program: Option<std::path::PathBuf>,
) -> Outcome<Rows> {
    npm::ensure(place)?;
    let chromium = chromium::ensure()?;
    let out = folder(place)?.join(format!("{part}.json"));
    let script = format!("bench/{part}.mjs");
    let mut node = Command::new("node");
    node.arg(&script)
        .current_dir(place.at("end2end"))
        .env("MIFTAH_BIN", &tools.server)
        .env("MIFTAH_SITE", &tools.site)
        .env("MIFTAH_CHROMIUM", &chromium)
        .env("MIFTAH_BENCH_OUT", &out);
    if let Some(program) = program {
        node.env("MIFTAH_LIGHTHOUSE", program);
    }
    run_command(&mut node).about(&script)?;
    Rows::read(&out)
}

/// Lighthouse, installed for itself.
fn lighthouse(place: &Place) -> Outcome<std::path::PathBuf> {
    let folder = place.target().join("lighthouse");
    let program = folder.join("node_modules/lighthouse/cli/index.js");
    if !program.exists() {
        say(format!("installing {LIGHTHOUSE}"));
        let mut install = Command::new("npm");
        install.args([
            "install",
            "--no-audit",
            "--no-fund",
            "--no-save",
            "--prefix",
        ]);
        run_command(install.arg(&folder).arg(LIGHTHOUSE))?;
    }
    Ok(program)
}
