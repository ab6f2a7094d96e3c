//! Accounts that are there before anybody asks for one (S1.0): whoever stands on the roll has one. Its
//! row comes into being when somebody first asks for its password.

use crate::fault::Fallible;
use crate::id::AccountId;
use crate::model::{Account, Person};
use crate::portal::Portal;
use crate::store::Write;
use crate::visitor::Visitor;

impl Portal {
    /// The account of somebody on the roll who has none yet, as a write and its id; nothing where
    /// people open their accounts themselves, and for whoever has left.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn account_from_roll(
        &self,
        visitor: &Visitor,
        person: &Person,
    ) -> Fallible<Option<(AccountId, Write)>> {
        let eligible = &self.institution.registration.eligible;
        if !self.institution.has_accounts_from_roll() || !eligible.contains(&person.status) {
            return Ok(None);
        }
        if self.store.account_by_person(&person.id).await?.is_some() {
            return Ok(None);
        }
        let id = AccountId::new(self.clock.as_ref(), self.random.as_ref());
        let (of, lang, now) = (person.id.clone(), visitor.lang, self.clock.now());
        let account = Account::from_roll(id.clone(), of, lang, now);
        Ok(Some((id, Write::OpenAccount(account))))
    }
}
