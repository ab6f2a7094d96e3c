//! What loading a roll asks of the store. A roll is staged where nobody sees it, a batch of lines a
//! transaction (`roll::load`), and becomes the roll in one write.

use std::collections::BTreeMap;

use async_trait::async_trait;

use super::StoreResult;
use crate::id::ImportId;
use crate::model::Person;
use crate::ports::Millis;

/// One loaded roll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    pub id: ImportId,
    pub file_name: String,
    pub at: Millis,
}

/// The one import that may stage lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket(pub i64);

/// A line of the file that is being loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RollLine {
    /// Line of the file, the heading being line 1.
    pub line: u64,
    /// As far as the line names them readably, also where it is refused.
    pub number: Option<String>,
    pub national_id: Option<String>,
    /// Equal for lines that say the same of the same person.
    pub digest: String,
    /// Nothing when the line is refused. Its id is for a person who is new.
    pub person: Option<Person>,
}

/// What a file has no column for: there it changes nothing of what the roll says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Absent {
    /// The kind of the document: read off its number where the number is new.
    pub kind: bool,
    pub pension: bool,
    pub further: bool,
    pub email: bool,
    pub phone: bool,
    pub year: bool,
}

/// A kind of contradiction between lines, or between a line and the roll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClashKind {
    /// Lines with one student number, refused ones too.
    Number,
    /// Lines that give one document to several student numbers, refused ones too.
    Document,
    /// Good lines with a document that the roll has under another student number.
    OnRoll,
}

/// A line that contradicts another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    pub line: u64,
    /// What the lines have in common: student number or document.
    pub key: String,
    /// The line's own student number; for [`ClashKind::OnRoll`] that of the document's holder.
    pub number: Option<String>,
    /// Empty for a refused line.
    pub digest: String,
    /// The line's own student number.
    pub own: Option<String>,
    /// For [`ClashKind::OnRoll`]: no good line names the document's holder, so it is not free.
    pub held: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    pub added: u64,
    pub updated: u64,
    pub unchanged: u64,
}

/// What has been staged once contradictions are out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub counts: ImportCounts,
    /// Lines marked as refused.
    pub refused: u64,
    /// Good lines by status.
    pub statuses: BTreeMap<String, u64>,
}

/// Loading a roll. A [`Ticket`] that was taken over by another import is refused with
/// [`super::StoreError::RollTaken`].
#[async_trait]
pub trait Rolls: Send + Sync {
    /// Begins an import, once what a dead one left behind is cleared away: one that was not heard
    /// of since `silent_since`.
    ///
    /// # Errors
    /// [`super::StoreError::RollTaken`] while another import is alive.
    async fn begin_roll(&self, import: &Import, silent_since: Millis) -> StoreResult<Ticket>;

    /// Stages lines: persons by student number, with a record where theirs changes. One
    /// transaction.
    async fn stage_roll(
        &self,
        ticket: Ticket,
        at: Millis,
        lines: &[RollLine],
        absent: Absent,
    ) -> StoreResult<()>;

    /// In the order of key and line.
    async fn roll_clashes(&self, ticket: Ticket, kind: ClashKind) -> StoreResult<Vec<Clash>>;

    /// Marks staged lines as refused.
    async fn refuse_roll_lines(&self, ticket: Ticket, lines: &[u64]) -> StoreResult<()>;

    /// Takes back the records of persons without a good line, and counts.
    async fn settle_roll(&self, ticket: Ticket, at: Millis) -> StoreResult<Tally>;

    /// From now on the staged records count, all at once.
    async fn publish_roll(
        &self,
        ticket: Ticket,
        at: Millis,
        counts: &ImportCounts,
    ) -> StoreResult<()>;

    /// Clears away everything that was staged.
    async fn drop_roll(&self, ticket: Ticket) -> StoreResult<()>;

    /// Number of persons on the roll.
    async fn roll_size(&self) -> StoreResult<u64>;

    /// The first persons of the roll in the order of loading, for `--dev` samples.
    async fn first_persons(&self, limit: i64) -> StoreResult<Vec<Person>>;
}
