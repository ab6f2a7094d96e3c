//! Reading an institution's folder.

use std::fs;
use std::io;
use std::path::Path;

use miftah_rules::profile::Institution;

/// Reads `institution.toml` of a folder, strictly.
///
/// # Errors
/// When the file cannot be read, or with file, line and what is wrong in it.
pub fn load(folder: &Path) -> io::Result<Institution> {
    let path = folder.join("institution.toml");
    let text = fs::read_to_string(&path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
    toml::from_str(&text).map_err(|error| io::Error::other(format!("{}: {error}", path.display())))
}

/// The institution's colours, after the product's style sheet.
pub fn look(institution: &Institution) -> String {
    format!(":root{{--accent-hue:{}}}\n", institution.look.accent_hue)
}
