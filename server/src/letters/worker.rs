//! The workers' loops, one for each channel: a mail server that takes its time holds up no SMS. Each
//! wakes at uneven moments, has at most [`BATCH`] letters in hand, and takes the next one as soon as
//! one is done with: a letter that hangs keeps its own place and no other.

use std::time::Duration;

use miftah_portal::Portal;
use miftah_portal::deliver::{BATCH, Carriers, deliver, take_due};
use miftah_portal::model::Letter;
use miftah_portal::ports::Random;
use miftah_rules::view::Channel;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::{JoinError, JoinHandle, JoinSet};
use tokio::time::{Instant, sleep_until};

/// Each has a loop of its own.
const CHANNELS: [Channel; 2] = [Channel::Email, Channel::Phone];
/// The shortest pause between two rounds, in milliseconds.
const SHORTEST: u64 = 150;
/// How much longer it may be. Uneven, so that the moment at which a letter goes out tells nothing
/// about the moment at which its row was written (norm 2).
const JITTER: u64 = 250;
/// Milliseconds to wait when the store fails.
const AFTER_FAULT: u64 = 5_000;

/// Workers at work.
#[derive(Debug)]
pub(super) struct Workers {
    stop: watch::Sender<bool>,
    bell: Bell,
    tasks: Vec<JoinHandle<()>>,
}

/// Calls the workers before their time; for `--dev`, where somebody wants to know that nothing more
/// is on its way.
#[derive(Clone, Debug)]
pub struct Bell(Vec<mpsc::Sender<oneshot::Sender<()>>>);

impl Bell {
    /// Waits until everything that is due has gone out. Answers whether it has: not when the workers
    /// were stopped or the store failed.
    pub async fn ring(&self) -> bool {
        let mut answers = Vec::new();
        for worker in &self.0 {
            let (done, heard) = oneshot::channel();
            if worker.send(done).await.is_err() {
                return false;
            }
            answers.push(heard);
        }
        for heard in answers {
            if heard.await.is_err() {
                return false;
            }
        }
        true
    }
}

impl Workers {
    pub(super) fn start(portal: &Portal, carriers: &Carriers) -> Self {
        let (stop, stopped) = watch::channel(false);
        let (mut bells, mut tasks) = (Vec::new(), Vec::new());
        for channel in CHANNELS {
            let (bell, rung) = mpsc::channel(1);
            let worker = Worker {
                portal: portal.clone(),
                carriers: carriers.clone(),
                channel,
                hands: JoinSet::new(),
            };
            bells.push(bell);
            tasks.push(tokio::spawn(worker.work(stopped.clone(), rung)));
        }
        Self {
            stop,
            bell: Bell(bells),
            tasks,
        }
    }

    pub(super) fn bell(&self) -> Bell {
        self.bell.clone()
    }

    /// Ends the loops once the letters in hand are delivered or refused.
    pub(super) async fn stop(self) {
        let _ = self.stop.send(true);
        for task in self.tasks {
            let _ = task.await;
        }
    }
}

struct Worker {
    portal: Portal,
    carriers: Carriers,
    channel: Channel,
    /// Letters being handed over.
    hands: JoinSet<()>,
}

impl Worker {
    async fn work(
        mut self,
        mut stopped: watch::Receiver<bool>,
        mut rung: mpsc::Receiver<oneshot::Sender<()>>,
    ) {
        let mut waiting: Option<oneshot::Sender<()>> = None;
        loop {
            let free = BATCH.saturating_sub(self.hands.len());
            let pause = match self.take(free).await {
                // There may be more, as soon as there is a hand.
                Some(taken) if taken == free => None,
                Some(0) if self.hands.is_empty() => {
                    waiting.take().map(|done| done.send(()));
                    Some(SHORTEST + jitter(self.portal.random.as_ref()))
                }
                // Who waits wants to hear when the last one is done.
                Some(_) if waiting.is_some() => None,
                Some(_) => Some(SHORTEST + jitter(self.portal.random.as_ref())),
                None => {
                    waiting = None;
                    Some(AFTER_FAULT)
                }
            };
            let until = pause.map(|pause| Instant::now() + Duration::from_millis(pause));
            let goes_on = self.rest(until, &mut stopped, &mut rung, &mut waiting);
            if !goes_on.await {
                break;
            }
        }
        while let Some(ended) = self.hands.join_next().await {
            tell(ended);
        }
    }

    /// Rests until then, without a moment until the next letter is done with; less when it is called.
    /// Answers whether there is to be another round.
    async fn rest(
        &mut self,
        until: Option<Instant>,
        stopped: &mut watch::Receiver<bool>,
        rung: &mut mpsc::Receiver<oneshot::Sender<()>>,
        waiting: &mut Option<oneshot::Sender<()>>,
    ) -> bool {
        let end = async {
            match until {
                Some(until) => sleep_until(until).await,
                None => std::future::pending().await,
            }
        };
        tokio::pin!(end);
        loop {
            tokio::select! {
                biased;
                _ = stopped.wait_for(|stopped| *stopped) => return false,
                Some(done) = rung.recv(), if waiting.is_none() => {
                    *waiting = Some(done);
                    return true;
                }
                Some(ended) = self.hands.join_next() => {
                    tell(ended);
                    if until.is_none() {
                        return true;
                    }
                }
                () = &mut end => return true,
            }
        }
    }

    /// Takes up to `free` letters that are due into hand; answers how many, `None` when the store
    /// failed.
    async fn take(&mut self, free: usize) -> Option<usize> {
        if free == 0 {
            return Some(0);
        }
        let letters = match take_due(&self.portal, self.channel, free).await {
            Ok(letters) => letters,
            Err(fault) => {
                tracing::error!(%fault, "no letters could be taken");
                return None;
            }
        };
        let count = letters.len();
        for letter in letters {
            self.hands.spawn(hand_over(
                self.portal.clone(),
                self.carriers.clone(),
                letter,
            ));
        }
        Some(count)
    }
}

async fn hand_over(portal: Portal, carriers: Carriers, letter: Letter) {
    if let Err(fault) = deliver(&portal, &carriers, &letter).await {
        tracing::error!(letter = letter.id.as_str(), %fault, "a letter stays due");
    }
}

fn tell(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a letter stays due");
    }
}

fn jitter(random: &dyn Random) -> u64 {
    let mut bytes = [0; 2];
    random.fill(&mut bytes);
    u64::from(u16::from_be_bytes(bytes)) % (JITTER + 1)
}
