//! `cargo xtask dist`: everything an institution's machine needs, in one folder that can be copied
//! anywhere: the program, and beside it `site/` and `institutions/`, where it looks for them.

use std::fs;
use std::process::ExitCode;

use crate::fault::{About as _, Outcome};
use crate::place::Place;
use crate::process::say;
use crate::serve;
use crate::site::{self, Grade};

/// Builds `target/dist`.
///
/// # Errors
/// Something does not build, or the folder cannot be written.
pub(crate) fn run(place: &Place) -> Outcome<ExitCode> {
    let site = site::build(place, Grade::Shipped)?;
    let server = serve::server(place, Grade::Shipped)?;
    let dist = place.target().join("dist");
    site::clear(&dist)?;
    fs::create_dir_all(&dist).about(dist.display())?;
    fs::copy(&server, dist.join("miftah")).about(server.display())?;
    site::copy_folder(&site, &dist.join("site"))?;
    site::copy_folder(&place.at("institutions"), &dist.join("institutions"))?;
    say(format!(
        "{}: ./miftah serve, from any folder",
        dist.display()
    ));
    Ok(ExitCode::SUCCESS)
}
