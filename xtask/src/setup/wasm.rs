//! A compiler for the browser's side. Three ways, in this order: the target is installed; rustup
//! adds it; Debian's own compiler builds the standard library for it. `MIFTAH_WASM=debian` (or
//! `rustup`) asks for one of them.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::fault::{About as _, Fault, Outcome};
use crate::place::Place;
use crate::process::{capture, cargo, find, path_with, run, say};

use super::apt;

/// The target's name.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-19"];
const DEBIAN_LINKER: &str = "/usr/bin/wasm-ld-19";
/// Where the source of the standard library lies for Debian's compiler.
const DEBIAN_SOURCE: &str = "/usr/lib/rustlib/src/rust/library/std/src/lib.rs";

/// How code for the browser is compiled here.
#[derive(Debug, Clone)]
pub(crate) enum Wasm {
    /// The compiler of this command has the target.
    Own,
    /// Debian's compiler, with links to it in this folder, building into a target folder of its own.
    Debian { links: PathBuf, target: PathBuf },
}

impl Wasm {
    /// Finds or makes a way.
    ///
    /// # Errors
    /// No way works here; the fault says what to install.
    pub(crate) fn ensure(place: &Place) -> Outcome<Self> {
        let wish = std::env::var("MIFTAH_WASM").unwrap_or_default();
        match wish.as_str() {
            "debian" => Self::debian(place),
            "rustup" => Self::rustup(),
            "" => Self::best(place),
            other => Err(Fault::new(format!(
                "MIFTAH_WASM is `{other}`: use `rustup` or `debian`"
            ))),
        }
    }

    fn best(place: &Place) -> Outcome<Self> {
        if own_target_is_installed() {
            return Ok(Self::Own);
        }
        let refused = match Self::rustup() {
            Ok(own) => return Ok(own),
            Err(fault) => fault,
        };
        if !apt::is_debian() {
            return Err(Fault::new(format!("no compiler for {TARGET}: {refused}")));
        }
        say(format!(
            "rustup cannot add {TARGET} ({refused}): taking Debian's compiler"
        ));
        Self::debian(place)
    }

    fn rustup() -> Outcome<Self> {
        if own_target_is_installed() {
            return Ok(Self::Own);
        }
        if find("rustup").is_none() {
            return Err(Fault::new(format!(
                "rustup is not here; run `rustup target add {TARGET}`"
            )));
        }
        say(format!("rustup target add {TARGET}"));
        run(Command::new("rustup").args(["target", "add", TARGET]))?;
        Ok(Self::Own)
    }

    fn debian(place: &Place) -> Outcome<Self> {
        let here = [
            "/usr/bin/cargo",
            "/usr/bin/rustc",
            DEBIAN_LINKER,
            DEBIAN_SOURCE,
        ];
        if !here.iter().all(|file| Path::new(file).exists()) {
            apt::install(&format!("Debian's compiler for {TARGET}"), &DEBIAN_PACKAGES)?;
        }
        let links = place.notes().join("debian-rust");
        fs::create_dir_all(&links).about(links.display())?;
        for program in ["cargo", "rustc", "rustdoc"] {
            let link = links.join(program);
            if !link.exists() {
                let real = Path::new("/usr/bin").join(program);
                std::os::unix::fs::symlink(&real, &link).about(link.display())?;
            }
        }
        Ok(Self::Debian {
            links,
            target: place.target().join("wasm-debian"),
        })
    }

    /// A cargo that builds for the browser.
    ///
    /// # Errors
    /// The search path cannot be spelled.
    pub(crate) fn cargo(&self) -> Outcome<Command> {
        let mut command = match self {
            Self::Own => cargo(),
            Self::Debian { links, .. } => Command::new(links.join("cargo")),
        };
        self.dress(&mut command, &[])?;
        Ok(command)
    }

    /// Makes `command`, and the cargo it may start, build this way; `tools` go on its search path.
    ///
    /// # Errors
    /// The search path cannot be spelled.
    pub(crate) fn dress(&self, command: &mut Command, tools: &[&Path]) -> Outcome {
        // Panics name their place in the source: without the folders of this machine the module is
        // smaller, and the same on every machine.
        if let Some(flags) = short_paths() {
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags);
        }
        let Self::Debian { links, target } = self else {
            command.env("PATH", path_with(tools)?);
            return Ok(());
        };
        let folders: Vec<&Path> = tools.iter().copied().chain([links.as_path()]).collect();
        command
            .env("PATH", path_with(&folders)?)
            .env("CARGO_TARGET_DIR", target);
        command.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO");
        command
            .env("RUSTC", links.join("rustc"))
            .env("RUSTDOC", links.join("rustdoc"));
        // Building the standard library is not stable yet; Debian's compiler is no nightly.
        command
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort");
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER);
        Ok(())
    }

    /// Names the way, for stamps.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Debian { .. } => "debian",
        }
    }
}

/// Compiler flags that take this machine's folders of crates out of paths.
fn short_paths() -> Option<String> {
    let home = std::env::var("CARGO_HOME")
        .or_else(|_| std::env::var("HOME").map(|home| format!("{home}/.cargo")));
    let home = home.ok().filter(|home| !home.contains(' '))?;
    Some(format!("--remap-path-prefix={home}/registry/src="))
}

fn own_target_is_installed() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc"));
    capture(Command::new(rustc).args(["--print", "sysroot"])).is_ok_and(|sysroot| {
        Path::new(sysroot.trim())
            .join("lib/rustlib")
            .join(TARGET)
            .join("lib")
            .is_dir()
    })
}
