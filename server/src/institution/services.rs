//! `services/` of an institution's folder: one definition a file, and the circulars beside them.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use miftah_rules::profile::Institution;
use miftah_rules::service::Service;
use toml::de::DeTable;

use super::{line, place, text_of};

const FOLDER: &str = "services";
/// Of a PDF, as each begins.
const PDF: &[u8] = b"%PDF-";

/// All definitions by the names of their files, and what is wrong in them, a line each.
///
/// # Errors
/// When a file cannot be read.
pub(super) fn read(
    folder: &Path,
    institution: &Institution,
) -> io::Result<(Vec<Service>, Vec<String>)> {
    let (mut services, mut mistakes) = (Vec::new(), Vec::new());
    for path in definitions(folder)? {
        let text = text_of(&path)?;
        let stem = path.file_stem().and_then(OsStr::to_str).unwrap_or_default();
        let mut tell = |at: usize, what: &str| {
            mistakes.push(format!("{}:{}: {what}", path.display(), line(&text, at)));
        };
        let service: Service = match toml::from_str(&text) {
            Ok(service) => service,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                tell(at, &error.message().replace('\n', " "));
                continue;
            }
        };
        let table = DeTable::parse(&text).ok();
        let at = |path: &str| {
            table
                .as_ref()
                .map_or(0, |table| place(table.get_ref(), path))
        };
        for mistake in service.mistakes(stem, institution) {
            tell(
                at(&mistake.path),
                &format!("{} {}", mistake.path, mistake.what),
            );
        }
        if let Some(file) = circular(folder, &service)
            && !fs::read(&file).is_ok_and(|bytes| bytes.starts_with(PDF))
        {
            tell(at("circular.file"), "circular.file is no PDF in services/");
        }
        services.push(service);
    }
    Ok((services, mistakes))
}

fn definitions(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder.join(FOLDER)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
        Err(error) => return Err(error),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension() == Some(OsStr::new("toml")) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Where a circular lies: beside the definitions, whatever its name says.
fn circular(folder: &Path, service: &Service) -> Option<PathBuf> {
    let file = service.circular.as_ref()?.file.as_ref()?;
    let name = Path::new(file).file_name()?;
    Some(folder.join(FOLDER).join(name))
}

/// The circulars of services that are seen, by the services' names.
///
/// # Errors
/// When a file cannot be read.
pub fn circulars(folder: &Path, institution: &Institution) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut circulars = Vec::new();
    for service in institution
        .services
        .iter()
        .filter(|service| service.is_seen())
    {
        if let Some(file) = circular(folder, service) {
            circulars.push((service.id.clone(), fs::read(file)?));
        }
    }
    Ok(circulars)
}
