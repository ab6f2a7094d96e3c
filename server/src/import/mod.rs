//! `miftah import`: the roll out of a CSV file (A.3, B.1). The file is read here; what its lines mean
//! and what becomes of them is the portal's (`portal::roll`).

use std::fs::File;
use std::io::{self, BufReader, Read, Write as _};
use std::path::Path;
use std::process::ExitCode;

use miftah_portal::fault::Fault;
use miftah_portal::roll::{
    Column, Keep, Loading, Names, Outcome, Registry, Report, Sheet, Told, Trial,
};
use miftah_portal::store::Store;

use crate::config::Import;
use crate::world::{OsRandom, SystemClock};
use crate::{institution, serve};

mod encoding;
mod report;
mod source;
mod table;
mod teller;
#[cfg(test)]
mod tests;

pub use encoding::Encoding;
pub use report::Words;
pub use table::FileFault;
use table::Table;
use teller::Teller;

/// Lines were refused, so nothing is loaded.
const REFUSED: u8 = 3;
/// Lines were refused, and the good ones are loaded (`--keep-good`).
const PARTLY: u8 = 4;

/// Why a file could not even be judged line by line. Nothing was loaded.
#[derive(Debug)]
pub enum ImportFault {
    File(FileFault),
    /// Another import is under way.
    Busy,
    Portal(Fault),
}

impl From<FileFault> for ImportFault {
    fn from(fault: FileFault) -> Self {
        Self::File(fault)
    }
}

impl From<Fault> for ImportFault {
    fn from(fault: Fault) -> Self {
        Self::Portal(fault)
    }
}

/// What is wished of a file.
#[derive(Debug)]
pub struct Wish {
    pub keep: Keep,
    pub trial: Trial,
    /// What its columns may be called.
    pub names: Names,
    /// Where somebody knows better.
    pub encoding: Option<Encoding>,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            keep: Keep::AllOrNothing,
            trial: Trial::Load,
            names: Names::known(),
            encoding: None,
        }
    }
}

/// Hears how a file is read, beside what is told of its lines.
pub trait Listener: Told {
    /// The heading was read.
    fn began(&mut self, _how: &How) {}
    /// So many lines of the file are behind us.
    fn passed(&mut self, _line: u64) {}
}

impl Listener for Vec<miftah_portal::roll::Refusal> {}

/// How a file was read: a wrong guess shows here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct How {
    pub encoding: Encoding,
    pub separator: char,
    /// About as many lines as there are.
    pub lines: u64,
    /// Columns that no roll has, as the file writes them.
    pub unread: Vec<String>,
    /// Columns that the file lacks: there nothing changes.
    pub lacking: Vec<Column>,
}

/// Loads a file and prints the report; the exit code says how it went (docs/roll.md).
///
/// # Errors
/// With one sentence for the operator: settings, database.
pub async fn run(settings: Import) -> io::Result<ExitCode> {
    let profile = institution::load(&settings.place.institution)?;
    let words = Words::new(settings.lang.unwrap_or(profile.default_lang), &profile);
    if profile.is_open() {
        return Err(io::Error::other(words.no_roll()));
    }
    let store = serve::store(&settings.place.database).await?;
    let registry = Registry {
        clock: &SystemClock::default(),
        random: &OsRandom,
        institution: &profile,
    };
    let mut wish = Wish {
        keep: if settings.keep_good {
            Keep::Good
        } else {
            Keep::AllOrNothing
        },
        trial: if settings.dry_run {
            Trial::DryRun
        } else {
            Trial::Load
        },
        encoding: settings.encoding,
        ..Wish::default()
    };
    for (name, column) in &settings.map {
        wish.names.add(name, *column);
    }
    let mut teller = Teller::new(&words, settings.report.as_deref())?;
    let report = load(store.as_ref(), registry, &settings.file, &wish, &mut teller).await;
    match report {
        Ok(report) => {
            teller.end(&report)?;
            Ok(exit_code(&report))
        }
        Err(ImportFault::File(fault)) => {
            eprint!("{}", words.file_fault(&settings.file, &fault));
            Ok(ExitCode::FAILURE)
        }
        Err(ImportFault::Busy) => {
            eprint!("{}", words.busy());
            Ok(ExitCode::FAILURE)
        }
        Err(ImportFault::Portal(fault)) => Err(io::Error::other(fault.to_string())),
    }
}

/// Reads a file and loads it.
///
/// # Errors
/// When the file as a whole is not a roll, while another one is being loaded, and store failures.
pub async fn load(
    store: &dyn Store,
    registry: Registry<'_>,
    file: &Path,
    wish: &Wish,
    told: &mut dyn Listener,
) -> Result<Report, ImportFault> {
    let input = File::open(file).map_err(|error| FileFault::Unreadable(error.to_string()))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    read(store, registry, BufReader::new(input), &name, wish, told).await
}

/// As [`load`], from anything that can be read twice.
async fn read(
    store: &dyn Store,
    registry: Registry<'_>,
    input: impl Read + io::Seek,
    name: &str,
    wish: &Wish,
    told: &mut dyn Listener,
) -> Result<Report, ImportFault> {
    let names = wish.names.of(registry.institution);
    let mut table = Table::open(input, &names, wish.encoding)?;
    let institution = registry.institution;
    let sheet = Sheet::new(registry, table.heading().clone());
    let mut loading = Loading::begin(store, sheet, name)
        .await?
        .ok_or(ImportFault::Busy)?;
    let heading = table.heading();
    told.began(&How {
        encoding: table.encoding(),
        separator: table.separator(),
        lines: table.lines(),
        unread: heading.unread().to_vec(),
        lacking: Column::ALL
            .iter()
            .copied()
            .filter(|column| column.is_of(institution) && heading.lacks(*column))
            .collect(),
    });
    match stage(&mut table, &mut loading, told).await {
        Ok(()) => Ok(loading.finish(wish.keep, wish.trial, told).await?),
        Err(ImportFault::File(fault)) => {
            loading.abandon().await?;
            Err(fault.into())
        }
        Err(fault) => Err(fault),
    }
}

async fn stage(
    table: &mut Table<impl Read>,
    loading: &mut Loading<'_>,
    told: &mut dyn Listener,
) -> Result<(), ImportFault> {
    while let Some(row) = table.next_row()? {
        if row.line == row.to {
            loading.take(row.line, &row.cells, told).await?;
        } else {
            loading.take_spanning(row.line, row.to, told).await?;
        }
        told.passed(row.to);
    }
    Ok(())
}

fn exit_code(report: &Report) -> ExitCode {
    match (report.refused, report.outcome) {
        (0, _) => ExitCode::SUCCESS,
        (_, Outcome::Nothing) => ExitCode::from(REFUSED),
        (_, Outcome::Loaded | Outcome::WouldLoad) => ExitCode::from(PARTLY),
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
