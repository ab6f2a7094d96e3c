//! Whose turn it is to write, among programs that share a SQLite file: a portal that people sign in on
//! and an import beside it.
//!
//! SQLite itself lets whoever comes second sleep ever longer between two looks, and misses the moment
//! between two batches of an import. A lock on a file beside the database hands the turn over at once.
//! It is a courtesy: SQLite's own lock is what keeps writes apart.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long somebody else's turn is waited for; then SQLite decides.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is locked: `portal.sqlite-turn` beside `portal.sqlite`.
#[derive(Clone, Debug)]
pub(crate) struct Turnstile(PathBuf);

/// A turn, over when it is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    _locked: File,
}

impl Turnstile {
    pub(crate) fn beside(database: &Path) -> Self {
        let mut name = database.as_os_str().to_owned();
        name.push("-turn");
        Self(name.into())
    }

    /// Waits for a turn; none where there is no such file to lock, or nobody gives it up.
    pub(crate) async fn turn(&self) -> Option<Turn> {
        let file = self.open().ok()?;
        match file.try_lock() {
            Ok(()) => return Some(Turn { _locked: file }),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(_)) => return None,
        }
        // Whoever does not wait any longer leaves a thread behind that does, and then lets go.
        let waiting = tokio::task::spawn_blocking(move || file.lock().map(|()| file));
        let locked = tokio::time::timeout(PATIENCE, waiting).await;
        locked.ok()?.ok()?.ok().map(|file| Turn { _locked: file })
    }

    /// Readable for the owner alone, as the database is.
    fn open(&self) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here(name: &str) -> Turnstile {
        let name = format!("miftah-turn-{}-{name}", std::process::id());
        Turnstile::beside(&std::env::temp_dir().join(name))
    }

    #[tokio::test]
    async fn whoever_waits_is_next() {
        let turnstile = here("next");
        let first = turnstile.turn().await.unwrap();
        let second = tokio::spawn({
            let turnstile = turnstile.clone();
            async move { turnstile.turn().await.is_some() }
        });
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(!second.is_finished());
        drop(first);
        assert!(second.await.unwrap());
        std::fs::remove_file(&turnstile.0).unwrap();
    }

    #[tokio::test]
    async fn without_a_file_nobody_waits() {
        let nowhere = Turnstile::beside(Path::new("/nonexistent/portal.sqlite"));
        assert!(nowhere.turn().await.is_none());
    }
}
