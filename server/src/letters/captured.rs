//! Captured letters: what would have gone out, one JSON object a line, in a file of its own that
//! only its owner can read, because it holds codes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use miftah_portal::ports::{Clock, Mail, Rendered, SendError, Sms};
use miftah_rules::view::{Channel, LetterRow};

use crate::world::keep_to_owner;

/// Letters that are kept and listed.
pub const KEPT: usize = 500;
/// Name of the file below `--files`.
const FILE: &str = "captured.jsonl";

pub struct Captured {
    path: PathBuf,
    clock: Arc<dyn Clock>,
    /// Lines in the file. Held while writing: lines never mix, and the file is cut by one alone.
    lines: Mutex<usize>,
}

impl std::fmt::Debug for Captured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Captured")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Captured {
    /// Makes the file where it is missing.
    ///
    /// # Errors
    /// When it cannot be made or read.
    pub fn open(folder: &Path, clock: Arc<dyn Clock>) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let path = folder.join(FILE);
        private(&path)?;
        let lines = BufReader::new(File::open(&path)?).lines().count();
        Ok(Self {
            path,
            clock,
            lines: Mutex::new(lines),
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The last [`KEPT`] letters, newest first. Lines that are not letters are passed over.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list(&self) -> io::Result<Vec<LetterRow>> {
        let text = fs::read(&self.path)?;
        let lines = text.split(|byte| *byte == b'\n').rev();
        Ok(lines
            .filter_map(|line| serde_json::from_slice(line).ok())
            .take(KEPT)
            .collect())
    }

    fn keep(&self, letter: &Rendered, channel: Channel) -> io::Result<()> {
        let row = LetterRow {
            id: letter.id.clone(),
            channel,
            to: letter.to.clone(),
            lang: letter.lang,
            subject: letter.subject.clone(),
            text: letter.text.clone(),
            at: self.clock.now().0,
        };
        let mut line = serde_json::to_vec(&row)?;
        line.push(b'\n');
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if *lines >= 2 * KEPT {
            *lines = self.cut()?;
        }
        private(&self.path)?.write_all(&line)?;
        *lines += 1;
        Ok(())
    }

    /// Rewrites the file with the letters that are still listed; answers how many.
    fn cut(&self) -> io::Result<usize> {
        let kept = self.list()?;
        let beside = self.path.with_extension("new");
        fs::remove_file(&beside).or_else(missing)?;
        let mut file = private(&beside)?;
        for row in kept.iter().rev() {
            serde_json::to_writer(&mut file, row)?;
            file.write_all(b"\n")?;
        }
        fs::rename(&beside, &self.path)?;
        Ok(kept.len())
    }
}

fn missing(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound {
        Ok(())
    } else {
        Err(error)
    }
}

/// The file for appending, readable by its owner alone.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    keep_to_owner(&file)?;
    Ok(file)
}

/// Mail that stays here.
#[derive(Debug)]
pub struct CapturedMail(pub Arc<Captured>);

/// SMS that stay here.
#[derive(Debug)]
pub struct CapturedSms(pub Arc<Captured>);

#[async_trait]
impl Mail for CapturedMail {
    async fn send(&self, letter: &Rendered) -> Result<(), SendError> {
        capture(&self.0, letter, Channel::Email).await
    }
}

#[async_trait]
impl Sms for CapturedSms {
    async fn send(&self, letter: &Rendered) -> Result<(), SendError> {
        capture(&self.0, letter, Channel::Phone).await
    }
}

async fn capture(
    captured: &Arc<Captured>,
    letter: &Rendered,
    channel: Channel,
) -> Result<(), SendError> {
    let (captured, letter) = (Arc::clone(captured), letter.clone());
    let kept = tokio::task::spawn_blocking(move || captured.keep(&letter, channel)).await;
    match kept {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(SendError::Later(error.to_string().into())),
        Err(error) => Err(SendError::Later(error.to_string().into())),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use miftah_portal::ports::{Millis, Rendered};
    use miftah_portal::testing::FixedClock;
    use miftah_rules::Lang;
    use miftah_rules::view::Channel;

    use super::{Captured, KEPT};
    use crate::letters::tests::folder;

    fn letter(id: usize) -> Rendered {
        Rendered {
            id: id.to_string(),
            to: "a@example.ma".into(),
            lang: Lang::Ar,
            subject: "رمز".into(),
            text: "سطر\nسطر".into(),
            html: "<p>".into(),
        }
    }

    #[test]
    fn captured_letters_are_listed_newest_first_and_survive_a_restart() {
        let folder = folder("captured");
        let clock = Arc::new(FixedClock::at(Millis(5)));
        let captured = Captured::open(&folder, clock.clone()).unwrap();
        assert_eq!(captured.list().unwrap(), []);
        captured.keep(&letter(1), Channel::Email).unwrap();
        clock.advance_ms(1);
        captured.keep(&letter(2), Channel::Phone).unwrap();
        // A line cut short by a crash hides no other.
        std::fs::OpenOptions::new()
            .append(true)
            .open(captured.path())
            .and_then(|mut file| std::io::Write::write_all(&mut file, b"{\"id\":\"3\n"))
            .unwrap();
        let captured = Captured::open(&folder, clock).unwrap();
        let listed = captured.list().unwrap();
        let seen: Vec<_> = listed
            .iter()
            .map(|row| (row.id.as_str(), row.channel, row.at))
            .collect();
        assert_eq!(seen, [("2", Channel::Phone, 6), ("1", Channel::Email, 5)]);
        assert_eq!(listed.last().map(|row| row.text.as_str()), Some("سطر\nسطر"));
    }

    #[test]
    fn the_file_is_the_owners_and_does_not_grow_for_ever() {
        let folder = folder("growth");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // One that is there already, made by a copy.
            std::fs::create_dir_all(&folder).unwrap();
            let file = folder.join("captured.jsonl");
            std::fs::write(&file, "").unwrap();
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        }
        let captured = Captured::open(&folder, Arc::new(FixedClock::at(Millis(5)))).unwrap();
        let count = 2 * KEPT + 10;
        for id in 0..count {
            captured.keep(&letter(id), Channel::Email).unwrap();
        }
        let listed = captured.list().unwrap();
        assert_eq!(listed.len(), KEPT);
        assert_eq!(
            listed.first().map(|row| row.id.clone()),
            Some((count - 1).to_string())
        );
        let text = std::fs::read_to_string(captured.path()).unwrap();
        assert_eq!(text.lines().count(), KEPT + 10);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(captured.path())
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
