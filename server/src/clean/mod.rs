//! Files that people send are decoded on threads of their own, behind a bounded queue.
//!
//! Whatever a file says it is, its bytes decide, and a decoder that panics takes its file with it
//! and nothing else.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use async_trait::async_trait;
use miftah_portal::ports::{Clean, Cleaner, Unclean};
use tokio::sync::oneshot;

mod names;
mod objects;
mod pdf;
mod picture;

#[cfg(test)]
mod tests;

/// Files cleaned at the same time: each may take some 400 MB while it is decoded.
const THREADS: usize = 2;
/// Files that may wait, each at most as large as a form's file may be. A photo takes about a second.
const QUEUE: usize = 16;

/// What a file is cleaned with.
pub type Work = fn(Vec<u8>) -> Result<Clean, Unclean>;

struct Job {
    bytes: Vec<u8>,
    answer: oneshot::Sender<Result<Clean, Unclean>>,
}

/// The cleaning threads.
#[derive(Debug)]
pub struct CleaningThreads {
    queue: SyncSender<Job>,
}

impl CleaningThreads {
    /// Starts them.
    ///
    /// # Errors
    /// When the system refuses a thread.
    pub fn start() -> std::io::Result<Self> {
        Self::with(clean, THREADS, QUEUE)
    }

    fn with(work: Work, threads: usize, queue: usize) -> std::io::Result<Self> {
        let (queue, jobs) = sync_channel(queue);
        let jobs = Arc::new(Mutex::new(jobs));
        for index in 0..threads {
            let jobs = Arc::clone(&jobs);
            thread::Builder::new()
                .name(format!("clean-{index}"))
                .spawn(move || take(&jobs, work))?;
        }
        Ok(Self { queue })
    }
}

#[async_trait]
impl Cleaner for CleaningThreads {
    async fn clean(&self, bytes: Vec<u8>) -> Result<Clean, Unclean> {
        let (answer, answered) = oneshot::channel();
        self.queue
            .try_send(Job { bytes, answer })
            .map_err(|error| match error {
                TrySendError::Full(_) => Unclean::Busy,
                TrySendError::Disconnected(_) => Unclean::Unreadable,
            })?;
        answered.await.unwrap_or(Err(Unclean::Unreadable))
    }
}

fn take(jobs: &Mutex<Receiver<Job>>, work: Work) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { bytes, answer }) = job else {
            return;
        };
        if answer.is_closed() {
            continue;
        }
        // The asker may go away meanwhile; nothing is lost then.
        let _ = answer.send(survive(work, bytes));
    }
}

/// A file on which a decoder panics is unreadable. Nothing outlives the work: what the panic left
/// half done is gone with it.
pub fn survive(work: Work, bytes: Vec<u8>) -> Result<Clean, Unclean> {
    let cleaned = catch_unwind(AssertUnwindSafe(|| work(bytes)));
    cleaned.unwrap_or(Err(Unclean::Unreadable))
}

/// A file made clean, by what its bytes are.
///
/// # Errors
/// Why it cannot be kept.
pub fn clean(bytes: Vec<u8>) -> Result<Clean, Unclean> {
    if bytes.is_empty() {
        return Err(Unclean::Empty);
    }
    match picture::Format::of(&bytes) {
        Some(format) => picture::clean(bytes, format),
        None => pdf::clean(bytes),
    }
}
