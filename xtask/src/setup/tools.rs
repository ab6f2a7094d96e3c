//! Trunk and wasm-bindgen, compiled from crates.io into a folder shared by all checkouts.
//! Trunk would download wasm-bindgen by itself: it finds it on the search path instead.

use std::fs;
use std::path::PathBuf;

use crate::fault::{About as _, Fault, Outcome};
use crate::place::Place;
use crate::process::{cargo, run, say};

/// The newest Trunk that our compiler builds.
const TRUNK: &str = "0.21.14";

const CARGO_FUZZ: &str = "0.13.2";

/// Folders to put on the search path.
#[derive(Debug, Clone)]
pub(crate) struct Tools {
    pub(crate) trunk: PathBuf,
    pub(crate) wasm_bindgen: PathBuf,
    /// Both versions: part of the stamp of what they make.
    pub(crate) versions: String,
}

/// A crate that is compiled into a folder of its own.
#[derive(Debug)]
struct Recipe<'a> {
    name: &'a str,
    version: &'a str,
    program: &'a str,
    arguments: &'a [&'a str],
}

/// Trunk, and wasm-bindgen at the version that `Cargo.lock` has.
///
/// # Errors
/// One of them does not compile.
pub(crate) fn ensure(place: &Place) -> Outcome<Tools> {
    let bindgen_version = locked_version(place, "wasm-bindgen")?;
    let wasm_bindgen = installed(
        place,
        &Recipe {
            name: "wasm-bindgen-cli",
            version: &bindgen_version,
            program: "wasm-bindgen",
            // Without its own lock file: that one can name releases newer than a registry's copy.
            arguments: &["--no-default-features"],
        },
    )?;
    let trunk = installed(
        place,
        &Recipe {
            name: "trunk",
            version: TRUNK,
            program: "trunk",
            arguments: &["--locked", "--no-default-features", "--features", "rustls"],
        },
    )?;
    let versions = format!("trunk {TRUNK}, wasm-bindgen {bindgen_version}");
    let shared = place.tools()?.join("target");
    if shared.exists() {
        fs::remove_dir_all(&shared).about(shared.display())?;
    }
    Ok(Tools {
        trunk,
        wasm_bindgen,
        versions,
    })
}

/// cargo-fuzz, as the folder to put on the search path.
///
/// # Errors
/// It does not compile.
pub(crate) fn cargo_fuzz(place: &Place) -> Outcome<PathBuf> {
    installed(
        place,
        &Recipe {
            name: "cargo-fuzz",
            version: CARGO_FUZZ,
            program: "cargo-fuzz",
            arguments: &["--locked"],
        },
    )
}

fn installed(place: &Place, recipe: &Recipe<'_>) -> Outcome<PathBuf> {
    let tools = place.tools()?;
    let folder = tools.join(format!("{}-{}", recipe.name, recipe.version));
    let programs = folder.join("bin");
    if programs.join(recipe.program).is_file() {
        return Ok(programs);
    }
    say(format!(
        "{} {}: compiling it once (some minutes)",
        recipe.name, recipe.version
    ));
    let mut install = cargo();
    install
        .args([
            "install",
            recipe.name,
            "--version",
            recipe.version,
            "--root",
        ])
        .arg(&folder);
    install
        .args(recipe.arguments)
        .current_dir(&tools_folder(&tools)?);
    // They run for seconds: compile fast rather than well, and what they share only once.
    install.env("CARGO_TARGET_DIR", tools.join("target"));
    install
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off");
    install
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
    run(&mut install).about(recipe.name)?;
    Ok(programs)
}

fn tools_folder(tools: &std::path::Path) -> Outcome<PathBuf> {
    fs::create_dir_all(tools).about(tools.display())?;
    Ok(tools.to_path_buf())
}

fn locked_version(place: &Place, package: &str) -> Outcome<String> {
    let lock = fs::read_to_string(place.at("Cargo.lock")).about("Cargo.lock")?;
    version_in(&lock, package)
        .ok_or_else(|| Fault::new(format!("Cargo.lock has no package `{package}`")))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let heading = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != heading);
    lines.find_map(|line| {
        line.strip_prefix("version = \"")?
            .strip_suffix('"')
            .map(str::to_owned)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_tells_the_version() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "trunk"), None);
    }
}
