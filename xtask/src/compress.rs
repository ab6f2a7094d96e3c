//! Compresses the site once, when it is built: the server hands out `name.br` and `name.gz` as
//! they are, and compresses itself only what no session sees (`server/src/http/encoding.rs`).

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::digest::files_below;
use crate::fault::{About as _, Outcome};

/// Below this many bytes the headers weigh more than what is saved.
const WORTH_IT: usize = 512;

/// Writes the compressed neighbours of every file below `folder` that gains by it.
///
/// # Errors
/// A file cannot be read or written.
pub(crate) fn folder(folder: &Path) -> Outcome {
    for file in files_below(folder)? {
        if !gains(&file) {
            continue;
        }
        let bytes = fs::read(&file).about(file.display())?;
        if bytes.len() < WORTH_IT {
            continue;
        }
        fs::write(beside(&file, "br"), brotli(&bytes)?)?;
        fs::write(beside(&file, "gz"), gzip(&bytes)?)?;
    }
    Ok(())
}

/// Fonts and pictures are compressed already.
fn gains(file: &Path) -> bool {
    let kind = file
        .extension()
        .and_then(|kind| kind.to_str())
        .unwrap_or_default();
    matches!(
        kind,
        "js" | "mjs" | "wasm" | "css" | "svg" | "json" | "webmanifest" | "txt" | "html"
    )
}

fn beside(file: &Path, kind: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(kind);
    PathBuf::from(name)
}

/// The bytes as brotli.
///
/// # Errors
/// None that memory could cause in practice; the encoder speaks `io::Result`.
fn brotli(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut out = brotli::CompressorWriter::new(Vec::new(), 64 * 1024, 11, 24);
    out.write_all(bytes)?;
    Ok(out.into_inner())
}

fn gzip(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(bytes)?;
    Ok(out.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn both_forms_come_back_as_they_went_in() {
        let text = "مفتاح ".repeat(500);
        let mut back = String::new();
        let small = brotli(text.as_bytes()).unwrap();
        brotli::Decompressor::new(&*small, 4096)
            .read_to_string(&mut back)
            .unwrap();
        assert_eq!(back, text);
        let mut back = String::new();
        let small = gzip(text.as_bytes()).unwrap();
        flate2::read::GzDecoder::new(&*small)
            .read_to_string(&mut back)
            .unwrap();
        assert_eq!(back, text);
    }
}
