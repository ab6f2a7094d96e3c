//! What is measured with: programs built as people get them, and a server of one's own.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use super::rows::folder;
use crate::clock::wait_until;
use crate::fault::{About as _, Fault, Outcome};
use crate::place::Place;
use crate::process::{capture, cargo, run, say};
use crate::roll;
use crate::serve;
use crate::site::{self, Grade};

/// The programs.
#[derive(Debug)]
pub(super) struct Tools {
    pub(super) server: PathBuf,
    pub(super) site: PathBuf,
    bench: PathBuf,
    raw: PathBuf,
}

impl Tools {
    /// # Errors
    /// Something does not compile.
    pub(super) fn build(place: &Place) -> Outcome<Self> {
        let site = site::build(place, Grade::Shipped)?;
        let server = serve::server(place, Grade::Shipped)?;
        say("building what is measured with (some minutes the first time)");
        let mut bench = cargo();
        bench.args(["build", "--quiet", "--release", "--package", "miftah-bench"]);
        run(bench.current_dir(place.root()))?;
        // For this very processor: the rate to measure up to.
        let native = place.target().join("native");
        let mut raw = cargo();
        raw.args(["build", "--quiet", "--release", "--package"]);
        raw.args(["miftah-argon2id", "--example", "raw", "--target-dir"]);
        raw.arg(&native).env("RUSTFLAGS", "-Ctarget-cpu=native");
        run(raw.current_dir(place.root()))?;
        Ok(Self {
            server,
            site,
            bench: place.target().join("release/miftah-bench"),
            raw: native.join("release/examples/raw"),
        })
    }

    /// Verifications a second on all processors with nothing around them, by the fastest way there is.
    ///
    /// # Errors
    /// It does not run.
    pub(super) fn raw(&self, time: Duration) -> Outcome<f64> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let mut raw = Command::new(&self.raw);
        raw.arg(threads.to_string());
        let said = capture(raw.arg(time.as_millis().to_string()))?;
        let rates: Value = serde_json::from_str(&said)?;
        let rates = rates.as_object().into_iter().flatten();
        Ok(rates
            .filter_map(|(_, rate)| rate.as_f64())
            .fold(0.0, f64::max))
    }

    /// Runs a command of `miftah-bench` and answers what it found.
    ///
    /// # Errors
    /// It fails.
    pub(super) fn bench(&self, command: &str, words: &[(&str, &str)]) -> Outcome<Value> {
        let said = capture(&mut self.command(command, words))?;
        if said.trim().is_empty() {
            return Ok(Value::Null);
        }
        Ok(serde_json::from_str(&said)?)
    }

    fn command(&self, command: &str, words: &[(&str, &str)]) -> Command {
        let mut bench = Command::new(&self.bench);
        bench.arg(command);
        for (name, value) in words {
            bench.arg(format!("--{name}")).arg(value);
        }
        bench
    }

    /// What pages are measured against, serving.
    ///
    /// # Errors
    /// It does not start.
    pub(super) fn bare(&self, what: &[(&str, &str)]) -> Outcome<Running> {
        let at = free_address()?;
        let mut words = vec![("listen", at.as_str())];
        words.extend_from_slice(what);
        Running::start(self.command("bare", &words), at, "/")
    }

    /// A roll of that many people; one that was written before will do.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn roll(&self, place: &Place, persons: usize) -> Outcome<PathBuf> {
        let file = folder(place)?.join(format!("roll-{persons}.csv"));
        if !file.exists() {
            say(format!("writing a roll of {persons}"));
            roll::write(&file, persons, roll::SEED)?;
        }
        Ok(file)
    }

    /// The command that loads a roll.
    pub(super) fn import(&self, place: &Place, database: &str, roll: &Path) -> Command {
        let mut import = Command::new(&self.server);
        import
            .arg("import")
            .arg(roll)
            .args(["--database", database]);
        import
            .arg("--institution")
            .arg(place.at("institutions/fsjes"));
        import
    }

    /// The portal on a database, as people get it but for where it listens.
    ///
    /// # Errors
    /// It does not start.
    pub(super) fn serve(&self, place: &Place, database: &str, name: &str) -> Outcome<Running> {
        let data = folder(place)?.join(name);
        fs::create_dir_all(&data).about(data.display())?;
        let at = free_address()?;
        let mut serve = Command::new(&self.server);
        serve.args(["serve", "--listen", &at, "--database", database]);
        serve.args(["--trusted-proxies", "127.0.0.0/8", "--institution"]);
        serve.arg(place.at("institutions/fsjes"));
        serve.arg("--files").arg(data.join("files"));
        serve.arg("--key").arg(data.join("key"));
        serve.arg("--site").arg(&self.site);
        serve.env("MIFTAH_LOG", "warn");
        Running::start(serve, at, "/readyz")
    }
}

/// A new folder for a database, and its URL.
///
/// # Errors
/// It cannot be made.
pub(super) fn new_database(place: &Place, name: &str) -> Outcome<String> {
    let data = folder(place)?.join(name);
    if data.exists() {
        fs::remove_dir_all(&data).about(data.display())?;
    }
    fs::create_dir_all(&data).about(data.display())?;
    Ok(format!("sqlite://{}", data.join("miftah.sqlite").display()))
}

/// Adds accounts for the first people of a roll.
///
/// # Errors
/// Somebody is not on the roll.
pub(super) fn accounts(tools: &Tools, database: &str, roll: &Path, count: &str) -> Outcome {
    let roll = roll.display().to_string();
    let words = [
        ("database", database),
        ("roll", roll.as_str()),
        ("count", count),
    ];
    tools.bench("accounts", &words).map(drop)
}

/// A program that serves on this machine; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Running {
    child: Child,
    pub(super) at: String,
}

impl Running {
    fn start(mut command: Command, at: String, ready: &str) -> Outcome<Self> {
        let child = command.stdout(Stdio::null()).spawn().about("a server")?;
        let running = Self { child, at };
        if wait_until(Duration::from_secs(60), || answers(&running.at, ready)) {
            return Ok(running);
        }
        Err(Fault::new(format!("nothing answers at {}", running.at)))
    }

    /// Megabytes of memory that it holds now.
    ///
    /// # Errors
    /// The system does not tell.
    pub(super) fn resident(&self) -> Outcome<f64> {
        megabytes(self.child.id(), "VmRSS:")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A line of `/proc/PID/status`, in megabytes.
///
/// # Errors
/// There is none.
pub(super) fn megabytes(pid: u32, line: &str) -> Outcome<f64> {
    let file = format!("/proc/{pid}/status");
    let status = fs::read_to_string(&file).about(&file)?;
    let found = status.lines().find_map(|text| text.strip_prefix(line));
    let kib = found.and_then(|text| text.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kib.map(|kib| kib * 1024.0 / 1e6)
        .ok_or_else(|| Fault::new(format!("{file} has no {line}")))
}

fn answers(at: &str, path: &str) -> bool {
    let Ok(at) = at.parse::<SocketAddr>() else {
        return false;
    };
    let Ok(mut stream) = TcpStream::connect(at) else {
        return false;
    };
    let asked = format!("GET {path} HTTP/1.1\r\nhost: {at}\r\nconnection: close\r\n\r\n");
    let mut head = [0; 12];
    stream.write_all(asked.as_bytes()).is_ok()
        && stream.read_exact(&mut head).is_ok()
        && head.ends_with(b"200")
}

fn free_address() -> Outcome<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(listener.local_addr()?.to_string())
}
