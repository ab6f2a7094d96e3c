//! Views: what a page shows, as data. A page is a function of its view, on the server and in the
//! browser; `Accept: application/json` answers the same struct (idea 7).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::code::CodeForm;
use crate::field::Field;
use crate::lang::Lang;
use crate::password::OwnData;
use crate::problem::{Problem, ProblemAt};
use crate::profile::Brief;

mod account;
mod catalogue;
mod complaint;
mod home;
mod letters;
mod login;
mod outbox;
mod recover;
mod register;
mod staff;

pub use account::{
    AccountView, ActRow, AddressView, CloseView, ContactChange, ContactStep, ContactView, Done,
    Due, Moment, OwnDataView, PasswordView, ProfileKind, ProfileRow, SecurityView, SessionRow,
    SessionsView,
};
pub use catalogue::*;
pub use complaint::{
    ComplainStep, ComplainView, FollowStep, FollowView, FollowWhat, Followed, Onward, PaperView,
};
pub use home::{HomeView, News, Standing, Todo};
pub use letters::{NotMeMatter, NotMeState, NotMeView};
pub use login::LoginView;
pub use outbox::*;
pub use recover::{Destination, DisputeReason, RecoverStep, RecoverView};
pub use register::{ActivateState, ActivateView, Already, RegisterStep, RegisterView, Unmet};
pub use staff::*;

/// The name under which a page posts what the person's device has worked out (S3.3).
pub const ROBOT_WORK: &str = "robot_work";

/// What was typed and is shown again. Never holds a secret field.
pub type Typed = BTreeMap<Field, String>;

/// A whole page: its frame and its content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct View {
    pub frame: Frame,
    pub page: Page,
}

/// What surrounds every page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    pub lang: Lang,
    /// The path below the language, `""` for home: the language switch goes to the same place.
    pub path: String,
    /// The query, without `?`, kept by the language switch.
    #[serde(default)]
    pub query: String,
    /// Identifies server and browser code together; a mismatch is E901.
    pub build: String,
    pub institution: Brief,
    /// The signed-in person's name, in the page's language where the roll has it.
    #[serde(default)]
    pub person: Option<String>,
    /// The signed-in person is an officer.
    #[serde(default)]
    pub staff: bool,
    /// Shows the links of `--dev`.
    #[serde(default)]
    pub dev: bool,
}

/// The content of a page. Tagged from outside (`{"login": {…}}`): the other ways of tagging make the
/// browser carry a second copy of every reader.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    Home(HomeView),
    Login(LoginView),
    Register(RegisterView),
    Activate(ActivateView),
    Recover(RecoverView),
    Account(AccountView),
    OwnData(OwnDataView),
    Contact(ContactView),
    Password(PasswordView),
    Security(SecurityView),
    Sessions(SessionsView),
    Close(CloseView),
    NotMe(NotMeView),
    Complain(ComplainView),
    Follow(FollowView),
    Staff(StaffView),
    Text(TextView),
    Catalogue(CatalogueView),
    /// All problems, by what one was doing, or those that were looked for.
    Problems(ProblemsView),
    Problem(ProblemView),
    Outbox(OutboxView),
    Gallery,
}

/// Terms or privacy: the institution's own text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TextView {
    pub kind: TextKind,
    pub version: String,
    pub sections: Vec<Section>,
    /// Whoever is signed in has to accept it first (S3.4).
    #[serde(default)]
    pub asks: Option<TermsAsk>,
}

/// What follows once the terms are accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermsAsk {
    /// The path of the page that somebody wanted.
    pub then: Option<String>,
    pub news: Option<News>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextKind {
    Terms,
    Privacy,
}

/// A heading and its paragraphs, in the page's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub title: String,
    pub paragraphs: Vec<String>,
}

/// The list of problems.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemsView {
    /// What was looked for; empty when nothing.
    pub typed: String,
    /// What was found, likeliest first; nothing when nothing was looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found: Option<Vec<Problem>>,
}

/// A page that is nothing but one problem: missing page, fault, or a problem's public page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProblemView {
    pub problem: ProblemAt,
    /// The form that could not be carried out, to be sent again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry: Option<Retry>,
}

/// A form as it was sent, without its secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retry {
    /// Where it was sent to.
    pub action: String,
    pub fields: Vec<(String, String)>,
}

/// Where a person is in a journey.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trail {
    /// Public id of the journey, the `j` of the URL; absent before the first post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub journey: Option<String>,
    /// A journey of another kind whose typed values this page carries over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

/// The code step of any journey: where the code went and what can be done about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeView {
    /// The address as this person may see it: whole when they typed it, else masked. `None` when
    /// even the mask would tell that an account exists (norm 2).
    pub sent_to: Option<String>,
    pub channel: Channel,
    /// Seconds until a new code may be asked for; 0 when now.
    pub resend_in: u64,
    /// Minutes a code is valid, as a round promise.
    pub minutes: u64,
    /// The person asked for another code and it was sent.
    #[serde(default)]
    pub sent_again: bool,
    /// How the code is written.
    #[serde(default)]
    pub form: CodeForm,
    /// What became of the message; absent where it would tell that an account exists (norm 2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
}

/// What became of a message so far (B.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// About to go out.
    Waiting,
    /// The next server has it.
    HandedOver(Moment),
    /// Refused for now; the next try.
    Delayed(Moment),
    /// The mailbox takes no more.
    MailboxFull,
    /// There is no such mailbox.
    NoMailbox,
    /// Refused for good, for another reason.
    Refused,
    /// Its code ran out before anybody took it.
    Expired,
}

impl Page {
    /// Whether the app in the browser does not know the page: it is loaded whole, and starts no app.
    pub const fn is_the_servers_alone(&self) -> bool {
        matches!(
            self,
            Self::Staff(_) | Self::Catalogue(_) | Self::Outbox(_) | Self::Gallery
        )
    }

    /// The code step that the page shows.
    pub fn code(&self) -> Option<&CodeView> {
        match self {
            Self::Register(view) => view.code.as_ref(),
            Self::Recover(view) => view.code.as_ref(),
            Self::Contact(view) => view.code.as_ref(),
            Self::Complain(view) => view.code.as_ref(),
            _ => None,
        }
    }
}

/// A way to reach a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Email,
    Phone,
}

/// What the password fields need for their live ticks. Own data is the person's, sent only after
/// the proof; the server's check is the one that counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordHints {
    pub own: OwnData,
}

impl View {
    /// The problems of the page, for the title (`خطأ:`) and the summary.
    pub fn problems(&self) -> &[ProblemAt] {
        match &self.page {
            Page::Login(v) => &v.problems,
            // An account that is there already is no error.
            Page::Register(v) if v.already != Already::No => &[],
            Page::Register(v) => &v.problems,
            Page::Activate(v) => &v.problems,
            Page::Recover(v) => &v.problems,
            Page::Account(v) => &v.problems,
            Page::OwnData(v) => &v.problems,
            Page::Contact(v) => &v.problems,
            Page::Password(v) => &v.problems,
            Page::Close(v) => &v.problems,
            Page::NotMe(v) => &v.problems,
            Page::Complain(v) => &v.problems,
            Page::Follow(v) => &v.problems,
            #[cfg(not(target_arch = "wasm32"))]
            Page::Staff(v) => &v.problems,
            #[cfg(target_arch = "wasm32")]
            Page::Staff(_) => &[],
            Page::Home(_)
            | Page::Security(_)
            | Page::Sessions(_)
            | Page::Text(_)
            | Page::Catalogue(_)
            | Page::Problems(_)
            | Page::Problem(_)
            | Page::Outbox(_)
            | Page::Gallery => &[],
        }
    }
}
