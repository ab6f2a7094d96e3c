//! What it refuses, the key it makes, and that a restart is nothing that people notice (A.1).

use std::fs;

use crate::machine::{Machine, stop};

#[test]
fn what_dev_shows_is_never_offered_to_the_network() {
    let machine = Machine::new("network");
    for listen in ["0.0.0.0:0", "[::]:0", "192.0.2.1:3000"] {
        // The last one counts.
        let ran = machine.serve(&["--dev", "--listen", listen]).output();
        let ran = ran.expect("the program runs");
        assert!(!ran.status.success(), "{listen}");
        let said = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(said.contains("loopback"), "{listen}: {said}");
        assert!(ran.stdout.is_empty(), "{listen}");
    }
    assert!(!machine.key().exists(), "nothing was begun");
    machine.remove();
}

#[test]
fn the_key_is_made_once_and_is_its_owners_alone() {
    let machine = Machine::new("key");
    let (running, _) = machine.start();
    let key = fs::read_to_string(machine.key()).expect("a key");
    assert_eq!(key.len(), 64);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(machine.key()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert!(stop(running));
    let (running, _) = machine.start();
    assert_eq!(fs::read_to_string(machine.key()).unwrap(), key);
    assert!(stop(running));

    // What is no key is not replaced: with another one, every code and link that went out is dead.
    fs::write(machine.key(), "no key").unwrap();
    let ran = machine.serve(&["--dev"]).output().unwrap();
    assert!(!ran.status.success());
    assert!(String::from_utf8_lossy(&ran.stderr).contains("server.key"));
    assert_eq!(fs::read_to_string(machine.key()).unwrap(), "no key");
    machine.remove();
}

#[test]
fn a_session_and_a_code_outlive_a_restart() {
    let machine = Machine::new("restart");
    let (running, said) = machine.start();
    assert_eq!(said, format!("http://127.0.0.1:{}", machine.port));
    let samples = machine.get("/dev/samples.json", &[]).json();
    let student = &samples["accounts"][0];
    let (email, password) = (&student["email"], &student["password"]);
    let (email, password) = (email.as_str().unwrap(), password.as_str().unwrap());

    let form = format!("handle={email}&password={password}");
    let session = machine.post("/ar/login", &[], &form).cookies;
    assert_eq!(machine.get("/ar/account", &session).status, 200);
    let form = format!("step=find&action=handle&handle={email}");
    let begun = machine.post("/ar/recover", &[], &form);
    let recovery = begun.json()["location"].as_str().unwrap().to_owned();
    assert_eq!(machine.post("/dev/deliver", &[], "").status, 204);
    let letters = machine.get("/dev/outbox.json", &[]).json();
    let text = letters[0]["text"].as_str().unwrap();
    let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit());
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    let code = words.find(is_code).expect("a code");
    assert!(stop(running), "it ends well when told to");

    let (running, _) = machine.start();
    assert_eq!(machine.get("/ar/account", &session).status, 200);
    let form = format!("step=code&code={code}");
    let proved = machine.post(&recovery, &begun.cookies, &form).json();
    assert_eq!(proved["view"]["page"]["recover"]["step"], "password");
    assert!(stop(running));
    machine.remove();
}
