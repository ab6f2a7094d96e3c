//! `cargo xtask pictures`: the pictures of the README, taken from the running product.

use std::process::{Command, ExitCode};

use crate::fault::{About as _, Outcome};
use crate::place::Place;
use crate::process::{run as run_command, say};
use crate::serve;
use crate::setup::{chromium, npm};
use crate::site::{self, Grade};

/// Builds the product, walks it in Chromium and writes `docs/pictures/` and `style/screens/`.
///
/// # Errors
/// Something cannot be set up or built, or a page is not as the walk expects it.
pub(crate) fn take(place: &Place) -> Outcome<ExitCode> {
    npm::ensure(place)?;
    let chromium = chromium::ensure()?;
    let site = site::build(place, Grade::Shipped)?;
    let server = serve::server(place, Grade::Quick)?;
    for script in ["pictures/take.mjs", "pictures/screens.mjs"] {
        let mut node = Command::new("node");
        node.arg(script).current_dir(place.at("end2end"));
        node.env("MIFTAH_BIN", &server)
            .env("MIFTAH_SITE", &site)
            .env("MIFTAH_CHROMIUM", &chromium);
        run_command(&mut node).about(script)?;
    }
    say("docs/pictures and style/screens are new");
    Ok(ExitCode::SUCCESS)
}
