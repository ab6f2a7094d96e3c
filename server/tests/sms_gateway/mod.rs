//! `gateway.py`, an SMS gateway in a process of its own, and what it was asked.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

/// What is waited for happens within this, or the test fails.
const SOON: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(10);

/// The gateway at work; ends when it is dropped.
#[derive(Debug)]
pub struct SmsGateway {
    child: Child,
    _input: ChildStdin,
    asked: Arc<Mutex<Vec<Value>>>,
    pub port: u16,
}

impl Drop for SmsGateway {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl SmsGateway {
    pub fn start() -> Self {
        Self::spawn(false)
    }

    /// With the certificate of `localhost` that nobody signed.
    pub fn start_with_tls() -> Self {
        Self::spawn(true)
    }

    fn spawn(tls: bool) -> Self {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
        let mut command = Command::new("python3");
        command.arg(tests.join("sms_gateway/gateway.py"));
        if tls {
            command.arg(tests.join("mail_server/localhost.pem"));
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 starts");
        let input = child.stdin.take().expect("its input");
        let mut out = BufReader::new(child.stdout.take().expect("its output"));
        let mut first = String::new();
        out.read_line(&mut first).expect("a line");
        let first: Value = serde_json::from_str(&first).expect("what it says is JSON");
        let port = first["port"].as_u64().and_then(|port| port.try_into().ok());
        let asked: Arc<Mutex<Vec<Value>>> = Arc::default();
        let heard = Arc::clone(&asked);
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let what = serde_json::from_str(&line).expect("what it says is JSON");
                heard.lock().expect("a lock").push(what);
            }
        });
        Self {
            child,
            _input: input,
            asked,
            port: port.expect("a port"),
        }
    }

    /// What it was asked, once that is so much.
    pub fn asked(&self, times: usize) -> Vec<Value> {
        let mut waited = Duration::ZERO;
        loop {
            let asked = self.asked.lock().expect("a lock").clone();
            if asked.len() >= times {
                return asked;
            }
            assert!(waited < SOON, "asked {times} times, not {asked:#?}");
            std::thread::park_timeout(PAUSE);
            waited += PAUSE;
        }
    }
}
