//! rustfmt and clippy: part of most toolchains, added through rustup where one is minimal.

use std::process::Command;

use crate::fault::{About as _, Outcome};
use crate::process::{capture, cargo, run, say};

/// Makes `cargo <subcommand>` (`fmt` or `clippy`) work.
///
/// # Errors
/// It is missing and rustup cannot add it.
pub(crate) fn ensure(subcommand: &str) -> Outcome {
    if capture(cargo().args([subcommand, "--version"])).is_ok() {
        return Ok(());
    }
    let component = if subcommand == "fmt" {
        "rustfmt"
    } else {
        subcommand
    };
    say(format!("rustup component add {component}"));
    run(Command::new("rustup").args(["component", "add", component]))
        .about(format!("`cargo {subcommand}` is missing"))
}
