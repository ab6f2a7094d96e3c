//! The program on a machine of its own: a folder and a port.

use std::fs::{self, OpenOptions};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

/// Longer than anything of ours takes.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder of one test: a site without an app, and everything that the program leaves.
pub(crate) struct Machine {
    pub(crate) folder: PathBuf,
    pub(crate) port: u16,
    pub(crate) database: String,
}

/// The program at work; killed if the test fails.
pub(crate) struct Running {
    pub(crate) child: Child,
    /// What it says to the developer, read as far as the test has.
    out: BufReader<ChildStdout>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) cookies: Vec<String>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("an answer as JSON")
    }
}

impl Machine {
    pub(crate) fn new(test: &str) -> Self {
        let name = format!("miftah_serve_{}_{test}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("site")).expect("a folder for the test");
        fs::write(folder.join("site/build-id"), "0123456789abcdef").expect("a site");
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = free.local_addr().expect("its number").port();
        let database = format!("sqlite://{}", folder.join("miftah.sqlite").display());
        Self {
            folder,
            port,
            database,
        }
    }

    pub(crate) fn key(&self) -> PathBuf {
        self.folder.join("server.key")
    }

    pub(crate) fn serve(&self, options: &[&str]) -> Command {
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
            .arg(&self.database)
            .arg("--listen")
            .arg(format!("127.0.0.1:{}", self.port))
            .args(options);
        command
    }

    /// Starts it with `--dev`; answers once it has said where it listens, with what it says first.
    pub(crate) fn start(&self) -> (Running, String) {
        self.start_with(&["--dev"])
    }

    /// The same with these options. What it logs is [`Machine::log`].
    pub(crate) fn start_with(&self, options: &[&str]) -> (Running, String) {
        self.start_as(self.serve(options))
    }

    /// The same by a command of one's own.
    pub(crate) fn start_as(&self, mut command: Command) -> (Running, String) {
        let log = OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.folder.join("log"))
            .expect("a file for its log");
        command.env("MIFTAH_LOG", "debug,sqlx=info");
        let child = command.stdout(Stdio::piped()).stderr(log).spawn();
        let mut child = child.expect("the program starts");
        let out = BufReader::new(child.stdout.take().expect("its output"));
        let mut running = Running { child, out };
        let mut said = String::new();
        running.out.read_line(&mut said).expect("a line");
        assert_eq!(self.get("/readyz", &[]).status, 200);
        (running, said.trim().to_owned())
    }

    /// What it logged so far, in all its lives.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).expect("its log")
    }

    fn ask(&self, head: &str, cookies: &[String], body: &str) -> Answer {
        self.try_ask(head, cookies, body).expect("it answers")
    }

    /// The same where it may be gone, or not answer within a minute.
    pub(crate) fn try_ask(
        &self,
        head: &str,
        cookies: &[String],
        body: &str,
    ) -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let (port, length) = (self.port, body.len());
        let cookies = cookies.join("; ");
        write!(
            stream,
            "{head} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
            Accept: application/json\r\nCookie: {cookies}\r\nContent-Length: {length}\r\n\
            Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}"
        )?;
        let mut text = String::new();
        stream.read_to_string(&mut text)?;
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        };
        let set = |line: &str| {
            let (name, value) = line.split_once(": ")?;
            let pair = value.split(';').next()?.to_owned();
            name.eq_ignore_ascii_case("set-cookie").then_some(pair)
        };
        Ok(Answer {
            status: head
                .get(9..12)
                .unwrap_or_default()
                .parse()
                .expect("a status"),
            cookies: head.lines().filter_map(set).collect(),
            body: body.to_owned(),
        })
    }

    pub(crate) fn get(&self, path: &str, cookies: &[String]) -> Answer {
        self.ask(&format!("GET {path}"), cookies, "")
    }

    pub(crate) fn post(&self, path: &str, cookies: &[String], form: &str) -> Answer {
        self.ask(&format!("POST {path}"), cookies, form)
    }

    pub(crate) fn remove(self) {
        let _ = fs::remove_dir_all(self.folder);
    }
}

/// Ends it as an operator does; whether it ended well.
pub(crate) fn stop(mut running: Running) -> bool {
    let id = running.child.id().to_string();
    let killed = Command::new("kill").args(["-TERM", &id]).status();
    assert!(killed.expect("kill").success());
    running.child.wait().expect("it ends").success()
}
