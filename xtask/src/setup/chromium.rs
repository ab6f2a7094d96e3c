//! The browser that end-to-end tests drive. Playwright's own downloads are never used: the
//! system's Chromium is what people have, and package registries carry it.

use std::path::PathBuf;

use crate::fault::{About as _, Fault, Outcome};
use crate::process::find;

use super::apt;

const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
];

/// The path of Chromium, installed first where that is possible. `MIFTAH_CHROMIUM` overrides it.
///
/// # Errors
/// There is none and it cannot be installed from here.
pub(crate) fn ensure() -> Outcome<PathBuf> {
    if let Some(set) = std::env::var_os("MIFTAH_CHROMIUM").filter(|value| !value.is_empty()) {
        let path = PathBuf::from(set);
        if path.is_file() {
            return Ok(path);
        }
        return Err(Fault::new(format!(
            "MIFTAH_CHROMIUM names {}, which is no file",
            path.display()
        )));
    }
    if let Some(path) = installed() {
        return Ok(path);
    }
    apt::install("Chromium for the end-to-end tests", &["chromium"])
        .about("no Chromium found (or set MIFTAH_CHROMIUM to its path)")?;
    installed().ok_or_else(|| Fault::new("chromium was installed and is not on the search path"))
}

fn installed() -> Option<PathBuf> {
    NAMES.iter().find_map(|name| find(name))
}
