//! Debian packages: installed when this is root on a Debian-like system, else asked for.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::fault::{Fault, Outcome};
use crate::process::{find, is_root, run, say};

/// Installs Debian packages for `purpose`.
///
/// # Errors
/// This is not root on Debian (the fault then says what to install by hand), or `apt-get` failed.
pub(crate) fn install(purpose: &str, packages: &[&str]) -> Outcome {
    let by_hand = format!(
        "{purpose}: install the packages `{}` (or your system's own)",
        packages.join(" ")
    );
    if find("apt-get").is_none() {
        return Err(Fault::new(by_hand));
    }
    if !is_root() {
        return Err(Fault::new(format!(
            "{by_hand}, for example: sudo apt-get install {}",
            packages.join(" ")
        )));
    }
    say(format!("{purpose}: apt-get install {}", packages.join(" ")));
    // Package lists older than the archive make downloads fail: refresh them first.
    run(apt().args(["update", "-q"]).stdout(Stdio::null()))?;
    run(apt()
        .args(["install", "-q", "-y", "--no-install-recommends"])
        .args(packages)
        .stdout(Stdio::null()))
}

/// True where `/etc/debian_version` says so.
pub(crate) fn is_debian() -> bool {
    Path::new("/etc/debian_version").exists()
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null());
    command
}
