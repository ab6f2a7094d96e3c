//! A file posted with a form.

use std::fmt;

/// A file as a browser sent it. Nothing about it is known yet: the name is what somebody typed, and
/// what kind it is only its bytes tell.
#[derive(Clone, PartialEq, Eq)]
pub struct Attached {
    /// As sent: any text, paths too. To be shown, never to be opened.
    pub name: String,
    /// The content; empty when it was [`cut`](Self::cut).
    pub bytes: Vec<u8>,
    /// Larger than a file may be.
    pub cut: bool,
}

impl Attached {
    /// Whether a file was chosen: browsers send a part without name and content where none was.
    pub const fn is_chosen(&self) -> bool {
        self.cut || !self.name.is_empty() || !self.bytes.is_empty()
    }
}

/// Names of files tell of people as much as what is in them: `Debug` has the size alone, in bytes.
impl fmt::Debug for Attached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attached")
            .field("bytes", &self.bytes.len())
            .field("cut", &self.cut)
            .finish_non_exhaustive()
    }
}
