//! Whose turn it is to write, among programs that share a SQLite file: a portal that people sign in on
//! and an import beside it.
//!
//! SQLite itself lets whoever comes second sleep ever longer between two looks, and misses the moment
//! between two batches of an import. A lock on a file beside the database hands the turn over at once.
//! It is a courtesy: SQLite's own lock is what keeps writes apart.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::oneshot;

/// How long somebody else's turn is waited for; then SQLite decides.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is locked: `portal.sqlite-turn` beside `portal.sqlite`. This program takes one turn at a time.
#[derive(Clone, Debug)]
pub(crate) struct Turnstile {
    path: PathBuf,
    /// Kept open from the first turn on.
    file: Arc<OnceLock<File>>,
    /// A thread stands there.
    waiting: Arc<AtomicBool>,
}

/// A turn, over when it is dropped.
#[derive(Debug)]
pub(crate) struct Pass(Arc<OnceLock<File>>);

impl Drop for Pass {
    fn drop(&mut self) {
        // Nothing can be done about a lock that is not given back; it ends with the program.
        let _ = self.0.get().map(File::unlock);
    }
}

impl Turnstile {
    pub(crate) fn beside(database: &Path) -> Self {
        let mut name = database.as_os_str().to_owned();
        name.push("-turn");
        Self {
            path: name.into(),
            file: Arc::default(),
            waiting: Arc::default(),
        }
    }

    /// Waits for a turn; none where there is no such file to lock, or nobody gives it up.
    pub(crate) async fn turn(&self) -> Option<Pass> {
        self.turn_within(PATIENCE).await
    }

    async fn turn_within(&self, patience: Duration) -> Option<Pass> {
        match self.file()?.try_lock() {
            Ok(()) => return Some(Pass(Arc::clone(&self.file))),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(_)) => return None,
        }
        let told = self.wait()?;
        tokio::time::timeout(patience, told).await.ok()?.ok()
    }

    /// Waits in a thread of its own, which keeps nobody from shutting down. When nobody asks any more it
    /// lets go of what it gets; until then nobody else waits.
    fn wait(&self) -> Option<oneshot::Receiver<Pass>> {
        if self.waiting.swap(true, Ordering::SeqCst) {
            return None;
        }
        let (tell, told) = oneshot::channel();
        let (file, waiting) = (Arc::clone(&self.file), Arc::clone(&self.waiting));
        let wait = move || {
            let locked = file.get().is_some_and(|file| file.lock().is_ok());
            waiting.store(false, Ordering::SeqCst);
            if locked {
                // Dropped, and so unlocked, where nobody hears it.
                let _ = tell.send(Pass(file));
            }
        };
        let thread = std::thread::Builder::new().name("turn".to_owned());
        if thread.spawn(wait).is_err() {
            self.waiting.store(false, Ordering::SeqCst);
            return None;
        }
        Some(told)
    }

    fn file(&self) -> Option<&File> {
        if self.file.get().is_none() {
            // Whoever was faster has opened the same one.
            let _ = self.file.set(self.open().ok()?);
        }
        self.file.get()
    }

    /// Readable for the owner alone, as the database is.
    fn open(&self) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each one is another program's.
    fn here(name: &str) -> Turnstile {
        let name = format!("miftah-turn-{}-{name}", std::process::id());
        Turnstile::beside(&std::env::temp_dir().join(name))
    }

    #[tokio::test]
    async fn whoever_waits_is_next() {
        let turnstile = here("next");
        let first = here("next").turn().await.unwrap();
        let second = tokio::spawn({
            let turnstile = turnstile.clone();
            async move { turnstile.turn().await.is_some() }
        });
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(!second.is_finished());
        drop(first);
        assert!(second.await.unwrap());
        std::fs::remove_file(&turnstile.path).unwrap();
    }

    #[tokio::test]
    async fn a_turn_that_nobody_gives_up_is_not_waited_for_by_many() {
        let turnstile = here("stuck");
        let stuck = here("stuck").turn().await.unwrap();
        let soon = Duration::from_millis(20);
        assert!(turnstile.turn_within(soon).await.is_none());
        // One thread still stands there.
        assert!(
            turnstile
                .turn_within(Duration::from_secs(600))
                .await
                .is_none()
        );
        drop(stuck);
        while turnstile.waiting.load(Ordering::SeqCst) {
            tokio::time::sleep(soon).await;
        }
        assert!(turnstile.turn().await.is_some());
        std::fs::remove_file(&turnstile.path).unwrap();
    }

    #[tokio::test]
    async fn a_turn_is_given_back_each_time() {
        let (one, other) = (here("each"), here("each"));
        for _ in 0..3 {
            drop(one.turn().await.unwrap());
            drop(other.turn_within(Duration::ZERO).await.unwrap());
        }
        std::fs::remove_file(&one.path).unwrap();
    }

    #[tokio::test]
    async fn without_a_file_nobody_waits() {
        let nowhere = Turnstile::beside(Path::new("/nonexistent/portal.sqlite"));
        assert!(nowhere.turn().await.is_none());
    }
}
