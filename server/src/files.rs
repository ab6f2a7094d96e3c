//! Files in a folder of this machine, below `--files`, for their owner alone.
//!
//! A file appears whole or not at all: it is written beside the others, made durable, and moved to
//! its name. What a crash left half written is removed at a later start.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use miftah_portal::id::FileId;
use miftah_portal::ports::{FileError, Files};

/// Name of the folder below `--files`.
const FOLDER: &str = "attachments";
/// Below it, what is being written.
const UNDER_WAY: &str = "new";
/// Age after which nobody writes a file any more. Several servers may share the folder.
const LEFT_BEHIND: Duration = Duration::from_secs(24 * 3600);

/// The folder.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// Files begun by this process: no two are written under one name.
    begun: AtomicU64,
}

impl Folder {
    /// Makes the folder where it is missing, and its owner's alone where it was not.
    ///
    /// # Errors
    /// When it cannot be made, or belongs to somebody else.
    pub fn open(files: &Path) -> io::Result<Self> {
        let root = files.join(FOLDER);
        private_folder(&root)?;
        let new = root.join(UNDER_WAY);
        private_folder(&new)?;
        for entry in fs::read_dir(&new)?.flatten() {
            remove_left_behind(&entry);
        }
        Ok(Self {
            root,
            begun: AtomicU64::new(0),
        })
    }

    /// Where a file lies: below the last two characters of its id. (The first ones are the time,
    /// and the same for years.)
    fn place(&self, id: &FileId) -> Result<PathBuf, FileError> {
        let name = id.as_str();
        let is_id = name.len() == 36
            && name
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-'));
        match name.get(34..) {
            Some(end) if is_id => Ok(self.root.join(end).join(name)),
            _ => Err(FileError::Broken("not the id of a file".into())),
        }
    }

    /// Where a file is written before it is moved to its place.
    fn beside(&self, id: &FileId) -> PathBuf {
        let number = self.begun.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}.{}.{number}", id.as_str(), std::process::id());
        self.root.join(UNDER_WAY).join(name)
    }
}

/// Several servers may start at once: one that was removed meanwhile is removed.
fn remove_left_behind(entry: &fs::DirEntry) {
    let age = entry
        .metadata()
        .and_then(|file| file.modified())
        .ok()
        .and_then(|at| at.elapsed().ok());
    if age.is_some_and(|age| age > LEFT_BEHIND)
        && let Err(error) = fs::remove_file(entry.path())
    {
        tracing::debug!(%error, "a file that was left behind");
    }
}

/// Makes a folder and those above it, with rights for their owner alone.
fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        if fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
            fs::set_permissions(path, fs::Permissions::from_mode(0o700))?;
        }
    }
    Ok(())
}

/// Makes the names in a folder durable. Where a folder cannot be opened as a file (Windows), the
/// system does it by itself.
fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(path)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

fn write(beside: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(beside)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn keep(root: &Path, beside: &Path, place: &Path, bytes: &[u8]) -> io::Result<()> {
    write(beside, bytes)?;
    let folder = place.parent().unwrap_or(root);
    if !folder.is_dir() {
        private_folder(folder)?;
        sync_folder(root)?;
    }
    fs::rename(beside, place)?;
    sync_folder(folder)
}

fn remove(place: &Path) -> io::Result<()> {
    match fs::remove_file(place) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(()) => place.parent().map_or(Ok(()), sync_folder),
    }
}

fn failed(error: &io::Error) -> FileError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            tracing::error!("no room for files");
            FileError::Full
        }
        _ => FileError::Broken(error.to_string()),
    }
}

/// Disks make threads wait: not those that answer pages.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, FileError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(|error| failed(&error)),
        Err(error) => Err(FileError::Broken(error.to_string())),
    }
}

#[async_trait]
impl Files for Folder {
    async fn put(&self, id: &FileId, bytes: &[u8]) -> Result<(), FileError> {
        let (place, beside) = (self.place(id)?, self.beside(id));
        let (root, bytes) = (self.root.clone(), bytes.to_vec());
        apart(move || {
            keep(&root, &beside, &place, &bytes).inspect_err(|_| {
                // A full disk has room again; otherwise a later start removes it.
                let _ = fs::remove_file(&beside);
            })
        })
        .await
    }

    async fn get(&self, id: &FileId) -> Result<Option<Vec<u8>>, FileError> {
        let place = self.place(id)?;
        apart(move || match fs::read(&place) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    async fn remove(&self, id: &FileId) -> Result<(), FileError> {
        let place = self.place(id)?;
        apart(move || remove(&place)).await
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::fs::{self, FileTimes, Permissions};
    use std::io;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::{Path, PathBuf};
    use std::process::Command;
    use std::time::{Duration, UNIX_EPOCH};

    use miftah_portal::id::FileId;
    use miftah_portal::ports::{FileError, Files as _, Millis};
    use miftah_portal::testing::{FixedClock, SeededRandom};

    use super::{Folder, failed};

    /// A folder of one test, which is not there yet.
    fn folder(name: &str) -> PathBuf {
        let name = format!("miftah_files_{}_{name}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    fn ids(count: usize) -> Vec<FileId> {
        let (clock, random) = (
            FixedClock::at(Millis(1_795_266_300_000)),
            SeededRandom::new(5),
        );
        (0..count).map(|_| FileId::new(&clock, &random)).collect()
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    /// Whole paths of all files below a folder.
    fn below(path: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        entries
            .flat_map(|path| {
                if path.is_dir() {
                    below(&path)
                } else {
                    vec![path]
                }
            })
            .collect()
    }

    #[tokio::test]
    async fn a_file_is_kept_and_removed_and_is_its_owners_alone() {
        let root = folder("files");
        fs::create_dir_all(root.join("attachments")).unwrap();
        fs::set_permissions(root.join("attachments"), Permissions::from_mode(0o755)).unwrap();
        let files = Folder::open(&root).unwrap();
        let ids = ids(40);
        for (id, number) in ids.iter().zip(0u8..) {
            assert_eq!(files.get(id).await, Ok(None));
            files.put(id, &[number; 9]).await.unwrap();
        }
        let first = ids.first().unwrap();
        files.put(first, b"again").await.unwrap();
        let again = Folder::open(&root).unwrap();
        assert_eq!(again.get(first).await, Ok(Some(b"again".to_vec())));
        assert_eq!(again.get(&ids[39]).await, Ok(Some(vec![39; 9])));
        let kept = below(&root);
        assert_eq!(kept.len(), 40, "nothing lies beside them");
        let mut folders: Vec<_> = kept.iter().map(|file| file.parent().unwrap()).collect();
        folders.sort();
        folders.dedup();
        assert!(folders.len() > 20, "they spread: {folders:?}");
        assert!(kept.iter().all(|file| mode(file) == 0o600));
        assert!(folders.iter().all(|folder| mode(folder) == 0o700));
        assert_eq!(mode(&root.join("attachments")), 0o700);
        for _ in 0..2 {
            files.remove(first).await.unwrap();
            assert_eq!(files.get(first).await, Ok(None));
        }
        assert_eq!(below(&root).len(), 39);
    }

    #[tokio::test]
    async fn no_id_leads_out_of_the_folder() {
        let root = folder("paths");
        let files = Folder::open(&root).unwrap();
        fs::write(root.join("secret"), "secret").unwrap();
        for id in [
            "",
            "../secret",
            "/etc/passwd",
            "../../../../../../../../etc/hostname",
            "018f8e2a-0000-7000-8000-0000000000/.",
            "018F8E2A-0000-7000-8000-000000000000",
            "018f8e2a-0000-7000-8000-00000000000\0",
            "018f8e2a-0000-7000-8000-0000000000٠",
        ] {
            let id = FileId(id.into());
            let refused = FileError::Broken("not the id of a file".into());
            assert_eq!(files.put(&id, b"x").await, Err(refused.clone()), "{id:?}");
            assert_eq!(files.get(&id).await, Err(refused.clone()), "{id:?}");
            assert_eq!(files.remove(&id).await, Err(refused), "{id:?}");
        }
        assert_eq!(below(&root), [root.join("secret")]);
    }

    #[test]
    fn what_a_crash_left_is_removed_once_nobody_can_be_writing_it() {
        let root = folder("left");
        let new = root.join("attachments/new");
        fs::create_dir_all(&new).unwrap();
        for (name, at) in [
            ("old", Some(UNIX_EPOCH + Duration::from_secs(9))),
            ("young", None),
        ] {
            let file = fs::File::create(new.join(name)).unwrap();
            if let Some(at) = at {
                file.set_times(FileTimes::new().set_modified(at)).unwrap();
            }
        }
        Folder::open(&root).unwrap();
        assert_eq!(below(&root), [new.join("young")]);
    }

    #[test]
    fn a_full_disk_is_told_from_a_broken_one() {
        let enospc = io::Error::from_raw_os_error(28);
        let edquot = io::Error::from_raw_os_error(122);
        assert_eq!(failed(&enospc), FileError::Full);
        assert_eq!(failed(&edquot), FileError::Full);
        let eio = io::Error::from_raw_os_error(5);
        assert!(matches!(failed(&eio), FileError::Broken(_)));
    }

    /// On a disk of 64 kB, where this machine lets one be made.
    #[tokio::test]
    async fn on_a_full_disk_nothing_is_kept_and_room_comes_back() {
        let root = folder("full");
        fs::create_dir_all(&root).unwrap();
        let mount = ["-t", "tmpfs", "-o", "size=64k", "miftah-test"];
        let mounted = Command::new("mount").args(mount).arg(&root).output();
        if !mounted.is_ok_and(|output| output.status.success()) {
            eprintln!("not tested: no disk can be mounted here");
            return;
        }
        let files = Folder::open(&root).unwrap();
        let ids = ids(3);
        let kept = files.put(&ids[0], &[1; 20_000]).await;
        let full = files.put(&ids[1], &[2; 60_000]).await;
        let missing = files.get(&ids[1]).await;
        let small = files.put(&ids[2], &[3; 20_000]).await;
        let lying = below(&root).len();
        let unmounted = Command::new("umount").arg(&root).status();
        assert!(unmounted.unwrap().success());
        assert_eq!(kept, Ok(()));
        assert_eq!(full, Err(FileError::Full));
        assert_eq!(missing, Ok(None));
        assert_eq!(small, Ok(()), "what did not fit takes no room");
        assert_eq!(lying, 2);
    }
}
