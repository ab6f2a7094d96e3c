//! A portal on an empty store, with ways out that answer as they are told to.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use miftah_portal::Portal;
use miftah_portal::deliver::{BATCH, Carriers, Fate, deliver, take_due};
use miftah_portal::id::{JourneyId, LetterId};
use miftah_portal::key::ServerKey;
use miftah_portal::letter::{Body, Purpose};
use miftah_portal::model::{JourneyRow, Letter};
use miftah_portal::ports::{
    HashError, Hasher, Mail, Millis, Rendered, Secret, SendError, Sms, Verified,
};
use miftah_portal::store::Write;
use miftah_portal::testing::{FixedClock, MemoryFiles, PassingCleaner, SeededRandom};
use miftah_rules::Lang;
use miftah_rules::view::Channel;
use tokio::sync::Semaphore;

use super::{HOUR, NOW, TO};
use crate::letters::worker::Workers;

struct NoHasher;

#[async_trait]
impl Hasher for NoHasher {
    async fn hash(&self, _: &Secret) -> Result<String, HashError> {
        Err(HashError::Busy)
    }
    async fn verify(&self, _: &Secret, _: Option<&str>) -> Result<Verified, HashError> {
        Err(HashError::Busy)
    }
    fn is_common(&self, _: &str) -> bool {
        false
    }
}

/// Id of a letter that the next server takes its time for.
pub(super) const HANGS: &str = "hangs";

type Answer = Box<dyn FnMut(&Rendered) -> Result<(), SendError> + Send>;

/// A way out that answers as it is told to, and remembers what it took.
pub(super) struct Post {
    answer: Mutex<Answer>,
    taken: Mutex<Vec<Rendered>>,
    /// Letters that may pass; those without a permit wait.
    pub(super) gate: Semaphore,
    /// The same for the letter called [`HANGS`].
    pub(super) hung: Semaphore,
    pub(super) waiting: Semaphore,
}

impl Post {
    pub(super) fn that(
        answer: impl FnMut(&Rendered) -> Result<(), SendError> + Send + 'static,
    ) -> Arc<Self> {
        Arc::new(Self {
            answer: Mutex::new(Box::new(answer)),
            taken: Mutex::default(),
            gate: Semaphore::new(Semaphore::MAX_PERMITS),
            hung: Semaphore::new(0),
            waiting: Semaphore::new(0),
        })
    }

    pub(super) fn that_takes_all() -> Arc<Self> {
        Self::that(|_| Ok(()))
    }

    pub(super) fn taken(&self) -> Vec<Rendered> {
        self.taken.lock().unwrap().clone()
    }

    pub(super) fn ids(&self) -> Vec<String> {
        self.taken().into_iter().map(|letter| letter.id).collect()
    }

    async fn take(&self, letter: &Rendered) -> Result<(), SendError> {
        self.waiting.add_permits(1);
        let gate = if letter.id == HANGS {
            &self.hung
        } else {
            &self.gate
        };
        gate.acquire().await.unwrap().forget();
        let answer = self.answer.lock().unwrap()(letter);
        if answer.is_ok() {
            self.taken.lock().unwrap().push(letter.clone());
        }
        answer
    }
}

#[async_trait]
impl Mail for Post {
    async fn send(&self, letter: &Rendered) -> Result<(), SendError> {
        self.take(letter).await
    }
}

#[async_trait]
impl Sms for Post {
    async fn send(&self, letter: &Rendered) -> Result<(), SendError> {
        self.take(letter).await
    }
}

/// What has to happen soon: a test that would wait for ever says so instead.
pub(super) async fn soon<T>(what: impl Future<Output = T>) -> T {
    let limit = std::time::Duration::from_secs(20);
    tokio::time::timeout(limit, what).await.expect("it happens")
}

pub(super) struct Scene {
    pub(super) portal: Portal,
    pub(super) clock: Arc<FixedClock>,
    pub(super) mail: Arc<Post>,
    pub(super) sms: Arc<Post>,
}

impl Scene {
    pub(super) async fn with(mail: Arc<Post>) -> Self {
        let clock = Arc::new(FixedClock::at(NOW));
        let text = include_str!("../../../../institutions/fsjes/institution.toml");
        let portal = Portal {
            store: miftah_store::testing::temporary().await,
            clock: clock.clone(),
            random: Arc::new(SeededRandom::new(3)),
            hasher: Arc::new(NoHasher),
            cleaner: Arc::<PassingCleaner>::default(),
            files: Arc::<MemoryFiles>::default(),
            key: ServerKey::new([7; 32]),
            institution: Arc::new(toml::from_str(text).unwrap()),
            newcomers: Arc::default(),
            ways: miftah_portal::portal::Ways { sms: true },
            public_url: "https://portail.fsjes.example.ma".into(),
        };
        Self {
            portal,
            clock,
            mail,
            sms: Post::that_takes_all(),
        }
    }

    pub(super) fn carriers(&self) -> Carriers {
        Carriers {
            mail: self.mail.clone(),
            sms: self.sms.clone(),
        }
    }

    pub(super) async fn queue(&self, letter: Letter) {
        self.portal
            .store
            .commit(vec![Write::Queue(letter)])
            .await
            .unwrap();
    }

    pub(super) async fn journey(&self, step: &str, data: &str, expires_at: Millis) {
        let row = JourneyRow {
            id: JourneyId("journey-1".into()),
            browser_hash: "hash".into(),
            account: None,
            kind: "recover".into(),
            step: step.into(),
            data: data.into(),
            created_at: NOW,
            expires_at,
            version: 0,
        };
        self.portal
            .store
            .commit(vec![Write::AddJourney(row)])
            .await
            .unwrap();
    }

    /// Delivers what is due, one after the other.
    pub(super) async fn fates(&self) -> Vec<Fate> {
        let mut fates = Vec::new();
        for letter in self.due().await {
            fates.push(
                deliver(&self.portal, &self.carriers(), &letter)
                    .await
                    .unwrap(),
            );
        }
        fates
    }

    /// Whether anything is ever due again.
    pub(super) async fn is_done(&self) -> bool {
        self.clock.advance_ms(30 * 24 * HOUR);
        self.due().await.is_empty()
    }

    /// Takes what is due on any channel.
    pub(super) async fn due(&self) -> Vec<Letter> {
        let mut due = Vec::new();
        for channel in [Channel::Email, Channel::Phone] {
            due.extend(take_due(&self.portal, channel, BATCH).await.unwrap());
        }
        due
    }

    /// Workers as a server has them.
    pub(super) fn workers(&self) -> Workers {
        Workers::start(&self.portal, &self.carriers())
    }
}

pub(super) fn letter(id: &str, body: &Body) -> Letter {
    Letter {
        id: LetterId(id.into()),
        kind: "kind".into(),
        channel: Channel::Email,
        to: TO.into(),
        lang: Lang::Ar,
        params: serde_json::to_string(body).unwrap(),
        journey: None,
        decoy: false,
        created_at: NOW,
        next_at: NOW,
        attempts: 0,
    }
}

pub(super) fn code(id: &str, counter: i64) -> Letter {
    let body = Body::Code {
        purpose: Purpose::Recover,
        form: miftah_rules::code::CodeForm::Digits,
    };
    Letter {
        journey: Some((JourneyId("journey-1".into()), counter)),
        ..letter(id, &body)
    }
}
