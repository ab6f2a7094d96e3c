//! A small content hash (FNV-1a, 64 bits) for stamps and for the build id. It guards against
//! accident, not against an attacker: nothing secret or signed depends on it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::fault::{About as _, Outcome};

/// A hash that grows with every byte added.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Digest(u64);

impl Digest {
    pub(crate) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub(crate) fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        // The length ends each part, so that "ab"+"c" differs from "a"+"bc".
        for byte in bytes.len().to_le_bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    /// Adds a file, or every file below a folder, by name and content. What is missing counts as empty.
    ///
    /// # Errors
    /// Something there cannot be read.
    pub(crate) fn add_path(&mut self, path: &Path) -> Outcome {
        for file in files_below(path)? {
            let name = file.strip_prefix(path).unwrap_or(&file);
            self.add(name.to_string_lossy().as_bytes());
            self.add(&fs::read(&file).about(file.display())?);
        }
        Ok(())
    }

    /// Sixteen hexadecimal digits.
    pub(crate) fn text(self) -> String {
        format!("{:016x}", self.0)
    }
}

/// All files below `path` (or `path` itself), sorted, so that hashes do not depend on the disk's order.
///
/// # Errors
/// A folder cannot be read.
pub(crate) fn files_below(path: &Path) -> Outcome<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut found = Vec::new();
    let mut open = vec![path.to_path_buf()];
    while let Some(folder) = open.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder).about(folder.display())? {
            let entry = entry?.path();
            if entry.is_dir() {
                open.push(entry);
            } else {
                found.push(entry);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        let hash = |parts: &[&str]| {
            let mut digest = Digest::new();
            parts.iter().for_each(|part| digest.add(part.as_bytes()));
            digest.text()
        };
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
        assert_eq!(hash(&["ab", "c"]), hash(&["ab", "c"]));
        assert_eq!(hash(&[]).len(), 16);
    }
}
