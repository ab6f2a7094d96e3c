//! `miftah unfreeze`: the office has seen the student, the account is opened again.

use std::io;
use std::process::ExitCode;

use miftah_portal::roll::Registry;
use miftah_portal::unfreeze::{Unfrozen, unfreeze};

use crate::config::Unfreeze;
use crate::world::{OsRandom, SystemClock};
use crate::{institution, serve};

/// Opens the account and says so; the running portal sends the letters.
///
/// # Errors
/// With one sentence for the operator: settings, database, or why nothing was done.
pub async fn run(settings: Unfreeze) -> io::Result<ExitCode> {
    let profile = institution::load(&settings.place.institution)?;
    let store = serve::store(&settings.place.database).await?;
    let registry = Registry {
        clock: &SystemClock::default(),
        random: &OsRandom,
        institution: &profile,
    };
    let number = &settings.number;
    let outcome = unfreeze(store.as_ref(), registry, number)
        .await
        .map_err(|fault| io::Error::other(fault.to_string()))?;
    let why = match outcome {
        Unfrozen::Done => {
            println!("{number}: the account is open again, and its addresses are told");
            return Ok(ExitCode::SUCCESS);
        }
        Unfrozen::NoStudent => "no student on the roll has this number",
        Unfrozen::NoAccount => "this student has no account",
        Unfrozen::NotFrozen => "the account is not frozen",
    };
    Err(io::Error::other(format!("{number}: {why}")))
}
