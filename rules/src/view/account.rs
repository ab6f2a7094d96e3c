//! The account pages: profile, addresses, password, security, sessions, closing.

use serde::{Deserialize, Serialize};

use super::{Channel, CodeView, PasswordHints, Trail, Typed};
use crate::lang::Lang;
use crate::problem::ProblemAt;

/// One line of the record, read-only: corrections are the registry office's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileRow {
    pub kind: ProfileKind,
    pub value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProfileKind {
    /// Of a member of staff.
    Name,
    NameArabic,
    NameLatin,
    Number,
    NationalId,
    BirthDate,
    BirthPlace,
    Programme,
    Year,
    PensionNumber,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressView {
    pub channel: Channel,
    pub value: Option<String>,
    pub confirmed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    #[serde(flatten)]
    pub trail: Trail,
    pub profile: Vec<ProfileRow>,
    /// The owner said it and may say something else (S2.1).
    #[serde(default)]
    pub is_own: bool,
    pub addresses: Vec<AddressView>,
    /// Devices the account is open on, this one included.
    pub sessions: u32,
    /// The language of letters and SMS, whatever the page's language is.
    pub letters_lang: Lang,
    /// More than 10 minutes since the password was last typed: it is asked for before the file
    /// with the person's data (norm 6).
    pub ask_password: bool,
    pub problems: Vec<ProblemAt>,
    /// What has just been changed, told once.
    #[serde(default)]
    pub done: Option<Done>,
}

words! {
    /// What has just succeeded on an account page.
    Done {
        EmailChanged => "email_changed",
        PhoneChanged => "phone_changed",
        PhoneRemoved => "phone_removed",
        /// The address typed is the one the account already has, confirmed.
        AlreadyYours => "already_yours",
        DataSaved => "data_saved",
        PasswordChanged => "password_changed",
        /// The password was typed again: what needs it may follow.
        PasswordProved => "password_proved",
        SessionEnded => "session_ended",
        OthersEnded => "others_ended",
        LanguageSaved => "language_saved",
    }

    /// Which address a visit to the contact page is about.
    ContactChange {
        Email => "email",
        Phone => "phone",
        RemovePhone => "remove_phone",
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactStep {
    /// Both addresses, or the form for the one that is being changed.
    #[default]
    Choose,
    Code,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactView {
    pub trail: Trail,
    pub step: ContactStep,
    /// One thing a page: the list of addresses when absent.
    #[serde(default)]
    pub change: Option<ContactChange>,
    pub addresses: Vec<AddressView>,
    pub typed: Typed,
    pub problems: Vec<ProblemAt>,
    #[serde(default)]
    pub code: Option<CodeView>,
    /// More than 10 minutes since the password was last typed: it is asked for here (norm 6).
    pub ask_password: bool,
    #[serde(default)]
    pub done: Option<Done>,
}

/// What people said of themselves, as a form (S2.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnDataView {
    pub trail: Trail,
    pub typed: Typed,
    pub problems: Vec<ProblemAt>,
    /// More than 10 minutes since the password was last typed: it is asked for here (norm 6).
    pub ask_password: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordView {
    pub trail: Trail,
    pub problems: Vec<ProblemAt>,
    pub hints: PasswordHints,
    /// When the password was last changed, epoch milliseconds. Goes back with the form, so that
    /// the second click of a double click is known for what it is.
    pub since: i64,
    /// Signed in with a temporary password: nothing else is reachable (norm 8).
    #[serde(default)]
    pub due: Due,
}

/// Whether a password has to be changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    #[default]
    No,
    /// Says so, and leads on (S1.4).
    Told,
    /// The form, with the temporary password as the current one.
    Form,
}

/// A moment on the institution's own clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    pub year: u16,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
}

/// One line of what happened to the account, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActRow {
    pub act: String,
    /// Epoch milliseconds.
    pub at: i64,
    /// The same moment as people there read it.
    pub on: Moment,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecurityView {
    pub acts: Vec<ActRow>,
    /// Acts too old for the page; the file with the person's data has them all.
    pub older: u32,
    /// What a recovery could go through.
    pub addresses: Vec<AddressView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    pub id: String,
    /// Browser and system, as far as they are known; empty when not.
    pub device: String,
    /// Epoch milliseconds, exact to five minutes.
    pub last_seen: i64,
    /// Epoch milliseconds.
    pub started: i64,
    pub started_on: Moment,
    pub current: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionsView {
    pub sessions: Vec<SessionRow>,
    /// The server's now, epoch milliseconds: "5 minutes ago" is the same before and after hydration.
    pub now: i64,
    #[serde(default)]
    pub done: Option<Done>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloseView {
    #[serde(flatten)]
    pub trail: Trail,
    pub problems: Vec<ProblemAt>,
}

impl ContactStep {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Choose => "choose",
            Self::Code => "code",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ContactChange, Done};

    #[test]
    fn the_word_is_the_serialised_name() {
        for done in Done::ALL {
            let json = serde_json::to_string(done).unwrap();
            assert_eq!(json, format!("\"{}\"", done.name()));
            assert_eq!(Done::from_name(done.name()), Some(*done));
        }
        for change in ContactChange::ALL {
            assert_eq!(ContactChange::from_name(change.name()), Some(*change));
        }
        assert_eq!(ContactChange::from_name("Email"), None);
    }
}
