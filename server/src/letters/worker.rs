//! The worker's loop: wakes at uneven moments, delivers what is due, stops between two rounds.

use std::time::Duration;

use miftah_portal::Portal;
use miftah_portal::deliver::{BATCH, Carriers, deliver, take_due};
use miftah_portal::ports::Random;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::{JoinHandle, JoinSet};

/// The shortest pause between two rounds, in milliseconds.
const SHORTEST: u64 = 150;
/// How much longer it may be. Uneven, so that the moment at which a letter goes out tells nothing
/// about the moment at which its row was written (norm 2).
const JITTER: u64 = 250;
/// Milliseconds to wait when the store fails.
const AFTER_FAULT: u64 = 5_000;

/// A worker at work.
#[derive(Debug)]
pub(super) struct Worker {
    stop: watch::Sender<bool>,
    bell: Bell,
    task: JoinHandle<()>,
}

/// Calls a worker before its time; for `--dev`, where somebody wants to know that nothing more is
/// on its way.
#[derive(Clone, Debug)]
pub struct Bell(mpsc::Sender<oneshot::Sender<()>>);

impl Bell {
    /// Waits until everything that is due has gone out. Answers whether it has: not when the worker
    /// was stopped or the store failed.
    pub async fn ring(&self) -> bool {
        let (done, heard) = oneshot::channel();
        self.0.send(done).await.is_ok() && heard.await.is_ok()
    }
}

impl Worker {
    pub(super) fn start(portal: Portal, carriers: Carriers) -> Self {
        let (stop, stopped) = watch::channel(false);
        let (bell, rung) = mpsc::channel(1);
        Self {
            stop,
            bell: Bell(bell),
            task: tokio::spawn(work(portal, carriers, stopped, rung)),
        }
    }

    pub(super) fn bell(&self) -> Bell {
        self.bell.clone()
    }

    /// Ends the loop once the letters in hand are delivered or refused.
    pub(super) async fn stop(self) {
        let _ = self.stop.send(true);
        let _ = self.task.await;
    }
}

async fn work(
    portal: Portal,
    carriers: Carriers,
    mut stopped: watch::Receiver<bool>,
    mut rung: mpsc::Receiver<oneshot::Sender<()>>,
) {
    let mut waiting: Option<oneshot::Sender<()>> = None;
    loop {
        let pause = match round(&portal, &carriers).await {
            // There may be more.
            Some(BATCH) => 0,
            Some(1..) if waiting.is_some() => 0,
            Some(_) => {
                waiting.take().map(|done| done.send(()));
                SHORTEST + jitter(portal.random.as_ref())
            }
            None => {
                waiting = None;
                AFTER_FAULT
            }
        };
        tokio::select! {
            biased;
            _ = stopped.wait_for(|stopped| *stopped) => return,
            Some(done) = rung.recv(), if waiting.is_none() => waiting = Some(done),
            () = tokio::time::sleep(Duration::from_millis(pause)) => {}
        }
    }
}

/// Delivers what is due, side by side; answers how many letters there were, `None` when the store
/// failed.
pub(super) async fn round(portal: &Portal, carriers: &Carriers) -> Option<usize> {
    let letters = match take_due(portal).await {
        Ok(letters) => letters,
        Err(fault) => {
            tracing::error!(%fault, "no letters could be taken");
            return None;
        }
    };
    let count = letters.len();
    let mut hands = JoinSet::new();
    for letter in letters {
        let (portal, carriers) = (portal.clone(), carriers.clone());
        hands.spawn(async move {
            if let Err(fault) = deliver(&portal, &carriers, &letter).await {
                tracing::error!(letter = letter.id.as_str(), %fault, "a letter stays due");
            }
        });
    }
    while let Some(ended) = hands.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "a letter stays due");
        }
    }
    Some(count)
}

fn jitter(random: &dyn Random) -> u64 {
    let mut bytes = [0; 2];
    random.fill(&mut bytes);
    u64::from(u16::from_be_bytes(bytes)) % (JITTER + 1)
}
