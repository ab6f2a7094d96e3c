//! Loads a roll: all of it or, if wished, its good lines. Lines are staged while the file is read, so
//! that its size does not matter; what they come to is asked of the store; then the whole is
//! published, or cleared away (A.3, B.1).

use std::collections::{BTreeMap, BTreeSet};

use super::clash;
use super::column::Column;
use super::refusal::Refusal;
use super::sheet::{Cell, Sheet, Taken};
use crate::fault::Fallible;
use crate::id::ImportId;
use crate::ports::Millis;
use crate::store::{
    Absent, ClashKind, Import, ImportCounts, RollLine, Store, StoreError, Tally, Ticket,
};

/// Lines staged in one transaction: people sign in between two of them, and wait for one at most.
/// Each writes up to three rows.
const BATCH: usize = 100;
/// An import that was silent for so long is dead. Seconds.
const SILENCE: i64 = 120;

/// What becomes of the good lines of a file that has refused ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Nothing is loaded.
    AllOrNothing,
    /// They are loaded.
    Good,
}

/// Whether it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trial {
    Load,
    /// Nobody is added or changed; the report says what would be.
    DryRun,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The good lines are on the roll; they are all there are, or the rest was refused.
    Loaded,
    /// The good lines would be: it was a trial.
    WouldLoad,
    /// Lines were refused, so nothing is (or would be) loaded.
    Nothing,
}

/// What loading a file did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub outcome: Outcome,
    pub trial: Trial,
    /// Lines of persons in the file.
    pub read: u64,
    /// Lines that were refused, each counted once.
    pub refused: u64,
    /// Lines that say the same as an earlier one.
    pub repeated: u64,
    /// Of the good lines; where they were not loaded, what would have come of them.
    pub counts: ImportCounts,
    /// Good lines by status: a slip in a status would keep its person out.
    pub statuses: BTreeMap<String, u64>,
}

/// Hears of refused lines while the file is read: first what is wrong with a line by itself, in the
/// order of the file, then what contradicts other lines or the roll.
pub trait Told: Send {
    fn refused(&mut self, refusal: Refusal);
}

impl Told for Vec<Refusal> {
    fn refused(&mut self, refusal: Refusal) {
        self.push(refusal);
    }
}

/// A roll on its way.
pub struct Loading<'a> {
    store: &'a dyn Store,
    sheet: Sheet<'a>,
    ticket: Ticket,
    waiting: Vec<RollLine>,
    read: u64,
}

impl std::fmt::Debug for Loading<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Loading")
            .field("ticket", &self.ticket)
            .field("read", &self.read)
            .finish_non_exhaustive()
    }
}

impl<'a> Loading<'a> {
    /// Begins; nothing while another import is under way. `file_name` names the import in the
    /// history.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn begin(
        store: &'a dyn Store,
        sheet: Sheet<'a>,
        file_name: &str,
    ) -> Fallible<Option<Self>> {
        let registry = sheet.registry();
        let at = registry.clock.now();
        let import = Import {
            id: ImportId::new(registry.clock, registry.random),
            file_name: file_name.to_owned(),
            at,
        };
        match store.begin_roll(&import, at.plus_seconds(-SILENCE)).await {
            Ok(ticket) => Ok(Some(Self {
                store,
                sheet,
                ticket,
                waiting: Vec::with_capacity(BATCH),
                read: 0,
            })),
            Err(StoreError::RollTaken) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes the next line (see [`Sheet::take`]).
    ///
    /// # Errors
    /// Store failures, and when another import has taken over.
    pub async fn take(
        &mut self,
        line: u64,
        cells: &[Cell<'_>],
        told: &mut dyn Told,
    ) -> Fallible<()> {
        match self.sheet.take(line, cells) {
            Some(taken) => self.keep(taken, told).await,
            None => Ok(()),
        }
    }

    /// Takes lines that reach the reader as one (see [`Sheet::take_spanning`]).
    ///
    /// # Errors
    /// As [`Loading::take`].
    pub async fn take_spanning(&mut self, line: u64, to: u64, told: &mut dyn Told) -> Fallible<()> {
        let taken = self.sheet.take_spanning(line, to);
        self.keep(taken, told).await
    }

    async fn keep(&mut self, taken: Taken, told: &mut dyn Told) -> Fallible<()> {
        self.read += 1;
        for refusal in taken.refusals {
            told.refused(refusal);
        }
        self.waiting.push(taken.line);
        if self.waiting.len() < BATCH {
            return Ok(());
        }
        self.stage().await
    }

    async fn stage(&mut self) -> Fallible<()> {
        let absent = Absent {
            kind: self.sheet.heading().lacks(Column::NationalIdKind),
            pension: self.sheet.heading().lacks(Column::PensionNumber),
            further: Column::FURTHER
                .iter()
                .all(|column| self.sheet.heading().lacks(*column)),
            email: self.sheet.heading().lacks(Column::Email),
            phone: self.sheet.heading().lacks(Column::Phone),
            year: self.sheet.heading().lacks(Column::Year),
        };
        self.store
            .stage_roll(self.ticket, self.now(), &self.waiting, absent)
            .await?;
        self.waiting.clear();
        Ok(())
    }

    fn now(&self) -> Millis {
        self.sheet.registry().clock.now()
    }

    /// The file has ended: checks the lines against each other and the roll, and publishes them, or
    /// clears them away.
    ///
    /// Persons are added or updated by student number, former records stay in the history, and who
    /// is not in the file stays as they are.
    ///
    /// # Errors
    /// As [`Loading::take`]; nothing was loaded then.
    pub async fn finish(
        mut self,
        keep: Keep,
        trial: Trial,
        told: &mut dyn Told,
    ) -> Fallible<Report> {
        self.stage().await?;
        let repeated = self.refuse_clashes(told).await?;
        let settled = self.store.settle_roll(self.ticket, self.now()).await;
        let Tally {
            counts,
            refused,
            statuses,
        } = settled?;
        // Lines that only repeat another are taken out as refused ones are, and are not.
        let refused = refused.saturating_sub(repeated);
        let outcome = match (refused, keep, trial) {
            (1.., Keep::AllOrNothing, _) => Outcome::Nothing,
            (_, _, Trial::DryRun) => Outcome::WouldLoad,
            (_, _, Trial::Load) => Outcome::Loaded,
        };
        if outcome == Outcome::Loaded {
            let published = self.store.publish_roll(self.ticket, self.now(), &counts);
            published.await?;
        } else {
            self.store.drop_roll(self.ticket).await?;
        }
        Ok(Report {
            outcome,
            trial,
            read: self.read,
            refused,
            repeated,
            counts,
            statuses,
        })
    }

    /// Nothing of it is wanted: the file turned out to be none.
    ///
    /// # Errors
    /// Only when the store fails; the next import clears away then.
    pub async fn abandon(self) -> Fallible<()> {
        Ok(self.store.drop_roll(self.ticket).await?)
    }

    /// Refuses lines that contradict each other or the roll; answers how many only repeat another.
    async fn refuse_clashes(&self, told: &mut dyn Told) -> Fallible<u64> {
        let numbers = clash::numbers(self.clashes(ClashKind::Number).await?);
        let documents = clash::documents(self.clashes(ClashKind::Document).await?);
        let repeated = numbers.repeated.len() as u64;
        let mut out: BTreeSet<u64> = numbers.repeated;
        for refusal in numbers.refusals.into_iter().chain(documents) {
            out.insert(refusal.line);
            told.refused(refusal);
        }
        self.refuse(out).await?;
        let taken = clash::on_roll(&self.clashes(ClashKind::OnRoll).await?);
        self.refuse(taken.iter().map(|refusal| refusal.line).collect())
            .await?;
        for refusal in taken {
            told.refused(refusal);
        }
        Ok(repeated)
    }

    async fn clashes(&self, kind: ClashKind) -> Fallible<Vec<crate::store::Clash>> {
        Ok(self.store.roll_clashes(self.ticket, kind).await?)
    }

    async fn refuse(&self, lines: BTreeSet<u64>) -> Fallible<()> {
        let lines: Vec<u64> = lines.into_iter().collect();
        Ok(self.store.refuse_roll_lines(self.ticket, &lines).await?)
    }
}
