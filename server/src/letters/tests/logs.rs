//! What the log says of letters: which, and how they ended; nothing of what they hold.

use std::sync::{Arc, Mutex};

use miftah_portal::deliver::Fate;
use miftah_portal::id::AccountId;
use miftah_portal::letter::{Address, Body, Change};
use miftah_portal::ports::{Millis, SendError};

use super::scene::{Post, Scene, code, letter};
use super::{HOUR, NOW, TO};

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

/// Places that log ask once whether anybody listens. A test beside this one may be asking at the
/// moment in which this one begins to listen, and hear no: so every place is passed once, and asked
/// again.
#[cfg(test)]
async fn settle_callsites() {
    let answers = Mutex::new(vec![
        Ok(()),
        Err(SendError::Later("".into())),
        Err(SendError::Never("".into())),
    ]);
    let scene = Scene::with(Post::that(move |_| answers.lock().unwrap().remove(0))).await;
    scene.journey("code", "{}", Millis(NOW.0 + HOUR)).await;
    for (id, counter) in [("w-1", 1), ("w-2", 1), ("w-3", 1)] {
        scene.queue(code(id, counter)).await;
    }
    scene.fates().await;
    tracing::callsite::rebuild_interest_cache();
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
        Err(SendError::Later(format!("450 <{TO}> is slow").into())),
        Err(SendError::Never(
            format!("550 no <{}>", TO.to_uppercase()).into(),
        )),
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
    settle_callsites().await;
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
    let code = scene
        .portal
        .key
        .code("journey-1", 1, miftah_rules::code::CodeForm::Digits);
    for secret in [TO, &TO.to_uppercase(), code.as_str(), "Salma", "not-me"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}
