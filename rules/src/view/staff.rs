//! The desk. The app in the browser does not know these pages: they are whole pages for it, so that
//! students carry nothing of them (frontend.md, "Targets").

#[cfg(not(target_arch = "wasm32"))]
pub use desk::*;

/// In the browser: something that is not read.
#[cfg(target_arch = "wasm32")]
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StaffView {}

#[cfg(not(target_arch = "wasm32"))]
mod desk {
    use serde::{Deserialize, Serialize};

    use crate::Role;
    use crate::complaint::{
        CloseReason, ComplaintEvent, ComplaintKind, ComplaintState, RefusalReason, Slot,
    };
    use crate::field::Field;
    use crate::problem::{Problem, ProblemAt};
    use crate::view::{Channel, Moment};

    /// A page of the desk.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct StaffView {
        /// Who is here.
        pub officer: String,
        pub role: Role,
        pub problems: Vec<ProblemAt>,
        pub content: StaffContent,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum StaffContent {
        Queue(QueueView),
        Case(Box<CaseView>),
        Letters(Vec<ParkedRow>),
    }

    words! {
        /// Which complaints are listed.
        QueueKind {
            Waiting => "waiting",
            Mine => "mine",
            Decided => "decided",
            /// Those that were looked for.
            Found => "found",
        }
    }

    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct QueueView {
        pub kind: QueueKind,
        /// Complaints in the queue, on whichever page.
        pub waiting: u64,
        pub rows: Vec<QueueRow>,
        /// From 1.
        pub page: u64,
        pub more: bool,
        /// What was looked for.
        pub sought: String,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct QueueRow {
        pub reference: String,
        pub kind: ComplaintKind,
        pub state: ComplaintState,
        pub name: String,
        pub number: String,
        pub submitted_on: Moment,
        /// Whole days since then.
        pub days: u64,
        /// The officer who has it.
        pub officer: Option<String>,
        /// Assisted recovery: one officer has agreed.
        pub approved_once: bool,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct CaseView {
        pub reference: String,
        pub version: i64,
        pub kind: ComplaintKind,
        pub state: ComplaintState,
        pub problem: Option<Problem>,
        pub note: String,
        pub email: String,
        pub email_confirmed: bool,
        pub phone: Option<String>,
        /// The language its letters are in.
        pub lang: crate::Lang,
        pub submitted_on: Moment,
        /// Who has it.
        pub officer: Option<String>,
        pub mine: bool,
        /// Somebody else was faster.
        pub moved: bool,
        /// It was decided just now, and the person is told.
        pub told: bool,
        /// What was claimed, where no record stands beside it.
        pub claim: Vec<(Field, String)>,
        /// Records it may be about, the likeliest first.
        pub records: Vec<RecordView>,
        pub papers: Vec<CasePaper>,
        /// What this officer may do now.
        pub may: Vec<ComplaintEvent>,
        /// The decision whose form was sent and refused.
        pub decide: Option<ComplaintEvent>,
        /// Before consent to an assisted recovery.
        pub ask_password: bool,
        pub history: Vec<CaseAct>,
        pub refused: Option<RefusalReason>,
        pub closed: Option<CloseReason>,
        pub answer: String,
        pub opens_on: Option<Moment>,
        /// Assisted recovery: who agreed first.
        pub approved_by: Option<String>,
        /// Statuses that open an account.
        pub statuses: Vec<String>,
        /// Other complaints about this number.
        pub others: Vec<QueueRow>,
    }

    /// A record beside the claim.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct RecordView {
        pub number: String,
        pub rows: Vec<RecordRow>,
        pub programme: String,
        pub year: String,
        pub status: String,
        /// Whether there is an account for it.
        pub has_account: bool,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct RecordRow {
        pub field: Field,
        pub claimed: String,
        pub recorded: String,
        pub differs: bool,
        /// Whether it is ticked to be corrected.
        pub ticked: bool,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct CasePaper {
        pub slot: Slot,
        /// Shown in the page; else only to be downloaded.
        pub picture: bool,
        pub kilobytes: u64,
    }

    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct CaseAct {
        /// Name of an act.
        pub act: String,
        pub on: Moment,
        /// The officer; nothing where it was the person.
        pub by: Option<String>,
    }

    /// A letter that could not be delivered.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub struct ParkedRow {
        pub id: String,
        pub kind: String,
        pub channel: Channel,
        /// Masked.
        pub to: String,
        pub parked_on: Moment,
        pub attempts: i64,
        /// What the next server said.
        pub said: String,
        /// Its code is dead: it is not sent again.
        pub dead: bool,
    }
}
