//! An institution's folder: `institution.toml`, `logo.svg`, in `services/` what it offers, and in `texts/`
//! what it says in words of its own. Every mistake in it is named with file, line and remedy; with one, nothing starts.

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use miftah_messages::{Own, Texts};
use miftah_rules::profile::Institution;
use toml::de::{DeTable, DeValue};

mod services;

pub use services::circulars;

const PROFILE: &str = "institution.toml";
const LOGO: &str = "logo.svg";

/// What a folder holds.
struct Read {
    /// Nothing when the file could not be understood.
    institution: Option<Institution>,
    own: Own,
    /// Each one line: file, line, what is wrong and what to write.
    mistakes: Vec<String>,
}

/// Reads an institution's folder, strictly; from now on the program speaks in its words.
///
/// # Errors
/// When a file cannot be read, or with all mistakes, a line each.
pub fn load(folder: &Path) -> io::Result<Institution> {
    let read = read(folder)?;
    match read.institution {
        Some(institution) if read.mistakes.is_empty() => {
            // A program serves one institution: a second time only tests ask.
            let _spoke_before = Texts::speak(read.own);
            Ok(institution)
        }
        _ => Err(io::Error::other(format!(
            "{}: not an institution\n{}",
            folder.display(),
            read.mistakes.join("\n")
        ))),
    }
}

/// `miftah check DIR`: says every mistake on standard output. Exit codes: 0 none, 1 some.
///
/// # Errors
/// When a file cannot be read.
pub fn check(folder: &Path) -> io::Result<ExitCode> {
    let read = read(folder)?;
    for mistake in &read.mistakes {
        println!("{mistake}");
    }
    if let (Some(institution), []) = (&read.institution, read.mistakes.as_slice()) {
        println!(
            "{}: sound, with {} texts in words of its own and {} services",
            institution.id,
            read.own.len(),
            institution.services.len()
        );
        return Ok(ExitCode::SUCCESS);
    }
    println!("mistakes: {}", read.mistakes.len());
    Ok(ExitCode::FAILURE)
}

/// The institution's colours, after the product's style sheet.
pub fn look(institution: &Institution) -> String {
    format!(":root{{--accent-hue:{}}}\n", institution.look.accent_hue)
}

fn read(folder: &Path) -> io::Result<Read> {
    let path = folder.join(PROFILE);
    let text = text_of(&path)?;
    let (own, words) = Own::read(&folder.join("texts"))?;
    let mut read = Read {
        institution: None,
        own,
        mistakes: Vec::new(),
    };
    match toml::from_str::<Institution>(&text) {
        Ok(institution) => {
            let table = DeTable::parse(&text).ok();
            for mistake in institution.mistakes() {
                let at = table
                    .as_ref()
                    .map_or(0, |table| place(table.get_ref(), &mistake.path));
                read.mistakes.push(format!(
                    "{}:{}: {} {}",
                    path.display(),
                    line(&text, at),
                    mistake.path,
                    mistake.what
                ));
            }
            let (services, wrong) = services::read(folder, &institution)?;
            read.mistakes.extend(wrong);
            read.institution = Some(Institution {
                services,
                ..institution
            });
        }
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            let what = error.message().replace('\n', " ");
            read.mistakes
                .push(format!("{}:{}: {what}", path.display(), line(&text, at)));
        }
    }
    read.mistakes.extend(logo(&folder.join(LOGO)));
    read.mistakes.extend(words);
    Ok(read)
}

fn text_of(path: &Path) -> io::Result<String> {
    fs::read_to_string(path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}

fn line(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or(text).matches('\n').count() + 1
}

/// Where the value at a path of keys begins; of what is not there, the table it belongs in.
fn place(table: &DeTable<'_>, path: &str) -> usize {
    let mut keys = path.split('.');
    let Some((key, value)) = keys.next().and_then(|key| table.get_key_value(key)) else {
        return 0;
    };
    let mut at = key.span().start;
    let mut value = value.get_ref();
    for key in keys {
        let below = match value {
            DeValue::Table(table) => table
                .get_key_value(key)
                .map(|(key, value)| (key.span().start, value.get_ref())),
            DeValue::Array(items) => key
                .parse::<usize>()
                .ok()
                .and_then(|index| items.get(index))
                .map(|item| (item.span().start, item.get_ref())),
            _ => None,
        };
        let Some((start, found)) = below else {
            break;
        };
        at = start;
        value = found;
    }
    at
}

/// The institution's mark: a picture, and nothing that runs.
fn logo(path: &Path) -> Option<String> {
    let what = match fs::read_to_string(path) {
        Err(error) => format!("{error}: the institution's mark belongs here, as SVG"),
        Ok(svg) if !svg.contains("<svg") => "is no SVG: the institution's mark belongs here".into(),
        Ok(svg) if svg.to_lowercase().contains("<script") => {
            "has a script: a mark is a picture, remove it".into()
        }
        Ok(_) => return None,
    };
    Some(format!("{}:1: {what}", path.display()))
}

#[cfg(test)]
mod tests;
