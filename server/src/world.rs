//! Time, chance and the key file: the ports whose other side is the operating system.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use miftah_portal::key::{KEY_BYTES, ServerKey};
use miftah_portal::ports::{Clock, Millis, Random};

/// The system's clock, which `--dev` can put forward.
#[derive(Debug, Default)]
pub struct SystemClock {
    ahead_ms: AtomicI64,
}

impl SystemClock {
    /// Puts the clock forward; only reachable under `--dev`.
    pub fn advance_ms(&self, ms: i64) {
        self.ahead_ms.fetch_add(ms, Ordering::Relaxed);
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the port's other side")]
    fn now(&self) -> Millis {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let now = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
        Millis(now.saturating_add(self.ahead_ms.load(Ordering::Relaxed)))
    }
}

/// The operating system's random source.
#[derive(Debug)]
pub struct OsRandom;

impl Random for OsRandom {
    #[expect(
        clippy::panic,
        reason = "without randomness no secret can be made: better to stop"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            panic!("the operating system gives no randomness: {error}");
        }
    }
}

/// Reads the server key, or makes it at the first start (readable by its owner alone).
///
/// # Errors
/// When the file cannot be read or made, when others can read it, or when it is not 64 hexadecimal
/// digits.
pub fn server_key(path: &Path) -> io::Result<ServerKey> {
    if let Ok(text) = fs::read_to_string(path) {
        if is_open_to_others(&fs::metadata(path)?) {
            return Err(io::Error::other(format!(
                "{0} is readable by others, and all codes derive from it: chmod 600 {0}; where \
                others may have read it, remove it and a new one is made",
                path.display()
            )));
        }
        return parse_key(text.trim()).ok_or_else(|| {
            io::Error::other(format!(
                "{} is not a key: 64 hexadecimal digits",
                path.display()
            ))
        });
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut bytes = [0; KEY_BYTES];
    OsRandom.fill(&mut bytes);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(miftah_portal::id::hex(&bytes).as_bytes())?;
    file.sync_all()?;
    Ok(ServerKey::new(bytes))
}

/// Whether group or others may do anything with a file.
fn is_open_to_others(file: &fs::Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.permissions().mode() & 0o077 != 0
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        false
    }
}

/// Makes a file its owner's alone where it was not: an older program, or a careless copy.
///
/// # Errors
/// When the file belongs to somebody else.
pub fn keep_to_owner(file: &fs::File) -> io::Result<()> {
    #[cfg(unix)]
    if is_open_to_others(&file.metadata()?) {
        use std::os::unix::fs::PermissionsExt as _;
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

fn parse_key(text: &str) -> Option<ServerKey> {
    if text.len() != KEY_BYTES * 2 {
        return None;
    }
    let mut bytes = [0; KEY_BYTES];
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(index * 2..index * 2 + 2)?, 16).ok()?;
    }
    Some(ServerKey::new(bytes))
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::server_key;

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let folder = std::env::temp_dir().join(format!("miftah-key-{}", std::process::id()));
        let path = folder.join("server.key");
        let made = server_key(&path).unwrap();
        let mode =
            |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        let again = server_key(&path).unwrap();
        assert_eq!(made.link("a", "b"), again.link("a", "b"), "the same key");
        for open in [0o640, 0o604, 0o660] {
            fs::set_permissions(&path, fs::Permissions::from_mode(open)).unwrap();
            let told = server_key(&path).unwrap_err().to_string();
            assert!(told.contains("chmod 600"), "{told}");
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
