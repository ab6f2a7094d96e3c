//! What the desk asks of the store: complaints and their documents, and who is on the roll beside
//! them.

use async_trait::async_trait;
use miftah_rules::complaint::ComplaintState;

use super::StoreResult;
use crate::dossier::{Complaint, Paper};
use crate::id::{AccountId, ComplaintId, FileId, PersonId};
use crate::model::Person;
use crate::ports::Millis;

/// Which complaints are looked for, oldest first where they wait, else latest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// In the queue.
    Waiting,
    /// Decided, closed, or waiting for their person.
    Decided,
    /// Those that an officer has.
    With(AccountId),
    /// With this reference or about this student number.
    Named(String),
}

#[async_trait]
pub trait Desk: Send + Sync {
    async fn complaint(&self, id: &ComplaintId) -> StoreResult<Option<Complaint>>;
    /// The id alone, read in the same way whether there is such a complaint or not (norm 2).
    async fn complaint_id(&self, reference: &str) -> StoreResult<Option<ComplaintId>>;
    async fn complaint_by_reference(&self, reference: &str) -> StoreResult<Option<Complaint>>;
    /// The assisted recovery of this person's account that is not over: there is one at most.
    async fn open_assisted(&self, person: &PersonId) -> StoreResult<Option<Complaint>>;
    /// At most `limit` of them, leaving out the first `skip`.
    async fn complaints(
        &self,
        wanted: &Wanted,
        skip: i64,
        limit: i64,
    ) -> StoreResult<Vec<Complaint>>;
    /// How many are in a state.
    async fn count_complaints(&self, state: ComplaintState) -> StoreResult<u64>;

    /// The documents of a complaint, in the order of their slots.
    async fn papers(&self, complaint: &ComplaintId) -> StoreResult<Vec<Paper>>;
    /// Documents added before `before` that no complaint has.
    async fn stray_papers(&self, before: Millis, limit: i64) -> StoreResult<Vec<FileId>>;
    /// Bytes of all documents that no complaint has.
    async fn stray_bytes(&self) -> StoreResult<u64>;
    /// Forgets a document whose file is gone.
    async fn forget_paper(&self, id: &FileId) -> StoreResult<()>;

    /// Those whose record has this document, at most ten.
    async fn persons_by_national_id(&self, national_id: &str) -> StoreResult<Vec<Person>>;
}
