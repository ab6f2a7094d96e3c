//! Letters from the queue to the next server: nothing lost, nothing repeated, nothing told to a
//! log. On a real SQLite store, with doubles at the mail and SMS ports alone.

use std::collections::BTreeMap;
use std::path::PathBuf;

use miftah_portal::deliver::{BATCH, Fate, LEASE_MS};
use miftah_portal::letter::Body;
use miftah_portal::model::Letter;
use miftah_portal::ports::{Millis, SendError};
use miftah_rules::view::Channel;
use tokio::sync::Semaphore;

use self::scene::{HANGS, Post, Scene, code, letter, soon};

mod broken;
mod logs;
#[path = "../../tests/mail_server/mod.rs"]
mod mail_server;
mod scene;
mod sms;
#[path = "../../tests/sms_gateway/mod.rs"]
mod sms_gateway;
mod smtp;
mod tls;

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
    // Two servers.
    let (here, there) = (scene.workers(), scene.workers());
    let (bell, other) = (here.bell(), there.bell());
    for _ in 0..3 * 24 * 12 {
        assert_eq!(tokio::join!(bell.ring(), other.ring()), (true, true));
        scene.clock.advance_ms(5 * MINUTE);
    }
    tokio::join!(here.stop(), there.stop());
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
        if last == Fate::Parked {
            break;
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
async fn a_released_letter_has_all_its_tries_before_it() {
    let scene = Scene::with(Post::that(|_| later())).await;
    scene.queue(letter("1", &Body::EmailInUse)).await;
    let tries = async || {
        let (mut tries, mut parked) = (0, false);
        while !parked {
            parked = scene.fates().await.iter().any(|fate| {
                tries += 1;
                *fate == Fate::Parked
            });
            scene.clock.advance_ms(8 * HOUR);
        }
        tries
    };
    let first = tries().await;
    let store = &scene.portal.store;
    let parked = store.parked_letters(9).await.unwrap();
    assert_eq!(parked[0].attempts, first);
    // Long after: the letter keeps its date.
    scene.clock.advance_ms(20 * 24 * HOUR);
    let now = scene.portal.clock.now();
    assert!(store.release_letter(&parked[0].id, now).await.unwrap());
    assert_eq!(tries().await, first);
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
    assert_eq!(scene.due().await.len(), 1);
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
    let made = |counter| {
        scene
            .portal
            .key
            .code("journey-1", counter, miftah_rules::code::CodeForm::Digits)
    };
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
    let workers = scene.workers();
    let in_hand = mail.waiting.acquire().await.unwrap();
    let mut stopping = tokio::spawn(workers.stop());
    tokio::task::yield_now().await;
    assert!(!stopping.is_finished());
    scene.queue(letter("2", &Body::EmailInUse)).await;
    mail.gate.add_permits(1);
    (&mut stopping).await.unwrap();
    in_hand.forget();
    assert_eq!(mail.ids(), ["1"]);
    // The second letter was left for the next start, the first one is recorded.
    scene.clock.advance_ms(LEASE_MS);
    let left = scene.due().await;
    assert_eq!(
        left.iter()
            .map(|letter| letter.id.as_str())
            .collect::<Vec<_>>(),
        ["2"]
    );
}

/// The mail server answers nothing, to as many letters as it is given.
#[tokio::test]
async fn mail_that_hangs_holds_up_no_sms() {
    let mail = Post::that_takes_all();
    mail.gate.forget_permits(Semaphore::MAX_PERMITS);
    let scene = Scene::with(mail.clone()).await;
    for id in 0..2 * BATCH {
        scene
            .queue(letter(&id.to_string(), &Body::EmailInUse))
            .await;
    }
    let workers = scene.workers();
    let hanging = u32::try_from(BATCH).unwrap();
    let all_hang = mail.waiting.acquire_many(hanging);
    soon(all_hang).await.unwrap().forget();
    scene
        .journey("code", "{\"state\":{}}", Millis(NOW.0 + HOUR))
        .await;
    scene
        .queue(Letter {
            channel: Channel::Phone,
            to: "+212612345678".into(),
            ..code("sms", 1)
        })
        .await;
    soon(scene.sms.waiting.acquire()).await.unwrap().forget();
    assert_eq!(mail.ids(), [""; 0]);
    mail.gate.add_permits(2 * BATCH);
    assert!(workers.bell().ring().await);
    workers.stop().await;
    assert_eq!((mail.ids().len(), scene.sms.ids().len()), (2 * BATCH, 1));
}

#[tokio::test]
async fn a_letter_that_hangs_keeps_its_own_place_and_no_other() {
    let mail = Post::that_takes_all();
    let scene = Scene::with(mail.clone()).await;
    scene.queue(letter(HANGS, &Body::EmailInUse)).await;
    let workers = scene.workers();
    mail.waiting.acquire().await.unwrap().forget();
    let behind = 3 * BATCH;
    for id in 0..behind {
        scene
            .queue(letter(&id.to_string(), &Body::EmailInUse))
            .await;
    }
    let bell = workers.bell();
    let ringing = tokio::spawn(async move { bell.ring().await });
    let all = u32::try_from(behind).unwrap();
    soon(mail.waiting.acquire_many(all)).await.unwrap().forget();
    assert!(!ringing.is_finished(), "one letter is still in hand");
    mail.hung.add_permits(1);
    assert!(ringing.await.unwrap());
    workers.stop().await;
    assert_eq!(mail.ids().len(), behind + 1);
    assert_eq!(mail.ids().last().map(String::as_str), Some(HANGS));
}
