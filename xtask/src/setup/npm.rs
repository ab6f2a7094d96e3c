//! Node packages of `end2end/`: exactly what the lock file says, installed again when it changes.

use std::fs;
use std::process::Command;

use crate::digest::Digest;
use crate::fault::{About as _, Outcome};
use crate::place::Place;
use crate::process::{find, run, say};

use super::apt;

/// Installs `end2end/node_modules` from the lock file.
///
/// # Errors
/// Node.js is missing and cannot be installed from here, or npm failed.
pub(crate) fn ensure(place: &Place) -> Outcome {
    ensure_node()?;
    let folder = place.at("end2end");
    let stamp = folder.join("node_modules").join(".miftah-lock");
    let mut digest = Digest::new();
    digest.add_path(&folder.join("package-lock.json"))?;
    if fs::read_to_string(&stamp).is_ok_and(|old| old == digest.text()) {
        return Ok(());
    }
    say("npm packages of end2end/: npm ci");
    // No package of ours needs its install script, and some would fetch a browser of their own.
    let mut npm = Command::new("npm");
    run(npm
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&folder))?;
    fs::write(&stamp, digest.text()).about(stamp.display())
}

/// Makes `node` and `npm` available.
///
/// # Errors
/// They are missing and cannot be installed from here.
pub(crate) fn ensure_node() -> Outcome {
    if find("node").is_some() && find("npm").is_some() {
        return Ok(());
    }
    apt::install(
        "Node.js 20 or newer for the tests in a browser's engine",
        &["nodejs", "npm"],
    )
}
