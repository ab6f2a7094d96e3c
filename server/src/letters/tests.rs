//! Letters from the queue to the next server: nothing lost, nothing repeated, nothing told to a
//! log. On a real SQLite store, with doubles at the mail and SMS ports alone.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use miftah_portal::Portal;
use miftah_portal::deliver::{Carriers, Fate, LEASE_MS, deliver, take_due};
use miftah_portal::id::{AccountId, JourneyId, LetterId};
use miftah_portal::key::ServerKey;
use miftah_portal::letter::{Address, Body, Change, Purpose};
use miftah_portal::model::{JourneyRow, Letter};
use miftah_portal::ports::{
    HashError, Hasher, Mail, Millis, Rendered, Secret, SendError, Sms, Verified,
};
use miftah_portal::store::Write;
use miftah_portal::testing::{FixedClock, SeededRandom};
use miftah_rules::Lang;
use miftah_rules::view::Channel;
use tokio::sync::Semaphore;

use super::worker::{Worker, round};

mod smtp;

const NOW: Millis = Millis(1_795_266_300_000);
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const TO: &str = "salma.elidrissi@example.ma";

/// An empty folder for one test.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("miftah_letters_{}_{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

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

type Answer = Box<dyn FnMut(&Rendered) -> Result<(), SendError> + Send>;

/// A way out that answers as it is told to, and remembers what it took.
struct Post {
    answer: Mutex<Answer>,
    taken: Mutex<Vec<Rendered>>,
    /// Letters that may pass; those without a permit wait.
    gate: Semaphore,
    waiting: Semaphore,
}

impl Post {
    fn that(answer: impl FnMut(&Rendered) -> Result<(), SendError> + Send + 'static) -> Arc<Self> {
        Arc::new(Self {
            answer: Mutex::new(Box::new(answer)),
            taken: Mutex::default(),
            gate: Semaphore::new(Semaphore::MAX_PERMITS),
            waiting: Semaphore::new(0),
        })
    }

    fn that_takes_all() -> Arc<Self> {
        Self::that(|_| Ok(()))
    }

    fn taken(&self) -> Vec<Rendered> {
        self.taken.lock().unwrap().clone()
    }

    fn ids(&self) -> Vec<String> {
        self.taken().into_iter().map(|letter| letter.id).collect()
    }

    async fn take(&self, letter: &Rendered) -> Result<(), SendError> {
        self.waiting.add_permits(1);
        self.gate.acquire().await.unwrap().forget();
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

struct Scene {
    portal: Portal,
    clock: Arc<FixedClock>,
    mail: Arc<Post>,
    sms: Arc<Post>,
}

impl Scene {
    async fn with(mail: Arc<Post>) -> Self {
        let clock = Arc::new(FixedClock::at(NOW));
        let text = include_str!("../../../institutions/fsjes/institution.toml");
        let portal = Portal {
            store: miftah_store::testing::temporary().await,
            clock: clock.clone(),
            random: Arc::new(SeededRandom::new(3)),
            hasher: Arc::new(NoHasher),
            key: ServerKey::new([7; 32]),
            institution: Arc::new(toml::from_str(text).unwrap()),
            public_url: "https://portail.fsjes.example.ma".into(),
        };
        Self {
            portal,
            clock,
            mail,
            sms: Post::that_takes_all(),
        }
    }

    fn carriers(&self) -> Carriers {
        Carriers {
            mail: self.mail.clone(),
            sms: self.sms.clone(),
        }
    }

    async fn queue(&self, letter: Letter) {
        self.portal
            .store
            .commit(vec![Write::Queue(letter)])
            .await
            .unwrap();
    }

    async fn journey(&self, step: &str, data: &str, expires_at: Millis) {
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
    async fn fates(&self) -> Vec<Fate> {
        let mut fates = Vec::new();
        for letter in take_due(&self.portal).await.unwrap() {
            fates.push(
                deliver(&self.portal, &self.carriers(), &letter)
                    .await
                    .unwrap(),
            );
        }
        fates
    }

    /// Whether anything is ever due again.
    async fn is_done(&self) -> bool {
        self.clock.advance_ms(30 * 24 * HOUR);
        take_due(&self.portal).await.unwrap().is_empty()
    }
}

fn letter(id: &str, body: &Body) -> Letter {
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

fn code(id: &str, counter: i64) -> Letter {
    let body = Body::Code {
        purpose: Purpose::Recover,
    };
    Letter {
        journey: Some((JourneyId("journey-1".into()), counter)),
        ..letter(id, &body)
    }
}

fn later() -> Result<(), SendError> {
    Err(SendError::Later("451 4.7.1 try again".into()))
}

#[tokio::test]
async fn every_letter_goes_out_once_however_often_it_is_refused() {
    // Each letter is refused for now as often as its number says.
    let mut refusals: BTreeMap<String, usize> = BTreeMap::new();
    let mail = Post::that(move |letter| {
        let seen = refusals.entry(letter.id.clone()).or_default();
        *seen += 1;
        if *seen <= letter.id.parse().unwrap() {
            later()
        } else {
            Ok(())
        }
    });
    let scene = Scene::with(mail).await;
    for id in 0..10 {
        scene
            .queue(letter(&id.to_string(), &Body::EmailInUse))
            .await;
    }
    for _ in 0..3 * 24 * 12 {
        // Two servers.
        let (carriers, others) = (scene.carriers(), scene.carriers());
        tokio::join!(
            round(&scene.portal, &carriers),
            round(&scene.portal, &others)
        );
        scene.clock.advance_ms(5 * MINUTE);
    }
    let mut ids = scene.mail.ids();
    ids.sort();
    assert_eq!(ids, (0..10).map(|id| id.to_string()).collect::<Vec<_>>());
    assert!(scene.is_done().await);
}

#[tokio::test]
async fn delays_grow_and_after_three_days_a_letter_is_parked() {
    let scene = Scene::with(Post::that(|_| later())).await;
    scene.queue(letter("1", &Body::EmailInUse)).await;
    let (mut minutes, mut last) = (Vec::new(), Fate::Sent);
    for minute in 0..4 * 24 * 60 {
        for fate in scene.fates().await {
            minutes.push(minute);
            last = fate;
        }
        scene.clock.advance_ms(MINUTE);
    }
    assert_eq!(minutes.get(..7), Some(&[0, 1, 6, 21, 81, 321, 801][..]));
    assert_eq!(last, Fate::Parked);
    let days = f64::from(*minutes.last().unwrap()) / (24.0 * 60.0);
    assert!((2.6..=3.0).contains(&days), "{days}");
    assert!(scene.is_done().await);
}

#[tokio::test]
async fn a_refusal_for_good_parks_at_once() {
    let scene = Scene::with(Post::that(|_| {
        Err(SendError::Never("550 nobody here".into()))
    }))
    .await;
    scene.queue(letter("1", &Body::EmailInUse)).await;
    scene
        .queue(Letter {
            params: "{\"kind\":\"poem\"}".into(),
            ..letter("2", &Body::EmailInUse)
        })
        .await;
    scene
        .queue(Letter {
            channel: Channel::Phone,
            ..letter("3", &Body::EmailInUse)
        })
        .await;
    assert_eq!(scene.fates().await, [Fate::Parked; 3]);
    assert!(scene.is_done().await);
}

#[tokio::test]
async fn a_dead_workers_letter_comes_back_with_the_same_id() {
    let scene = Scene::with(Post::that_takes_all()).await;
    scene.queue(letter("1", &Body::EmailInUse)).await;
    // Taken by a worker that dies; nobody else has it meanwhile.
    assert_eq!(take_due(&scene.portal).await.unwrap().len(), 1);
    scene.clock.advance_ms(LEASE_MS - 1);
    assert_eq!(scene.fates().await, []);
    scene.clock.advance_ms(1);
    assert_eq!(scene.fates().await, [Fate::Sent]);
    assert_eq!(scene.mail.ids(), ["1"]);
    assert!(scene.is_done().await);
}

#[tokio::test]
async fn a_code_is_made_when_it_is_sent_and_each_channel_gets_its_own() {
    let scene = Scene::with(Post::that_takes_all()).await;
    scene
        .journey("code", "{\"state\":{}}", Millis(NOW.0 + HOUR))
        .await;
    scene.queue(code("1", 1)).await;
    let phone = "+212612345678";
    scene
        .queue(Letter {
            channel: Channel::Phone,
            to: phone.into(),
            ..code("2", 2)
        })
        .await;
    assert_eq!(scene.fates().await, [Fate::Sent; 2]);
    let made = |counter| scene.portal.key.code("journey-1", counter);
    let (mail, sms) = (scene.mail.taken(), scene.sms.taken());
    assert_eq!(mail.len() + sms.len(), 2);
    assert!(
        mail.iter()
            .all(|mail| mail.to == TO && mail.text.contains(&made(1)))
    );
    assert!(
        sms.iter()
            .all(|sms| sms.to == phone && sms.text.contains(&made(2)))
    );
}

#[tokio::test]
async fn decoys_are_done_with_and_go_nowhere() {
    let scene = Scene::with(Post::that_takes_all()).await;
    scene
        .journey("code", "{\"state\":{}}", Millis(NOW.0 + HOUR))
        .await;
    scene
        .queue(Letter {
            decoy: true,
            ..code("1", 1)
        })
        .await;
    assert_eq!(scene.fates().await, [Fate::Decoy]);
    assert_eq!(scene.mail.ids(), [""; 0]);
    assert!(scene.is_done().await);
}

#[tokio::test]
async fn codes_that_would_be_refused_are_not_sent() {
    let proof = "{\"state\":{\"step\":\"code\",\"proof\":{\"to\":{\"channel\":\"email\",\"to\":\"a\"},\
                 \"counter\":2,\"sent_at\":0,\"tries\":0,\"reality\":\"real\",\"again\":true}}}";
    let hour = Millis(NOW.0 + HOUR);
    for (why, step, data, expires_at, wait, fate) in [
        (
            "followed by a newer one",
            "code",
            proof,
            hour,
            0,
            Fate::Stale,
        ),
        ("the journey is over", "over", "{}", hour, 0, Fate::Stale),
        (
            "the journey has expired",
            "code",
            "{}",
            Millis(NOW.0 + MINUTE),
            MINUTE,
            Fate::Stale,
        ),
        (
            "ten minutes old",
            "code",
            "{}",
            hour,
            10 * MINUTE,
            Fate::Stale,
        ),
        ("not yet", "code", "{}", hour, 10 * MINUTE - 1, Fate::Sent),
    ] {
        let scene = Scene::with(Post::that_takes_all()).await;
        scene.journey(step, data, expires_at).await;
        scene.queue(code("1", 1)).await;
        scene.clock.advance_ms(wait);
        assert_eq!(scene.fates().await, [fate], "{why}");
        assert_eq!(
            scene.mail.ids().len(),
            usize::from(fate == Fate::Sent),
            "{why}"
        );
        assert!(scene.is_done().await, "{why}");
    }
    let scene = Scene::with(Post::that_takes_all()).await;
    scene.queue(code("1", 1)).await;
    assert_eq!(scene.fates().await, [Fate::Stale], "the journey was swept");
}

#[tokio::test]
async fn the_worker_stops_when_the_letters_in_hand_are_recorded() {
    let mail = Post::that_takes_all();
    mail.gate.forget_permits(Semaphore::MAX_PERMITS);
    let scene = Scene::with(mail.clone()).await;
    scene.queue(letter("1", &Body::EmailInUse)).await;
    let worker = Worker::start(scene.portal.clone(), scene.carriers());
    let in_hand = mail.waiting.acquire().await.unwrap();
    scene.queue(letter("2", &Body::EmailInUse)).await;
    let mut stopping = tokio::spawn(worker.stop());
    tokio::task::yield_now().await;
    assert!(!stopping.is_finished());
    mail.gate.add_permits(1);
    (&mut stopping).await.unwrap();
    in_hand.forget();
    assert_eq!(mail.ids(), ["1"]);
    // The second letter was left for the next start, the first one is recorded.
    scene.clock.advance_ms(LEASE_MS);
    let left = take_due(&scene.portal).await.unwrap();
    assert_eq!(
        left.iter()
            .map(|letter| letter.id.as_str())
            .collect::<Vec<_>>(),
        ["2"]
    );
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn logs_hold_neither_address_nor_code_nor_name() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let answers = Mutex::new(vec![
        Ok(()),
        Err(SendError::Later(format!("450 <{TO}> is slow"))),
        Err(SendError::Never(format!("550 no <{}>", TO.to_uppercase()))),
    ]);
    let scene = Scene::with(Post::that(move |_| answers.lock().unwrap().remove(0))).await;
    scene.journey("code", "{}", Millis(NOW.0 + HOUR)).await;
    let notice = Body::Notice {
        change: Change::EmailChanged,
        name: "Salma".into(),
        account: AccountId("account-1".into()),
        at: NOW,
        device: String::new(),
        about: Some(Address::email(TO)),
    };
    scene.queue(code("l-1", 1)).await;
    scene.queue(letter("l-2", &notice)).await;
    scene.queue(letter("l-3", &notice)).await;
    let fates = scene.fates().await;
    drop(guard);
    assert!(
        matches!(
            fates.as_slice(),
            [Fate::Sent, Fate::Delayed(_), Fate::Parked]
        ),
        "{fates:?}"
    );
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for known in [
        "l-1",
        "l-2",
        "l-3",
        "sent",
        "delayed",
        "parked",
        "s•••@e•••.ma",
    ] {
        assert!(log.contains(known), "{known} in {log}");
    }
    let code = scene.portal.key.code("journey-1", 1);
    for secret in [TO, &TO.to_uppercase(), code.as_str(), "Salma", "not-me"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}
