//! `server.py`, a real mail server in a process of its own, and what it tells.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

/// Names the folder in which `cargo xtask test` has put aiosmtpd.
const VARIABLE: &str = "MIFTAH_TEST_AIOSMTPD";
/// What is waited for happens within this, or the test fails.
const SOON: Duration = Duration::from_secs(30);
/// Certificate of `localhost`, signed by nobody but itself, with its key.
pub const CERTIFICATE: &str = include_str!("localhost.pem");

/// What is between the server and whoever comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Plain,
    Starttls,
    Tls,
}

/// The server at work; ends when it is dropped.
#[derive(Debug)]
pub struct MailServer {
    child: Child,
    orders: Mutex<ChildStdin>,
    told: Arc<(Mutex<Vec<Value>>, Condvar)>,
    pub port: u16,
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl MailServer {
    pub fn start() -> Self {
        Self::start_as(Mode::Plain)
    }

    pub fn start_as(mode: Mode) -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail_server");
        let mut command = Command::new("python3");
        if let Some(folder) = std::env::var_os(VARIABLE) {
            command.env("PYTHONPATH", folder);
        }
        command.arg(here.join("server.py"));
        command.arg(match mode {
            Mode::Plain => "plain",
            Mode::Starttls => "starttls",
            Mode::Tls => "tls",
        });
        let mut child = command
            .arg(here.join("localhost.pem"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 starts");
        let orders = child.stdin.take().expect("its input");
        let mut out = BufReader::new(child.stdout.take().expect("its output"));
        let mut first = String::new();
        out.read_line(&mut first).expect("a line");
        assert!(
            !first.is_empty(),
            "no mail server: run the tests with `cargo xtask test`, which installs aiosmtpd and \
            names its folder in {VARIABLE}"
        );
        let first: Value = serde_json::from_str(&first).expect("what it says is JSON");
        let port = first["port"].as_u64().and_then(|port| port.try_into().ok());
        let told: Arc<(Mutex<Vec<Value>>, Condvar)> = Arc::default();
        let heard = Arc::clone(&told);
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let what = serde_json::from_str(&line).expect("what it says is JSON");
                heard.0.lock().expect("a lock").push(what);
                heard.1.notify_all();
            }
        });
        Self {
            child,
            orders: Mutex::new(orders),
            told,
            port: port.expect("a port"),
        }
    }

    /// Waits until what it told is such.
    pub fn wait(&self, what: &str, such: impl Fn(&[Value]) -> bool) {
        let (lock, changed) = &*self.told;
        let told = lock.lock().expect("a lock");
        let (told, out) = changed
            .wait_timeout_while(told, SOON, |told| !such(told))
            .expect("a lock");
        assert!(!out.timed_out(), "{what}, in {told:#?}");
    }

    /// What it told of a step until now, in order.
    pub fn steps(&self, at: &str) -> Vec<Value> {
        // What it told before it answers this has been heard.
        self.order(&json!({ "nothing": true }));
        let mut told = self.told.0.lock().expect("a lock").clone();
        told.retain(|one| one["at"] == at);
        told
    }

    /// Waits until a step was told of so often.
    pub fn wait_for(&self, at: &str, times: usize) {
        self.wait(&format!("{times} times {at}"), |told| {
            told.iter().filter(|one| one["at"] == at).count() >= times
        });
    }

    /// The Message-IDs of a step, in order.
    pub fn ids(&self, at: &str) -> Vec<String> {
        let id = |one: &Value| one["id"].as_str().expect("a Message-ID").to_owned();
        self.steps(at).iter().map(id).collect()
    }

    /// Every connection from now on that comes to this step meets this.
    pub fn always(&self, at: &str, what: &str) {
        self.order(&json!({ "rule": { "at": at, "do": what } }));
    }

    /// The next one does.
    pub fn once(&self, at: &str, what: &str) {
        self.order(&json!({ "rule": { "at": at, "do": what, "times": 1 } }));
    }

    /// Letters to this address do. Not before RCPT: it is not named yet.
    pub fn always_to(&self, to: &str, at: &str, what: &str) {
        self.order(&json!({ "rule": { "at": at, "do": what, "to": to } }));
    }

    /// No rule any more.
    pub fn forget(&self) {
        self.order(&json!({ "forget": true }));
    }

    /// Whoever stalls goes on.
    pub fn go_on(&self) {
        self.order(&json!({ "go": true }));
    }

    /// Its port is closed, or open again.
    pub fn listen(&self, listen: bool) {
        self.order(&json!({ "listen": listen }));
    }

    fn order(&self, order: &Value) {
        let done = |told: &[Value]| told.iter().filter(|one| one["told"] == true).count();
        let mut orders = self.orders.lock().expect("a lock");
        let before = done(&self.told.0.lock().expect("a lock"));
        writeln!(orders, "{order}").expect("it reads");
        orders.flush().expect("it reads");
        self.wait("an order is carried out", |told| done(told) > before);
    }
}
