//! Builds what browsers load, into `target/site`: the app (`boot.js`, `frontend.js`, its wasm, the
//! texts of each language), `site.css`, `fonts/`, `icons/`, `pictures/`, all precompressed, and `build-id`, a hash of the
//! content: the server mounts the folder at `/pkg/<build id>/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::compress;
use crate::digest::{Digest, files_below};
use crate::fault::{About as _, Fault, Outcome};
use crate::place::Place;
use crate::process::{cargo, run, say};
use crate::setup::npm;
use crate::setup::tools::{self, Tools};
use crate::setup::wasm::{self, Wasm};

/// The package that Trunk names its output after, and the name the server asks for.
const PACKAGE: &str = "miftah-frontend";
const NAME: &str = "frontend";

/// The texts of pages, of one language to each browser (`messages/src/handed.rs`).
const WRITE_TEXTS: [&str; 7] = [
    "run",
    "--quiet",
    "--package=miftah-messages",
    "--features=tables",
    "--bin=miftah-texts",
    "--profile=dev",
    "--",
];

/// What the app is compiled from; a change in any of them builds it anew.
const SOURCES: [&str; 9] = [
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    ".cargo/config.toml",
    "rules",
    "messages",
    "html-macro",
    "app",
    "frontend",
];

/// For whom the site is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grade {
    /// The developer who waits for it.
    Quick,
    /// People: tests, `--release` and `dist` use this one.
    Shipped,
}

impl Grade {
    fn cargo_profile(self) -> &'static str {
        match self {
            // Shares its macros with the server's build, which halves the first run.
            Self::Quick => "dev",
            Self::Shipped => "wasm-release",
        }
    }
}

/// Builds the site, or finds that nothing changed, and returns its folder.
///
/// # Errors
/// A tool is missing and cannot be had, or something does not compile.
pub(crate) fn build(place: &Place, grade: Grade) -> Outcome<PathBuf> {
    let wasm = Wasm::ensure(place)?;
    let tools = tools::ensure(place)?;
    let app = app(place, grade, &wasm, &tools)?;
    assemble(place, grade, &app)
}

/// The app's files, in a folder named after grade and compiler.
fn app(place: &Place, grade: Grade, wasm: &Wasm, tools: &Tools) -> Outcome<PathBuf> {
    let out =
        place
            .target()
            .join("trunk")
            .join(format!("{}-{}", grade.cargo_profile(), wasm.name()));
    let stamp = out.with_extension("stamp");
    let mut digest = Digest::new();
    digest.add(tools.versions.as_bytes());
    for source in SOURCES {
        digest.add_path(&place.at(source))?;
    }
    if out.is_dir() && fs::read_to_string(&stamp).is_ok_and(|old| old == digest.text()) {
        return Ok(out);
    }
    say(format!(
        "building the app for the browser (profile {})",
        grade.cargo_profile()
    ));
    compile(place, grade, wasm)?;
    let mut trunk = Command::new(tools.trunk.join("trunk"));
    trunk.args([
        "build",
        "--skip-version-check",
        "--log",
        "warn",
        "--cargo-profile",
    ]);
    trunk
        .arg(grade.cargo_profile())
        .arg("--dist")
        .arg(&out)
        .current_dir(place.root());
    wasm.dress(&mut trunk, &[&tools.trunk, &tools.wasm_bindgen])?;
    // Trunk reads NO_COLOR as a yes-or-no and refuses the customary `1`.
    run(trunk.env_remove("NO_COLOR")).about("Trunk")?;
    run(cargo()
        .args(WRITE_TEXTS)
        .arg(&out)
        .current_dir(place.root()))
    .about("texts")?;
    if grade == Grade::Shipped {
        shrink(place, &out)?;
    }
    fs::write(&stamp, digest.text()).about(stamp.display())?;
    Ok(out)
}

/// Trunk calls cargo offline: crates of a fresh machine are fetched by this first build.
fn compile(place: &Place, grade: Grade, wasm: &Wasm) -> Outcome {
    let mut cargo = wasm.cargo()?;
    cargo.args([
        "build",
        "--package",
        PACKAGE,
        "--target",
        wasm::TARGET,
        "--profile",
    ]);
    run(cargo.arg(grade.cargo_profile()).current_dir(place.root()))
}

/// Binaryen's pass over the module: fewer bytes for a phone to compile.
fn shrink(place: &Place, out: &Path) -> Outcome {
    npm::ensure(place)?;
    let module = out.join(format!("{PACKAGE}_bg.wasm"));
    let wasm_opt = place.at("end2end/node_modules/binaryen/bin/wasm-opt");
    let mut node = Command::new("node");
    // The features that rustc's own modules use, and no more: Chromium refused what `--all-features` made.
    node.arg(wasm_opt)
        .arg(&module)
        .args(["-Oz", "-o"])
        .arg(&module);
    node.args([
        "--enable-bulk-memory",
        "--enable-bulk-memory-opt",
        "--enable-mutable-globals",
    ]);
    node.args([
        "--enable-nontrapping-float-to-int",
        "--enable-sign-ext",
        "--enable-multivalue",
    ]);
    node.args(["--enable-reference-types"]);
    run(&mut node).about("wasm-opt")
}

/// Puts app, styles, fonts and icons together. Unchanged content keeps folder and build id as they are.
fn assemble(place: &Place, grade: Grade, app: &Path) -> Outcome<PathBuf> {
    let site = place.site();
    let next = site.with_extension("next");
    clear(&next)?;
    copy_app(app, &next)?;
    for script in ["boot.js", "robot.js", "robot-worker.js", "sw.js"] {
        let from = place.at("frontend").join(script);
        fs::copy(&from, next.join(script)).about(from.display())?;
    }
    write_style(&place.at("style"), &next)?;
    for folder in ["fonts", "icons", "pictures", "screens"] {
        copy_folder(&place.at("style").join(folder), &next.join(folder))?;
    }
    let mut digest = Digest::new();
    digest.add_path(&next)?;
    let id = digest.text();
    // The grade is no content, but decides whether it is compressed.
    let mark = format!("{id} {grade:?}");
    let marker = place.notes().join("site.stamp");
    if site.is_dir() && fs::read_to_string(&marker).is_ok_and(|old| old == mark) {
        clear(&next)?;
        return Ok(site);
    }
    // Loopback needs no compression, and the developer waits.
    if grade == Grade::Shipped {
        compress::folder(&next)?;
    }
    fs::write(next.join("build-id"), &id)?;
    clear(&site)?;
    fs::rename(&next, &site).about(site.display())?;
    fs::create_dir_all(place.notes())?;
    fs::write(&marker, mark).about(marker.display())?;
    Ok(site)
}

/// Trunk names its output after the package; pages ask for `frontend.js`.
fn copy_app(app: &Path, pkg: &Path) -> Outcome {
    fs::create_dir_all(pkg)?;
    let script = fs::read_to_string(app.join(format!("{PACKAGE}.js"))).about("Trunk's output")?;
    let module = format!("{PACKAGE}_bg.wasm");
    if !script.contains(&module) {
        return Err(Fault::new(format!(
            "{PACKAGE}.js does not name {module}: has wasm-bindgen changed?"
        )));
    }
    fs::write(
        pkg.join(format!("{NAME}.js")),
        script.replace(&module, &format!("{NAME}_bg.wasm")),
    )?;
    fs::copy(app.join(&module), pkg.join(format!("{NAME}_bg.wasm"))).about(module)?;
    for file in files_below(app)? {
        if file.extension().is_some_and(|kind| kind == "txt")
            && let Some(name) = file.file_name()
        {
            fs::copy(&file, pkg.join(name)).about(file.display())?;
        }
    }
    copy_folder(&app.join("snippets"), &pkg.join("snippets"))
}

/// One sheet: the files that `order.txt` names, in its order.
fn write_style(from: &Path, to: &Path) -> Outcome {
    let order = fs::read_to_string(from.join("order.txt")).about("style/order.txt")?;
    let mut sheet = String::new();
    for name in order
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        sheet.push_str(&fs::read_to_string(from.join(name)).about(format!("style/{name}"))?);
        sheet.push('\n');
    }
    fs::create_dir_all(to)?;
    fs::write(to.join("site.css"), sheet).about("site.css")
}

/// Copies what is below `from`; nothing when there is no such folder.
///
/// # Errors
/// A file cannot be read or written.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Outcome {
    for file in files_below(from)? {
        let name = file.strip_prefix(from).unwrap_or(&file);
        let target = to.join(name);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).about(folder.display())?;
        }
        fs::copy(&file, &target).about(file.display())?;
    }
    Ok(())
}

/// Removes a folder; one that is not there is fine.
///
/// # Errors
/// It is there and cannot be removed.
pub(crate) fn clear(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).about(folder.display())?;
    }
    Ok(())
}
