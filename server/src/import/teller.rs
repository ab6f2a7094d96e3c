//! Tells how an import goes while it goes: refused lines as they are met, a bar for whoever watches.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use miftah_portal::roll::{Refusal, Report, Told};

use super::report::Words;
use super::{How, Listener, print};

/// Lines between two looks at the bar.
const STEP: u64 = 250;

pub(super) struct Teller<'a> {
    words: &'a Words<'a>,
    /// Where refused lines go if not to the terminal, and its name.
    file: Option<(BufWriter<File>, &'a Path)>,
    bar: ProgressBar,
    refused: bool,
    /// The first thing that could not be written; told at the end.
    failed: io::Result<()>,
}

impl<'a> Teller<'a> {
    /// `report` is a file for the refused lines and the summary. It holds personal data: it is
    /// readable for its owner alone.
    pub(super) fn new(words: &'a Words<'a>, report: Option<&'a Path>) -> io::Result<Self> {
        let file = report
            .map(|path| {
                let mut options = OpenOptions::new();
                options.write(true).create(true).truncate(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                let file = options.open(path).map_err(|error| {
                    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
                })?;
                Ok::<_, io::Error>((BufWriter::new(file), path))
            })
            .transpose()?;
        Ok(Self {
            words,
            file,
            bar: ProgressBar::hidden(),
            refused: false,
            failed: Ok(()),
        })
    }

    /// The summary.
    pub(super) fn end(mut self, report: &Report) -> io::Result<()> {
        self.bar.finish_and_clear();
        if self.refused {
            self.line("\n");
        }
        let summary = self.words.summary(report);
        if let Some((_, path)) = self.file.as_ref().filter(|_| self.refused) {
            print(&self.words.see(path))?;
        }
        // What was done is said before anything else can fail.
        print(&summary)?;
        if let Some((mut file, _)) = self.file.take() {
            file.write_all(summary.as_bytes())?;
            file.flush()?;
        }
        self.failed
    }

    fn line(&mut self, text: &str) {
        if self.failed.is_err() {
            return;
        }
        self.failed = match &mut self.file {
            Some((file, _)) => file.write_all(text.as_bytes()),
            None => self.bar.suspend(|| print(text)),
        };
    }
}

impl Told for Teller<'_> {
    fn refused(&mut self, refusal: Refusal) {
        self.refused = true;
        let text = self.words.refused_line(&refusal);
        self.line(&text);
    }
}

impl Listener for Teller<'_> {
    fn began(&mut self, how: &How) {
        let text = self.words.how(how);
        self.line(&text);
        // Drawn on a terminal only.
        self.bar = ProgressBar::new(how.lines);
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} {per_sec} {eta}") {
            self.bar.set_style(style);
        }
    }

    fn passed(&mut self, line: u64) {
        if line.is_multiple_of(STEP) {
            self.bar.set_position(line);
        }
    }
}
