//! Argon2id on threads of its own, behind a bounded queue (norms 4 and 5).
//!
//! One thread a core, each with one buffer it reuses: hashing never holds more memory than that,
//! and the threads that answer pages are never busy hashing. When the queue is full the caller is
//! told at once (E902), so a flood of sign-ins cannot make pages wait.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use async_trait::async_trait;
use base64ct::{Base64Unpadded, Encoding};
pub use miftah_argon2id::Costs;
use miftah_argon2id::{HASH_BYTES, Input, Memory};
use miftah_portal::ports::{HashError, Hasher, Random, Secret, Verified};
use subtle::ConstantTimeEq;
use tokio::sync::oneshot;

use crate::common_passwords;

/// Norm 4; no portal hashes for less.
pub const LEAST: Costs = Costs {
    m: 19_456,
    t: 2,
    p: 1,
};

const SALT_BYTES: usize = 16;
/// Jobs that may wait for each thread. At about 20 ms each, the last one waits a second.
const QUEUE_PER_THREAD: usize = 48;

enum Task {
    Hash { salt: [u8; SALT_BYTES] },
    Verify { phc: String },
}

struct Job {
    password: Secret,
    task: Task,
    /// Today's.
    costs: Costs,
    answer: oneshot::Sender<Result<Answer, HashError>>,
}

enum Answer {
    Hashed(String),
    Verified(Verified),
}

/// The hashing threads.
pub struct HashingThreads {
    queue: SyncSender<Job>,
    random: Arc<dyn Random>,
    costs: Costs,
    /// A PHC string no password matches, verified for unknown handles.
    dummy: String,
}

impl std::fmt::Debug for HashingThreads {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HashingThreads")
    }
}

impl HashingThreads {
    /// Starts one thread a core. A hash that cost less than `costs` is made again when its owner
    /// signs in.
    ///
    /// # Errors
    /// When the system refuses a thread.
    pub fn start(random: Arc<dyn Random>, costs: Costs) -> std::io::Result<Self> {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let (queue, jobs) = sync_channel::<Job>(threads * QUEUE_PER_THREAD);
        let jobs = Arc::new(Mutex::new(jobs));
        for index in 0..threads {
            let jobs = Arc::clone(&jobs);
            thread::Builder::new()
                .name(format!("hash-{index}"))
                .spawn(move || work(&jobs))?;
        }
        let mut salt = [0; SALT_BYTES];
        let mut hash = [0; HASH_BYTES];
        random.fill(&mut salt);
        random.fill(&mut hash);
        let dummy = phc(costs, &salt, &hash);
        Ok(Self {
            queue,
            random,
            costs,
            dummy,
        })
    }

    async fn run(&self, password: &Secret, task: Task) -> Result<Answer, HashError> {
        let (answer, answered) = oneshot::channel();
        let job = Job {
            password: password.clone(),
            task,
            costs: self.costs,
            answer,
        };
        self.queue.try_send(job).map_err(|error| match error {
            TrySendError::Full(_) => HashError::Busy,
            TrySendError::Disconnected(_) => HashError::Failed("hashing threads ended".into()),
        })?;
        answered
            .await
            .map_err(|_| HashError::Failed("a hashing thread ended".into()))?
    }
}

#[async_trait]
impl Hasher for HashingThreads {
    async fn hash(&self, password: &Secret) -> Result<String, HashError> {
        let mut salt = [0; SALT_BYTES];
        self.random.fill(&mut salt);
        match self.run(password, Task::Hash { salt }).await? {
            Answer::Hashed(phc) => Ok(phc),
            Answer::Verified(_) => Err(HashError::Failed("answer to another question".into())),
        }
    }

    async fn verify(&self, password: &Secret, phc: Option<&str>) -> Result<Verified, HashError> {
        let known = phc.is_some();
        let phc = phc.unwrap_or(&self.dummy).to_owned();
        match self.run(password, Task::Verify { phc }).await? {
            Answer::Verified(verified) if known => Ok(verified),
            Answer::Verified(_) => Ok(Verified::No),
            Answer::Hashed(_) => Err(HashError::Failed("answer to another question".into())),
        }
    }

    fn is_common(&self, password: &str) -> bool {
        common_passwords::is_common(password)
    }
}

fn work(jobs: &Mutex<Receiver<Job>>) {
    let mut memory = Memory::default();
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        if job.answer.is_closed() {
            // Whoever asked has gone away; the next one is not made to wait for that.
            continue;
        }
        let answer = match &job.task {
            Task::Hash { salt } => {
                hash(&job.password, job.costs, salt, &mut memory).map(Answer::Hashed)
            }
            Task::Verify { phc } => {
                verify(&job.password, job.costs, phc, &mut memory).map(Answer::Verified)
            }
        };
        // The asker may go away meanwhile; nothing is lost then.
        let _ = job.answer.send(answer);
    }
}

fn failed(error: impl std::fmt::Display) -> HashError {
    HashError::Failed(error.to_string())
}

fn fill(
    password: &Secret,
    costs: Costs,
    salt: &[u8],
    memory: &mut Memory,
) -> Result<[u8; HASH_BYTES], HashError> {
    let input = Input {
        password: password.expose().as_bytes(),
        salt,
        ..Input::default()
    };
    miftah_argon2id::hash(&input, costs, memory).map_err(failed)
}

fn hash(
    password: &Secret,
    costs: Costs,
    salt: &[u8; SALT_BYTES],
    memory: &mut Memory,
) -> Result<String, HashError> {
    let out = fill(password, costs, salt, memory)?;
    Ok(phc(costs, salt, &out))
}

fn verify(
    password: &Secret,
    costs: Costs,
    phc: &str,
    memory: &mut Memory,
) -> Result<Verified, HashError> {
    let stored = Stored::parse(phc).ok_or_else(|| failed("stored hash is not a PHC string"))?;
    let out = fill(password, stored.costs, &stored.salt, memory)?;
    if !bool::from(out.as_slice().ct_eq(&stored.hash)) {
        return Ok(Verified::No);
    }
    Ok(if are_below(stored.costs, costs) {
        Verified::YesRehash
    } else {
        Verified::Yes
    })
}

/// Whether a hash that cost `stored` is to be made again at `today`'s costs.
const fn are_below(stored: Costs, today: Costs) -> bool {
    stored.m < today.m || stored.t < today.t
}

/// The PHC string format, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`.
fn phc(costs: Costs, salt: &[u8], hash: &[u8]) -> String {
    let Costs { m, t, p } = costs;
    let (salt, hash) = (
        Base64Unpadded::encode_string(salt),
        Base64Unpadded::encode_string(hash),
    );
    format!("$argon2id$v=19$m={m},t={t},p={p}${salt}${hash}")
}

struct Stored {
    costs: Costs,
    salt: Vec<u8>,
    hash: Vec<u8>,
}

impl Stored {
    fn parse(phc: &str) -> Option<Self> {
        let rest = phc.strip_prefix("$argon2id$v=19$")?;
        let mut parts = rest.split('$');
        let (costs, salt, hash) = (parts.next()?, parts.next()?, parts.next()?);
        let mut numbers = costs
            .split(',')
            .map(|pair| pair.split_once('=')?.1.parse().ok());
        let costs = Costs {
            m: numbers.next()??,
            t: numbers.next()??,
            p: numbers.next()??,
        };
        Some(Self {
            costs,
            salt: Base64Unpadded::decode_vec(salt).ok()?,
            hash: Base64Unpadded::decode_vec(hash).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Costs, LEAST, Memory, fill, hash, phc, verify};
    use miftah_portal::ports::{Secret, Verified};

    #[test]
    fn a_password_verifies_against_its_own_hash_only() {
        let mut memory = Memory::default();
        let password = Secret::new("ثلاث كلمات سهلة الحفظ".into());
        let stored = hash(&password, LEAST, &[3; 16], &mut memory).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        let mut check = |typed: &str| {
            let typed = Secret::new(typed.into());
            verify(&typed, LEAST, &stored, &mut memory).unwrap()
        };
        assert_eq!(check(password.expose()), Verified::Yes);
        assert_eq!(check("ثلاث كلمات سهلة الحفظ "), Verified::No);
    }

    #[test]
    fn a_weaker_hash_is_recognised_and_a_stronger_one_stays() {
        let mut memory = Memory::default();
        let password = Secret::new("correct horse".into());
        let mut of = |costs: Costs, today: Costs| {
            let out = fill(&password, costs, &[1; 16], &mut memory).unwrap();
            let stored = phc(costs, &[1; 16], &out);
            verify(&password, today, &stored, &mut memory).unwrap()
        };
        let weak = Costs {
            m: 8192,
            t: 1,
            p: 1,
        };
        let strong = Costs {
            m: 32_768,
            t: 3,
            p: 1,
        };
        assert_eq!(of(weak, LEAST), Verified::YesRehash);
        assert_eq!(
            of(LEAST, strong),
            Verified::YesRehash,
            "the operator asked for more"
        );
        assert_eq!(of(strong, LEAST), Verified::Yes);
        assert_eq!(of(strong, strong), Verified::Yes);
    }
}
