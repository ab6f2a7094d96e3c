//! Where things lie: every folder that the commands read or write is named here once.

use std::path::{Path, PathBuf};

use crate::fault::{Fault, Outcome};

/// The repository's folders.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    root: PathBuf,
}

impl Place {
    /// The repository this program was built in.
    pub(crate) fn here() -> Self {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self {
            root: own.parent().unwrap_or(own).to_path_buf(),
        }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Something inside the repository, by its relative path.
    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// What cargo builds.
    pub(crate) fn target(&self) -> PathBuf {
        let set = std::env::var_os("CARGO_TARGET_DIR").filter(|value| !value.is_empty());
        set.map_or_else(|| self.at("target"), |folder| self.root.join(folder))
    }

    /// The files that the server hands to browsers.
    pub(crate) fn site(&self) -> PathBuf {
        self.target().join("site")
    }

    /// Stamps and leftovers of these commands.
    pub(crate) fn notes(&self) -> PathBuf {
        self.target().join("xtask")
    }

    /// Database, files and key of `cargo xtask run`. Never committed.
    pub(crate) fn data(&self) -> PathBuf {
        self.at("data")
    }

    /// Tools compiled once a person, shared by all checkouts.
    ///
    /// # Errors
    /// Neither `XDG_CACHE_HOME` nor `HOME` is set.
    pub(crate) fn tools(&self) -> Outcome<PathBuf> {
        let folder = |name: &str| {
            std::env::var_os(name)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        };
        folder("XDG_CACHE_HOME")
            .or_else(|| folder("HOME").map(|home| home.join(".cache")))
            .map(|cache| cache.join("miftah").join("tools"))
            .ok_or_else(|| Fault::new("set HOME or XDG_CACHE_HOME: the tools need a folder"))
    }
}
