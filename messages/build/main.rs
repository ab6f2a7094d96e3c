//! Turns `texts/<language>/<area>.toml` into one method per message on `Texts`.
//!
//! A message that is missing in one language, takes other arguments there, or breaks a rule of
//! style stops the build here, with file, line, key and remedy: nobody meets a hole in a page.

mod check;
mod encode;
mod generate;
mod source;
mod style;
mod template;

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=texts");
    println!("cargo::rerun-if-changed=build");
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;

    let mut findings = Vec::new();
    let catalog = source::read(&Path::new(&root).join("texts"), &mut findings)?;
    check::check(&catalog, &mut findings);
    if !findings.is_empty() {
        for finding in &findings {
            println!("cargo::error={finding}");
        }
        return Ok(());
    }
    fs::write(
        Path::new(&out).join("texts.rs"),
        generate::generate(&catalog),
    )
}
