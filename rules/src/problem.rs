//! What a person can meet on the way, as data (idea 3). Texts live in `messages`.
//!
//! Codes are permanent and append-only: they stand in letters, on problem pages and in the
//! office's notes. `codes_are_append_only` pins them.

use serde::{Deserialize, Serialize};

use crate::field::Field;

macro_rules! problems {
    ($($(#[$doc:meta])* $variant:ident => $code:literal, $next:expr;)*) => {
        /// A problem with a permanent public code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Problem { $($(#[$doc])* $variant,)* }

        impl Problem {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The permanent code, such as `E204`.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What the person can do next, besides mending the field.
            pub const fn next(self) -> NextStep {
                match self { $(Self::$variant => $next,)* }
            }
        }
    };
}

/// Where a problem leads. The page turns it into a link or button that carries what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextStep {
    /// Mend the field and send the form again.
    TryAgain,
    /// Recovery, with what was typed.
    Recover,
    /// Registration, with what was typed.
    Register,
    /// A new code for the same journey.
    NewCode,
    /// The beginning of the same journey, with what was typed.
    StartAgain,
    /// A complaint, with what was typed (S0.9).
    Complain,
    /// Recovery with the office's help (S0.12).
    Assisted,
    /// The office: name, hours, address, phone, e-mail.
    Office,
    /// Sign in again.
    SignIn,
    /// Load the page again.
    Reload,
    /// The first page.
    Home,
}

problems! {
    /// No record matches the three data together; which one failed is never told (norm 2).
    NoRecord => "E101", NextStep::Complain;
    AccountExists => "E102", NextStep::Recover;
    /// Told by mail to the mailbox's owner only (S0.6); the page stays neutral.
    EmailInUse => "E103", NextStep::Recover;
    NotEligible => "E104", NextStep::Complain;
    Missing => "E105", NextStep::TryAgain;
    Shape => "E106", NextStep::TryAgain;
    DateShape => "E107", NextStep::TryAgain;
    EmailShape => "E108", NextStep::TryAgain;
    PhoneShape => "E109", NextStep::TryAgain;
    TermsNotAccepted => "E110", NextStep::TryAgain;
    /// A day, but nobody who opens an account was born on it.
    BirthDateUnlikely => "E111", NextStep::TryAgain;
    EmailsDiffer => "E112", NextStep::TryAgain;
    /// One answer for every wrong pair: never which half was wrong (S0.1).
    SignInRefused => "E201", NextStep::Recover;
    TooManyTries => "E202", NextStep::Office;
    TemporaryPasswordExpired => "E203", NextStep::Recover;
    AccountFrozen => "E205", NextStep::Office;
    /// The password is asked again before a change (norm 6).
    SignInAgain => "E206", NextStep::SignIn;
    /// Nothing has shown that it is no robot, or it was used before (S3.3).
    RobotSuspected => "E207", NextStep::TryAgain;
    DataMismatch => "E301", NextStep::Complain;
    NoAccountYet => "E302", NextStep::Register;
    CodeWrong => "E303", NextStep::TryAgain;
    CodeExpired => "E304", NextStep::NewCode;
    NoReachableAddress => "E305", NextStep::Assisted;
    JourneyOver => "E306", NextStep::StartAgain;
    PasswordShort => "E401", NextStep::TryAgain;
    PasswordCommon => "E402", NextStep::TryAgain;
    PasswordOwnData => "E403", NextStep::TryAgain;
    PasswordsDiffer => "E404", NextStep::TryAgain;
    PasswordKinds => "E405", NextStep::TryAgain;
    CurrentPasswordWrong => "E406", NextStep::Recover;
    PasswordLong => "E407", NextStep::TryAgain;
    /// Reference or code of a complaint: which of them is never told.
    ComplaintUnknown => "E501", NextStep::Office;
    /// It is decided, or somebody moved it meanwhile.
    ComplaintMoved => "E502", NextStep::TryAgain;
    /// Somebody on the roll has this number.
    NumberTaken => "E503", NextStep::TryAgain;
    /// The office has a request for this account already (S0.12).
    AssistedOpen => "E504", NextStep::Office;
    /// None was chosen where one is needed.
    FileMissing => "E601", NextStep::TryAgain;
    /// In bytes, or a picture in pixels.
    FileTooBig => "E602", NextStep::TryAgain;
    FileType => "E603", NextStep::TryAgain;
    /// Encrypted with a password.
    FileProtected => "E604", NextStep::TryAgain;
    /// It holds scripts, forms that send, or other files.
    FileActive => "E605", NextStep::TryAgain;
    /// Broken, or empty.
    FileUnreadable => "E606", NextStep::TryAgain;
    /// Ours; the person sees an incident number (idea 3).
    Fault => "E900", NextStep::Reload;
    PageOutOfDate => "E901", NextStep::Reload;
    Busy => "E902", NextStep::TryAgain;
    Offline => "E903", NextStep::TryAgain;
    PageMissing => "E904", NextStep::Home;
    CrossSite => "E905", NextStep::Home;
    TooLarge => "E906", NextStep::TryAgain;
}

impl Problem {
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|problem| problem.code().eq_ignore_ascii_case(code))
    }

    /// Whether it is met while an account is recovered.
    pub fn is_of_recovery(self) -> bool {
        self.code().starts_with("E3")
    }

    /// This problem at one field.
    pub const fn at(self, field: Field) -> ProblemAt {
        ProblemAt {
            problem: self,
            field: Some(field),
            detail: Detail::None,
        }
    }

    /// This problem with the page as a whole.
    pub const fn alone(self) -> ProblemAt {
        ProblemAt {
            problem: self,
            field: None,
            detail: Detail::None,
        }
    }
}

impl Serialize for Problem {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Problem {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::from_code(&code).ok_or_else(|| serde::de::Error::custom("unknown problem code"))
    }
}

/// A problem where it was met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemAt {
    #[serde(rename = "code")]
    pub problem: Problem,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    #[serde(default, skip_serializing_if = "Detail::is_none")]
    pub detail: Detail,
}

/// What a problem's text needs to know besides its code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    #[default]
    None,
    /// Tries left on this code.
    TriesLeft(u32),
    /// Seconds until the next try counts.
    WaitSeconds(u64),
    /// The incident number of a fault.
    Incident(String),
}

impl Detail {
    pub const fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }
}

impl ProblemAt {
    pub fn with(mut self, detail: Detail) -> Self {
        self.detail = detail;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Problem;

    /// Add at the end of a class; never change or remove a line.
    const PINNED: &str = "E101 E102 E103 E104 E105 E106 E107 E108 E109 E110 E111 E112 \
        E201 E202 E203 E205 E206 E207 E301 E302 E303 E304 E305 E306 \
        E401 E402 E403 E404 E405 E406 E407 E501 E502 E503 E504 E601 E602 E603 E604 E605 E606 E900 E901 E902 E903 E904 E905 E906";

    #[test]
    fn codes_are_append_only() {
        let codes: Vec<_> = Problem::ALL.iter().map(|p| p.code()).collect();
        assert_eq!(codes, PINNED.split_whitespace().collect::<Vec<_>>());
    }
}
