//! What can happen to an account, as its history names it. The one list: words for each stand in
//! `messages`, and a kind without words does not compile.

macro_rules! acts {
    ($($kind:ident => $name:literal,)*) => {
        /// One kind of act. Names are stored for ever: they are added to, never changed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum ActKind {
            $($kind,)*
        }

        impl ActKind {
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)*
                }
            }
        }
    };
}

acts! {
    AccountOpened => "account_opened",
    TermsAccepted => "terms_accepted",
    SignedIn => "signed_in",
    SignedOut => "signed_out",
    AccountRecovered => "account_recovered",
    PasswordChanged => "password_changed",
    DataChanged => "data_changed",
    EmailChanged => "email_changed",
    PhoneAdded => "phone_added",
    PhoneChanged => "phone_changed",
    PhoneConfirmed => "phone_confirmed",
    PhoneRemoved => "phone_removed",
    SessionEnded => "session_ended",
    SessionsEnded => "sessions_ended",
    AccountFrozen => "account_frozen",
    AccountUnfrozen => "account_unfrozen",
    AccountClosed => "account_closed",
    DataDownloaded => "data_downloaded",
    LanguageChanged => "language_changed",
    ComplaintSubmitted => "complaint_submitted",
    ComplaintTaken => "complaint_taken",
    ComplaintReleased => "complaint_released",
    ComplaintApproved => "complaint_approved",
    ComplaintAccepted => "complaint_accepted",
    ComplaintCompleted => "complaint_completed",
    ComplaintRefused => "complaint_refused",
    ComplaintClosed => "complaint_closed",
    ComplaintReopened => "complaint_reopened",
    ComplaintLinked => "complaint_linked",
    RecordCorrected => "record_corrected",
    PersonAdded => "person_added",
    AssistedAsked => "assisted_asked",
    AssistedAccepted => "assisted_accepted",
    AssistedEnded => "assisted_ended",
    OfficerAdded => "officer_added",
    OfficerRemoved => "officer_removed",
    LetterReleased => "letter_released",
}

impl ActKind {
    /// `None` for a name that a later version has written.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}
