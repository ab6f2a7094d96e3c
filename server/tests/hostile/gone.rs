//! PostgreSQL is gone for half a minute: entry pages stay, everything else is answered soon, and all is
//! as before once it is back.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use miftah_store::testing::{Engine, Place};

use crate::machine::{Machine, stop};
use crate::person::{accounts, is_told, pause, sign_in, timed, until};

/// A wire to the database that can be cut.
struct Wire {
    port: u16,
    cut: Arc<AtomicBool>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Wire {
    fn to(database: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its number").port();
        let (cut, open) = (
            Arc::new(AtomicBool::new(false)),
            Arc::<Mutex<Vec<_>>>::default(),
        );
        let wire = Self {
            port,
            cut: Arc::clone(&cut),
            open: Arc::clone(&open),
        };
        std::thread::spawn(move || {
            for near in listener.incoming().flatten() {
                // Gone: whoever comes is turned away.
                if cut.load(Ordering::SeqCst) {
                    continue;
                }
                let Ok(far) = TcpStream::connect(&database) else {
                    continue;
                };
                for (from, to) in [(&near, &far), (&far, &near)] {
                    let (from, to) = (from.try_clone(), to.try_clone());
                    let (from, to) = (from.expect("a stream"), to.expect("a stream"));
                    open.lock()
                        .unwrap()
                        .push(from.try_clone().expect("a stream"));
                    std::thread::spawn(move || carry(from, to));
                }
            }
        });
        wire
    }

    fn cut(&self, cut: bool) {
        self.cut.store(cut, Ordering::SeqCst);
        for stream in self.open.lock().unwrap().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn carry(mut from: impl Read, mut to: TcpStream) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        if to.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_gone_for_half_a_minute_comes_back_without_a_restart() {
    let database = Place::make(Engine::Postgres).await;
    let at = database.url().split_once('@').expect("a user").1;
    let at = at.split_once('/').expect("a path").0.to_owned();
    let wire = Wire::to(at.clone());
    let mut machine = Machine::new("gone");
    machine.database = database
        .url()
        .replace(&at, &format!("127.0.0.1:{}", wire.port));
    let (running, _) = machine.start();
    let accounts = accounts(&machine);
    let account = &accounts[0];
    let session = sign_in(&machine, &account.email, &account.password).unwrap_or_default();
    assert!(!session.is_empty());
    assert_eq!(machine.get("/ar/account", &session).status, 200);

    wire.cut(true);
    std::thread::scope(|scope| {
        let asks = [
            scope.spawn(|| timed(|| machine.get("/ar/account", &session))),
            scope.spawn(|| timed(|| machine.post("/ar/login", &[], "handle=a&password=b"))),
            scope.spawn(|| timed(|| machine.get("/readyz", &[]))),
        ];
        for _ in 0..20 {
            let (page, took) = timed(|| machine.get("/healthz", &[]));
            assert!(
                page.status == 200 && took < Duration::from_secs(1),
                "{took:?}"
            );
            pause(Duration::from_millis(200));
        }
        for (n, asked) in asks.into_iter().enumerate() {
            let (answer, took) = asked.join().expect("an answer");
            assert!(took < Duration::from_secs(20), "{n}: {took:?}");
            match n {
                2 => assert_eq!(answer.status, 503),
                _ => is_told(&answer, "without a database"),
            }
        }
    });
    pause(Duration::from_secs(25));
    wire.cut(false);
    until("it is ready", 10, || {
        machine.get("/readyz", &[]).status == 200
    });
    assert_eq!(machine.get("/ar/account", &session).status, 200);
    assert!(sign_in(&machine, &account.email, &account.password).is_ok());
    assert!(stop(running));
    machine.remove();
    database.remove().await;
}
