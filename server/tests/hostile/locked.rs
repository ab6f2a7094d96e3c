//! Another program keeps SQLite's write lock for half a minute: reading goes on, whoever writes is
//! answered, and nothing has to be started again.

use std::time::Duration;

use miftah_store::testing::Locked;

use crate::machine::{Machine, stop};
use crate::person::{accounts, is_told, pause, sign_in, timed};

/// As long as the store waits for the lock, and some more (`store/src/sqlite.rs`).
const PATIENCE: Duration = Duration::from_secs(25);

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_locked_for_half_a_minute_holds_up_writes_alone() {
    let machine = Machine::new("locked");
    let (running, _) = machine.start();
    let accounts = accounts(&machine);
    let [first, second] = [&accounts[0], &accounts[1]];
    let session = sign_in(&machine, &first.email, &first.password).unwrap_or_default();
    assert!(!session.is_empty());
    let locked = Locked::hold(&machine.database).await;
    std::thread::scope(|scope| {
        // Two at once: whoever waits behind somebody who waits in vain does not wait twice.
        let early = [&first, &second].map(|person| {
            scope.spawn(|| timed(|| sign_in(&machine, &person.email, &person.password)))
        });
        let late = scope.spawn(|| {
            pause(Duration::from_secs(15));
            sign_in(&machine, &second.email, &second.password)
        });
        for _ in 0..20 {
            for (path, cookies) in [
                ("/ar/login", &[][..]),
                ("/ar/account", &session),
                ("/readyz", &[]),
            ] {
                let (answer, took) = timed(|| machine.get(path, cookies));
                assert_eq!(answer.status, 200, "{path}");
                assert!(took < Duration::from_secs(2), "{path}: {took:?}");
            }
            pause(Duration::from_millis(500));
        }
        for early in early {
            let (answer, took) = early.join().expect("an answer");
            let refused = answer.expect_err("it was not signed in");
            is_told(&refused, "sign-in");
            assert!(took < PATIENCE, "{took:?}");
        }
        pause(Duration::from_secs(6));
        drop(locked);
        assert!(
            late.join().expect("an answer").is_ok(),
            "whoever still waited"
        );
    });
    assert!(sign_in(&machine, &second.email, &second.password).is_ok());
    assert_eq!(machine.get("/ar/account", &session).status, 200);
    assert!(stop(running));
    machine.remove();
}
