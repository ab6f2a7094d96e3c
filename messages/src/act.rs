//! The words for what happened to an account, on its security page.

use crate::{Text, Texts};

type Words = fn(&Texts) -> Text;

/// Names of acts as the account's history keeps them, with their words.
const ACTS: &[(&str, Words)] = &[
    ("account_opened", Texts::account_act_account_opened),
    ("signed_in", Texts::account_act_signed_in),
    ("signed_out", Texts::account_act_signed_out),
    ("account_recovered", Texts::account_act_account_recovered),
    ("password_changed", Texts::account_act_password_changed),
    ("email_changed", Texts::account_act_email_changed),
    ("phone_added", Texts::account_act_phone_added),
    ("phone_changed", Texts::account_act_phone_changed),
    ("phone_confirmed", Texts::account_act_phone_confirmed),
    ("phone_removed", Texts::account_act_phone_removed),
    ("session_ended", Texts::account_act_session_ended),
    ("sessions_ended", Texts::account_act_sessions_ended),
    ("account_frozen", Texts::account_act_account_frozen),
    ("account_unfrozen", Texts::account_act_account_unfrozen),
    ("account_closed", Texts::account_act_account_closed),
    ("data_downloaded", Texts::account_act_data_downloaded),
    ("terms_accepted", Texts::account_act_terms_accepted),
    ("language_changed", Texts::account_act_language_changed),
];

impl Texts {
    /// The names of acts that have words of their own.
    pub fn act_names() -> impl Iterator<Item = &'static str> {
        ACTS.iter().map(|(name, _)| *name)
    }

    /// The words for an act by its name in the history. A name without words of its own, written
    /// by a later version say, is told as a change in the account.
    pub fn act(&self, name: &str) -> Text {
        ACTS.iter()
            .find(|(known, _)| *known == name)
            .map_or_else(|| self.account_act_other(), |(_, words)| words(self))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::Texts;
    use miftah_rules::Lang;

    #[test]
    fn every_act_has_words_of_its_own() {
        for lang in Lang::ALL {
            let texts = Texts::new(lang);
            let words: BTreeSet<_> = Texts::act_names()
                .map(|name| texts.act(name).bare())
                .collect();
            assert_eq!(words.len(), Texts::act_names().count());
            assert!(!words.contains(&texts.act("unheard_of").bare()));
            assert_eq!(texts.act("unheard_of"), texts.account_act_other());
        }
    }
}
