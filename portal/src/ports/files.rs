//! Files that people send: cleaning them, and keeping them.

use std::fmt;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::id::FileId;

/// The kinds of files that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    Pdf,
    Jpeg,
    Png,
}

impl Media {
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];

    /// As stored and serialised.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpeg",
            Self::Png => "png",
        }
    }

    /// The kind of a [name](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.name() == name)
    }

    /// The media type (RFC 6838) it is served as.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// How the name of a downloaded file ends, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// A file that can be kept and shown: pictures are made anew, and PDFs hold nothing that acts.
#[derive(Clone, PartialEq, Eq)]
pub struct Clean {
    pub media: Media,
    pub bytes: Vec<u8>,
}

/// The content is a person's: `Debug` has its size alone, in bytes.
impl fmt::Debug for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clean")
            .field("media", &self.media)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

/// Why a file cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unclean {
    #[error("the file is empty")]
    Empty,
    /// Larger than a file may be, in bytes or in pixels.
    #[error("the file is too large")]
    TooBig,
    /// None of [`Media`].
    #[error("no kind of file that is kept")]
    Type,
    /// Encrypted: nobody can tell what is in it.
    #[error("the file is protected by a password")]
    Protected,
    /// It holds scripts, forms that send, or other files.
    #[error("the file holds something that acts")]
    Active,
    #[error("the file is broken")]
    Unreadable,
    /// Others are being cleaned; a moment later there is room.
    #[error("too many files at once")]
    Busy,
}

/// Cleaning decodes what strangers made, which is slow and costs memory, hence a port with a queue.
#[async_trait]
pub trait Cleaner: Send + Sync {
    /// What of a file can be kept. What kind it is, its bytes tell alone.
    ///
    /// # Errors
    /// Why nothing can; [`Unclean::Busy`] at once when the queue is full.
    async fn clean(&self, bytes: Vec<u8>) -> Result<Clean, Unclean>;
}

/// Where clean files are kept. Each is written once and never changed.
#[async_trait]
pub trait Files: Send + Sync {
    /// Keeps a file: after this returns it outlives a loss of power. Under an id that is taken the
    /// file becomes this one.
    ///
    /// # Errors
    /// [`FileError::Full`] when there is no room; nothing of the file is kept then.
    async fn put(&self, id: &FileId, bytes: &[u8]) -> Result<(), FileError>;

    /// A kept file; `None` when there is none of this id.
    ///
    /// # Errors
    /// When it cannot be read.
    async fn get(&self, id: &FileId) -> Result<Option<Vec<u8>>, FileError>;

    /// Removes a file; one that is not there is removed already.
    ///
    /// # Errors
    /// When it cannot be removed.
    async fn remove(&self, id: &FileId) -> Result<(), FileError>;
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// The disk, or what of it is ours, is full.
    #[error("no room for files")]
    Full,
    #[error("files: {0}")]
    Broken(String),
}

#[cfg(test)]
mod tests {
    use super::{Clean, Media};

    #[test]
    fn a_media_has_one_name() {
        for media in Media::ALL {
            let json = serde_json::to_string(&media).unwrap();
            assert_eq!(json, format!("\"{}\"", media.name()));
            assert_eq!(Media::from_name(media.name()), Some(media));
        }
        assert_eq!(Media::from_name("svg"), None);
    }

    #[test]
    fn what_is_logged_of_a_file_is_its_size() {
        let clean = Clean {
            media: Media::Pdf,
            bytes: b"secret".to_vec(),
        };
        assert_eq!(format!("{clean:?}"), "Clean { media: Pdf, bytes: 6 }");
    }
}
