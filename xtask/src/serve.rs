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
    prepare(&place.data(), fresh)?;
    let mut serve = command(&server, &institution, &site, port);
    // Becomes the server: Ctrl-C and its ending are the server's own.
    Err(serve.current_dir(place.root()).exec()).about(server.display())
}

/// Database, files and key live in one folder: they survive until somebody asks to forget them.
fn prepare(data: &Path, fresh: bool) -> Outcome {
    if fresh && data.exists() {
        say(format!("forgetting {}", data.display()));
        site::clear(data)?;
    }
    fs::create_dir_all(data.join("files")).about(data.display())
}

/// The server on its embedded defaults: a SQLite file, local files, captured mail and SMS.
fn command(server: &Path, institution: &Path, site: &Path, port: u16) -> Command {
    let name = institution
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut serve = Command::new(server);
    serve
        .args(["serve", "--dev", "--institution"])
        .arg(institution);
    serve
        .arg("--database")
        .arg(format!("sqlite://data/{name}.sqlite"));
    serve.args(["--files", "data/files", "--key", "data/miftah.key"]);
    serve
        .arg("--site")
        .arg(site)
        .arg("--listen")
        .arg(format!("127.0.0.1:{port}"));
    serve
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_stay_until_somebody_asks_to_forget_them() {
        let data = std::env::temp_dir().join(format!("miftah_run_{}", std::process::id()));
        let database = data.join("fsjes.sqlite");
        prepare(&data, false).unwrap();
        assert!(data.join("files").is_dir());
        fs::write(&database, "kept").unwrap();
        prepare(&data, false).unwrap();
        assert_eq!(fs::read_to_string(&database).unwrap(), "kept");
        prepare(&data, true).unwrap();
        assert!(!database.exists() && data.join("files").is_dir());
        fs::remove_dir_all(&data).unwrap();
    }

    #[test]
    fn each_institution_has_a_database_of_its_own_on_this_machine_alone() {
        let serve = command(
            Path::new("miftah"),
            Path::new("institutions/absher"),
            Path::new("site"),
            3001,
        );
        let words: Vec<_> = serve
            .get_args()
            .map(|word| word.to_string_lossy())
            .collect();
        assert!(words.contains(&"sqlite://data/absher.sqlite".into()));
        assert!(words.contains(&"127.0.0.1:3001".into()) && words.contains(&"--dev".into()));
    }
}
