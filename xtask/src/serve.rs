//! `cargo xtask run`: from a bare machine to a page in the browser. The server itself prints the
//! addresses and the sample sign-ins.

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::args::Args;
use crate::fault::{About as _, Fault, Outcome};
use crate::place::Place;
use crate::process::{cargo, run as run_command, say};
use crate::roll;
use crate::site::{self, Grade};

const PORT: u16 = 3000;

/// Sets up, builds, and becomes the server.
///
/// # Errors
/// Something cannot be set up or built, or the server does not start.
pub(crate) fn run(place: &Place, mut args: Args) -> Outcome<ExitCode> {
    let port = args.number("--port")?.unwrap_or(PORT);
    let institution = args.option("--institution")?;
    let grade = if args.flag("--release") {
        Grade::Shipped
    } else {
        Grade::Quick
    };
    let fresh = args.flag("--fresh");
    args.done()?;

    let institution = institution_folder(place, institution.as_deref())?;
    let site = site::build(place, grade)?;
    let server = server(place, grade)?;
    write_missing_roll(place, &institution)?;
    let data = place.data();
    if fresh && data.exists() {
        say(format!("forgetting {}", data.display()));
        site::clear(&data)?;
    }
    fs::create_dir_all(data.join("files")).about(data.display())?;
    let name = institution
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut serve = Command::new(&server);
    serve
        .args(["serve", "--dev", "--institution"])
        .arg(&institution);
    serve
        .arg("--database")
        .arg(format!("sqlite://data/{name}.sqlite"));
    serve.args(["--files", "data/files", "--key", "data/miftah.key"]);
    serve
        .arg("--site")
        .arg(&site)
        .arg("--listen")
        .arg(format!("127.0.0.1:{port}"));
    // Becomes the server: Ctrl-C and its ending are the server's own.
    Err(serve.current_dir(place.root()).exec()).about(server.display())
}

/// Builds `miftah` and returns the program.
///
/// # Errors
/// It does not compile.
pub(crate) fn server(place: &Place, grade: Grade) -> Outcome<PathBuf> {
    let mut build = cargo();
    build.args([
        "build",
        "--quiet",
        "--package",
        "miftah-server",
        "--bin",
        "miftah",
    ]);
    let folder = match grade {
        Grade::Quick => "debug",
        Grade::Shipped => {
            build.arg("--release");
            "release"
        }
    };
    let program = place.target().join(folder).join("miftah");
    if !program.exists() {
        say("building the server (some minutes the first time)");
    }
    run_command(build.current_dir(place.root()))?;
    Ok(program)
}

fn institution_folder(place: &Place, wish: Option<&str>) -> Outcome<PathBuf> {
    let folder = place.at(wish.unwrap_or("institutions/fsjes"));
    if folder.join("institution.toml").is_file() {
        return Ok(folder);
    }
    Err(Fault::new(format!(
        "{} has no institution.toml",
        folder.display()
    )))
}

/// Only the faculty's own profile has a generated roll.
fn write_missing_roll(place: &Place, institution: &Path) -> Outcome {
    let file = institution.join("roll.csv");
    if file.exists() || institution != place.at("institutions/fsjes") {
        return Ok(());
    }
    say("writing the sample roll");
    roll::write(&file, roll::PERSONS, roll::SEED)
}
