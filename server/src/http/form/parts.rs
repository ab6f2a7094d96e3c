//! The parts of a form with files (RFC 7578). Each limit is one that no form of ours comes near.

use axum::extract::Multipart;
use axum::extract::multipart::Field;
use miftah_rules::form::{Attached, Posted};

use super::FORM_LIMIT;
use super::arriving::Watch;

/// The largest file, in bytes; larger ones are read to their end and dropped, so that the person is
/// told about the file and keeps the rest of the form.
const FILE_LIMIT: usize = 5 * 1024 * 1024;
/// Files in one form, chosen or not.
const MOST_FILES: usize = 8;
/// Parts in one form.
const MOST_PARTS: usize = 64;
/// What may stand between the content of two parts, in bytes: a boundary and the head of a part.
const HEAD_LIMIT: u64 = 16 * 1024;

/// What is read so far.
#[derive(Default)]
struct Reading {
    pairs: Vec<(String, String)>,
    files: Vec<(String, Attached)>,
    /// Bytes of names and texts.
    texts: usize,
}

/// The form; `None` when it is none, or larger in any way than a form may be.
pub(super) async fn read(mut multipart: Multipart, watch: &Watch) -> Option<Posted> {
    let mut reading = Reading::default();
    for _ in 0..=MOST_PARTS {
        watch.allow(HEAD_LIMIT);
        let Some(field) = multipart.next_field().await.ok()? else {
            return Some(Posted::with_files(reading.pairs, reading.files));
        };
        watch.allow(u64::MAX);
        reading.take(field).await?;
    }
    None
}

impl Reading {
    async fn take(&mut self, field: Field<'_>) -> Option<()> {
        let name = field.name()?.to_owned();
        self.count(name.len())?;
        let Some(file_name) = field.file_name().map(str::to_owned) else {
            let text = self.text(field).await?;
            self.pairs.push((name, text));
            return Some(());
        };
        self.count(file_name.len())?;
        if self.files.len() == MOST_FILES {
            return None;
        }
        let file = file(file_name, field).await?;
        self.files.push((name, file));
        Some(())
    }

    fn count(&mut self, bytes: usize) -> Option<()> {
        self.texts = self.texts.saturating_add(bytes);
        (self.texts <= FORM_LIMIT).then_some(())
    }

    async fn text(&mut self, mut field: Field<'_>) -> Option<String> {
        let mut bytes = Vec::new();
        while let Some(piece) = field.chunk().await.ok()? {
            self.count(piece.len())?;
            bytes.extend_from_slice(&piece);
        }
        // As in a form without files.
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }
}

async fn file(name: String, mut field: Field<'_>) -> Option<Attached> {
    let (mut bytes, mut cut) = (Vec::new(), false);
    while let Some(piece) = field.chunk().await.ok()? {
        cut |= bytes.len() + piece.len() > FILE_LIMIT;
        if cut {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&piece);
        }
    }
    bytes.shrink_to_fit();
    Some(Attached { name, bytes, cut })
}
