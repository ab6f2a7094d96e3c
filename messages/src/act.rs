//! The words for what happened to an account, on its security page.

use miftah_rules::ActKind;

use crate::{Text, Texts};

impl Texts {
    /// The words for an act by its name in the history. A name that a later version wrote is told
    /// as a change in the account.
    pub fn act(&self, name: &str) -> Text {
        ActKind::from_name(name).map_or_else(|| self.account_act_other(), |kind| self.act_of(kind))
    }

    fn act_of(&self, kind: ActKind) -> Text {
        match kind {
            ActKind::AccountOpened => self.account_act_account_opened(),
            ActKind::TermsAccepted => self.account_act_terms_accepted(),
            ActKind::SignedIn => self.account_act_signed_in(),
            ActKind::SignedOut => self.account_act_signed_out(),
            ActKind::AccountRecovered => self.account_act_account_recovered(),
            ActKind::PasswordChanged => self.account_act_password_changed(),
            ActKind::DataChanged => self.account_act_data_changed(),
            ActKind::EmailChanged => self.account_act_email_changed(),
            ActKind::PhoneAdded => self.account_act_phone_added(),
            ActKind::PhoneChanged => self.account_act_phone_changed(),
            ActKind::PhoneConfirmed => self.account_act_phone_confirmed(),
            ActKind::PhoneRemoved => self.account_act_phone_removed(),
            ActKind::SessionEnded => self.account_act_session_ended(),
            ActKind::SessionsEnded => self.account_act_sessions_ended(),
            ActKind::AccountFrozen => self.account_act_account_frozen(),
            ActKind::AccountUnfrozen => self.account_act_account_unfrozen(),
            ActKind::AccountClosed => self.account_act_account_closed(),
            ActKind::DataDownloaded => self.account_act_data_downloaded(),
            ActKind::LanguageChanged => self.account_act_language_changed(),
            ActKind::AssistedAsked => self.account_act_assisted_asked(),
            ActKind::AssistedAccepted => self.account_act_assisted_accepted(),
            ActKind::AssistedEnded => self.account_act_assisted_ended(),
            of_the_desk => self.act_of_the_desk(of_the_desk),
        }
    }

    /// Students meet none of these: the browser goes without their words.
    #[cfg(not(feature = "office"))]
    fn act_of_the_desk(&self, _kind: ActKind) -> Text {
        self.account_act_other()
    }

    #[cfg(feature = "office")]
    fn act_of_the_desk(&self, kind: ActKind) -> Text {
        match kind {
            ActKind::ComplaintSubmitted => self.desk_act_submitted(),
            ActKind::ComplaintTaken => self.desk_act_taken(),
            ActKind::ComplaintReleased => self.desk_act_released(),
            ActKind::ComplaintApproved => self.desk_act_approved(),
            ActKind::ComplaintAccepted => self.desk_act_accepted(),
            ActKind::ComplaintCompleted => self.desk_act_completed(),
            ActKind::ComplaintRefused => self.desk_act_refused(),
            ActKind::ComplaintClosed => self.desk_act_closed(),
            ActKind::ComplaintReopened => self.desk_act_reopened(),
            ActKind::ComplaintLinked => self.desk_act_linked(),
            ActKind::RecordCorrected => self.desk_act_corrected(),
            ActKind::PersonAdded => self.desk_act_added(),
            ActKind::OfficerAdded => self.desk_act_officer_added(),
            ActKind::OfficerRemoved => self.desk_act_officer_removed(),
            ActKind::LetterReleased => self.desk_act_letter_released(),
            _ => self.account_act_other(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::Texts;
    use miftah_rules::{ActKind, Lang};

    #[test]
    fn every_act_has_words_of_its_own() {
        for lang in Lang::ALL {
            let texts = Texts::new(lang);
            let words: BTreeSet<_> = ActKind::ALL
                .iter()
                .map(|kind| texts.act(kind.name()).bare())
                .collect();
            assert_eq!(words.len(), ActKind::ALL.len());
            assert!(!words.contains(&texts.act("unheard_of").bare()));
            assert_eq!(texts.act("unheard_of"), texts.account_act_other());
        }
    }
}
