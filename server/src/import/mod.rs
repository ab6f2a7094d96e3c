//! `miftah import`: the roll out of a CSV file (A.3). The file is read here; what its lines mean
//! and what becomes of them is the portal's (`portal::roll`).

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use miftah_portal::fault::Fault;
use miftah_portal::roll::{self, Keep, Outcome, Registry, Report, Trial};
use miftah_portal::store::Store;

use crate::config::Import;
use crate::world::{OsRandom, SystemClock};
use crate::{institution, serve};

mod report;
mod source;
mod table;
#[cfg(test)]
mod tests;

pub use report::Words;
pub use table::FileFault;

/// Lines were refused, so nothing is loaded.
const REFUSED: u8 = 3;
/// Lines were refused, and the good ones are loaded (`--keep-good`).
const PARTLY: u8 = 4;

/// Why a file could not even be judged line by line. Nothing was loaded.
#[derive(Debug)]
pub enum ImportFault {
    File(FileFault),
    Portal(Fault),
}

/// Loads a file and prints the report; the exit code says how it went (docs/roll.md).
///
/// # Errors
/// With one sentence for the operator: settings, database.
pub async fn run(settings: Import) -> io::Result<ExitCode> {
    let profile = institution::load(&settings.institution)?;
    let words = Words::new(settings.lang.unwrap_or(profile.default_lang), &profile);
    let store = serve::store(&settings.database).await?;
    let registry = Registry {
        clock: &SystemClock::default(),
        random: &OsRandom,
        institution: &profile,
    };
    let keep = if settings.keep_good {
        Keep::Good
    } else {
        Keep::AllOrNothing
    };
    let trial = if settings.dry_run {
        Trial::DryRun
    } else {
        Trial::Load
    };
    match load(store.as_ref(), registry, &settings.file, keep, trial).await {
        Ok(report) => {
            print(&words.report(&report))?;
            Ok(exit_code(&report))
        }
        Err(ImportFault::File(fault)) => {
            eprint!("{}", words.file_fault(&settings.file, &fault));
            Ok(ExitCode::FAILURE)
        }
        Err(ImportFault::Portal(fault)) => Err(io::Error::other(fault.to_string())),
    }
}

/// Reads a file and loads it.
///
/// # Errors
/// When the file as a whole is not a roll, and store failures.
pub async fn load(
    store: &dyn Store,
    registry: Registry<'_>,
    file: &Path,
    keep: Keep,
    trial: Trial,
) -> Result<Report, ImportFault> {
    let input = File::open(file)
        .map_err(|error| ImportFault::File(FileFault::Unreadable(error.to_string())))?;
    let sheet = table::read(input, registry).map_err(ImportFault::File)?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    roll::load(store, sheet, &name, keep, trial)
        .await
        .map_err(ImportFault::Portal)
}

fn exit_code(report: &Report) -> ExitCode {
    match (report.refusals.is_empty(), report.outcome) {
        (true, _) => ExitCode::SUCCESS,
        (false, Outcome::Nothing) => ExitCode::from(REFUSED),
        (false, Outcome::Loaded | Outcome::WouldLoad) => ExitCode::from(PARTLY),
    }
}

/// Whoever reads the report may stop early (`| head`): the roll is loaded all the same.
fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
