//! A PostgreSQL cluster for the tests: made in a temporary folder, owned by an unprivileged user,
//! reached by password on loopback only, and gone afterwards.
//!
//! A small shell keeps the server: it reads from a pipe that this process holds, and cleans up
//! when the pipe closes. So the cluster ends with this process however that ends, killed included.

use std::fs;
use std::io::Read as _;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::clock::wait_until;
use crate::fault::{About as _, Fault, Outcome};
use crate::process::{capture, find, is_root, say};
use crate::setup::apt;

/// The oldest release that the store is written for.
const OLDEST: u32 = 15;

/// Speed over safety: this cluster holds nothing that must outlive the tests.
const SETTINGS: &str = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off \
    -c max_connections=200 -c shared_buffers=64MB -c listen_addresses=127.0.0.1 -c unix_socket_directories=";

const KEEPER: &str = r#"
programs=$1 folder=$2 port=$3; shift 3
trap '' INT HUP TERM
"$programs/postgres" -D "$folder/data" -p "$port" "$@" >"$folder/log" 2>&1 </dev/null &
server=$!
cat >/dev/null
kill -INT "$server" 2>/dev/null
wait "$server"
rm -rf "$folder"
"#;

/// A running cluster; dropping it ends it.
#[derive(Debug)]
pub(crate) struct Cluster {
    keeper: Child,
    folder: PathBuf,
    url: String,
}

impl Cluster {
    /// Installs PostgreSQL where it is missing, makes a cluster and waits until it answers.
    ///
    /// # Errors
    /// There is no PostgreSQL of at least version 15, or it does not start.
    pub(crate) fn start() -> Outcome<Self> {
        let programs = ensure_programs()?;
        let folder = new_folder()?;
        let owner = if is_root() {
            Some(give_away(&folder)?)
        } else {
            None
        };
        let password = random_text()?;
        let made = make(&programs, &folder, &password, owner);
        let started = made.and_then(|()| keep(&programs, &folder, owner));
        let (keeper, port) = match started {
            Ok(running) => running,
            Err(fault) => {
                // The folder is of no use any more; the fault is what matters.
                drop(fs::remove_dir_all(&folder));
                return Err(fault);
            }
        };
        let url = format!("postgres://miftah:{password}@127.0.0.1:{port}/postgres");
        let mut cluster = Self {
            keeper,
            folder,
            url,
        };
        cluster.wait(port)?;
        Ok(cluster)
    }

    /// Where tests reach it, as a superuser who may make databases.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Where a schema of its own is reached, which is made.
    ///
    /// # Errors
    /// The cluster refuses.
    pub(crate) fn database(&self, name: &str) -> Outcome<String> {
        let psql = find("psql").unwrap_or(ensure_programs()?.join("psql"));
        let mut psql = Command::new(psql);
        psql.args(["--quiet", &self.url, "--command"]);
        capture(psql.arg(format!("create schema {name}")))?;
        Ok(format!("{}?options[search_path]={name}", self.url))
    }

    fn wait(&mut self, port: u16) -> Outcome {
        let mut gone = false;
        let up = wait_until(Duration::from_secs(30), || {
            gone = self.keeper.try_wait().is_ok_and(|ended| ended.is_some());
            gone || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
        });
        if up && !gone {
            return Ok(());
        }
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        Err(Fault::new(format!("PostgreSQL did not start: {log}")))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // A drop cannot fail: what is left over lies in the temporary folder.
        drop(self.keeper.wait());
        drop(fs::remove_dir_all(&self.folder));
    }
}

fn ensure_programs() -> Outcome<PathBuf> {
    if let Some(folder) = newest_programs() {
        return Ok(folder);
    }
    apt::install(
        &format!("PostgreSQL {OLDEST} or newer for the tests"),
        &["postgresql"],
    )?;
    newest_programs().ok_or_else(|| {
        Fault::new(format!(
            "PostgreSQL {OLDEST} or newer is needed: put `initdb` and `postgres` on the search path"
        ))
    })
}

/// The folder of the newest `initdb` and `postgres`, Debian's places included.
fn newest_programs() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut folders: Vec<PathBuf> = debian.map(|entry| entry.path().join("bin")).collect();
    folders.extend(find("initdb").and_then(|file| file.parent().map(Path::to_path_buf)));
    folders
        .into_iter()
        .filter(|folder| folder.join("initdb").exists())
        .filter_map(|folder| Some((version_of(&folder)?, folder)))
        .filter(|(version, _)| *version >= OLDEST)
        .max_by_key(|(version, _)| *version)
        .map(|(_, folder)| folder)
}

fn version_of(folder: &Path) -> Option<u32> {
    major(&capture(Command::new(folder.join("postgres")).arg("--version")).ok()?)
}

fn major(said: &str) -> Option<u32> {
    let word = said
        .split_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    word.split(|c: char| !c.is_ascii_digit())
        .next()?
        .parse()
        .ok()
}

/// A folder that another user can reach: neither a home nor a private `TMPDIR` will do.
fn new_folder() -> Outcome<PathBuf> {
    let base = if Path::new("/tmp").is_dir() {
        PathBuf::from("/tmp")
    } else {
        std::env::temp_dir()
    };
    let folder = base.join(format!("miftah-postgres-{}", random_text()?));
    fs::create_dir(&folder).about(folder.display())?;
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
    Ok(folder)
}

/// PostgreSQL refuses root: hands the folder to a user that has no rights, and returns its name.
fn give_away(folder: &Path) -> Outcome<&'static str> {
    for user in ["postgres", "nobody"] {
        let Ok(uid) = capture(Command::new("id").args(["-u", user])) else {
            continue;
        };
        let uid = uid
            .trim()
            .parse()
            .map_err(|_| Fault::new(format!("`id -u {user}` said {uid}")))?;
        std::os::unix::fs::chown(folder, Some(uid), None).about(folder.display())?;
        return Ok(user);
    }
    Err(Fault::new(
        "PostgreSQL refuses root, and there is neither a user `postgres` nor `nobody`",
    ))
}

/// A command as `owner`, or as ourselves.
fn as_owner(owner: Option<&str>, program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = match owner {
        None => Command::new(program),
        Some(user) => {
            let mut runuser = Command::new("runuser");
            runuser.args(["-u", user, "--"]).arg(program);
            runuser
        }
    };
    // The caller's folder may be closed to that user, and its locale unknown here.
    command.current_dir("/").env("LC_ALL", "C.UTF-8");
    command
}

fn make(programs: &Path, folder: &Path, password: &str, owner: Option<&str>) -> Outcome {
    let file = folder.join("password");
    fs::write(&file, password)?;
    // Only the owner can enter the folder.
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644))?;
    let mut initdb = as_owner(owner, programs.join("initdb"));
    initdb.args([
        "--username=miftah",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--no-sync",
    ]);
    initdb
        .arg("--pwfile")
        .arg(&file)
        .arg("-D")
        .arg(folder.join("data"));
    capture(&mut initdb).map(drop)
}

fn keep(programs: &Path, folder: &Path, owner: Option<&str>) -> Outcome<(Child, u16)> {
    // Free now; taken by the server a moment later.
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?
        .local_addr()?
        .port();
    say(format!(
        "PostgreSQL for the tests: {} on port {port}",
        programs.display()
    ));
    let mut shell = as_owner(owner, "sh");
    shell
        .args(["-c", KEEPER, "keeper"])
        .arg(programs)
        .arg(folder)
        .arg(port.to_string());
    shell.args(SETTINGS.split_whitespace());
    // A group of its own: the terminal's Ctrl-C ends us, and our end ends it.
    shell
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    Ok((
        shell.spawn().about("the shell that keeps PostgreSQL")?,
        port,
    ))
}

fn random_text() -> Outcome<String> {
    let mut bytes = [0_u8; 12];
    fs::File::open("/dev/urandom")
        .and_then(|mut file| file.read_exact(&mut bytes))
        .about("/dev/urandom")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_from_what_it_says() {
        assert_eq!(
            major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"),
            Some(15)
        );
        assert_eq!(major("postgres (PostgreSQL) 18beta2"), Some(18));
        assert_eq!(major("command not found"), None);
    }

    #[test]
    fn a_cluster_answers_and_is_gone_afterwards() {
        let cluster = Cluster::start().unwrap();
        let address = cluster
            .url()
            .rsplit_once('@')
            .map(|(_, rest)| rest.replace("/postgres", ""))
            .unwrap();
        let folder = cluster.folder.clone();
        assert!(TcpStream::connect(&address).is_ok());
        drop(cluster);
        assert!(TcpStream::connect(&address).is_err());
        assert!(!folder.exists());
    }
}
