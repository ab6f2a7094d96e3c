//! `miftah serve` as an operator runs it: what it refuses, the key it makes, and that a restart is
//! nothing that people notice (A.1).

#![expect(
    clippy::expect_used,
    reason = "helpers of tests may fail loudly; clippy exempts only the tests themselves"
)]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

/// A folder of one test: a site without an app, and everything that the program leaves.
struct Machine {
    folder: PathBuf,
    port: u16,
}

/// The program at work; killed if the test fails.
struct Running {
    child: Child,
    /// What it says to the developer, read as far as the test has.
    out: BufReader<ChildStdout>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

struct Answer {
    status: u16,
    cookies: Vec<String>,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("an answer as JSON")
    }
}

impl Machine {
    fn new(test: &str) -> Self {
        let name = format!("miftah_serve_{}_{test}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("site")).expect("a folder for the test");
        fs::write(folder.join("site/build-id"), "0123456789abcdef").expect("a site");
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = free.local_addr().expect("its number").port();
        Self { folder, port }
    }

    fn key(&self) -> PathBuf {
        self.folder.join("server.key")
    }

    fn serve(&self, options: &[&str]) -> Command {
        let institution = Path::new(env!("CARGO_MANIFEST_DIR")).join("../institutions/fsjes");
        let below = |name: &str| self.folder.join(name);
        let mut command = Command::new(env!("CARGO_BIN_EXE_miftah"));
        command
            .env_clear()
            .current_dir(&self.folder)
            .arg("serve")
            .arg("--institution")
            .arg(institution)
            .arg("--site")
            .arg(below("site"))
            .arg("--files")
            .arg(below("files"))
            .arg("--key")
            .arg(self.key())
            .arg("--database")
            .arg(format!("sqlite://{}", below("miftah.sqlite").display()))
            .arg("--listen")
            .arg(format!("127.0.0.1:{}", self.port))
            .args(options);
        command
    }

    /// Starts it; answers once it has said where it listens, with what it says first.
    fn start(&self) -> (Running, String) {
        let mut command = self.serve(&["--dev"]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = child.expect("the program starts");
        let out = BufReader::new(child.stdout.take().expect("its output"));
        let mut running = Running { child, out };
        let mut said = String::new();
        running.out.read_line(&mut said).expect("a line");
        assert_eq!(self.get("/readyz", &[]).status, 200);
        (running, said.trim().to_owned())
    }

    fn ask(&self, head: &str, cookies: &[String], body: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        let (port, length) = (self.port, body.len());
        let cookies = cookies.join("; ");
        write!(
            stream,
            "{head} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
            Accept: application/json\r\nCookie: {cookies}\r\nContent-Length: {length}\r\n\
            Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}"
        )
        .expect("it reads");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("it answers");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
        let set = |line: &str| {
            let (name, value) = line.split_once(": ")?;
            let pair = value.split(';').next()?.to_owned();
            name.eq_ignore_ascii_case("set-cookie").then_some(pair)
        };
        Answer {
            status: head
                .get(9..12)
                .unwrap_or_default()
                .parse()
                .expect("a status"),
            cookies: head.lines().filter_map(set).collect(),
            body: body.to_owned(),
        }
    }

    fn get(&self, path: &str, cookies: &[String]) -> Answer {
        self.ask(&format!("GET {path}"), cookies, "")
    }

    fn post(&self, path: &str, cookies: &[String], form: &str) -> Answer {
        self.ask(&format!("POST {path}"), cookies, form)
    }

    fn remove(self) {
        let _ = fs::remove_dir_all(self.folder);
    }
}

/// Ends it as an operator does; whether it ended well.
fn stop(mut running: Running) -> bool {
    let id = running.child.id().to_string();
    let killed = Command::new("kill").args(["-TERM", &id]).status();
    assert!(killed.expect("kill").success());
    running.child.wait().expect("it ends").success()
}

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
