//! Freezing an account until the office has looked (S0.5, norm 6).
//!
//! Nothing is deleted or replaced: the office undoes it by setting the state back.

use miftah_rules::ActKind;
use miftah_rules::complaint::CloseReason;
use serde_json::json;

use crate::act::Subject;
use crate::bearer::Bearer;
use crate::fault::Fallible;
use crate::id::JourneyId;
use crate::letter::{Change, Dispute};
use crate::model::{Account, AccountState};
use crate::portal::Portal;
use crate::ports::Millis;
use crate::store::Write;
use crate::visitor::Visitor;

/// Why an account is frozen, and at whose word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ground<'a> {
    pub(crate) reason: Dispute,
    /// The journey in which it was said: the only one that goes on.
    pub(crate) journey: Option<&'a JourneyId>,
    /// When the letter was caused whose link was used.
    pub(crate) letter: Option<Millis>,
}

impl Portal {
    /// Everything that freezing means, for one transaction: nobody is signed in any more, every
    /// code on its way and an assisted recovery are dead, the office and all addresses are told, history has it.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn freeze(
        &self,
        visitor: &Visitor,
        account: &Account,
        bearer: &Bearer,
        ground: Ground<'_>,
    ) -> Fallible<Vec<Write>> {
        let id = &account.id;
        let frozen = Account {
            state: AccountState::Frozen,
            ..account.clone()
        };
        let values = json!({
            "reason": ground.reason,
            "letter": ground.letter,
            "device": visitor.device,
        });
        let mut writes = vec![
            Write::ChangeAccount(frozen),
            Write::EndSessions {
                account: id.clone(),
                except: None,
            },
            Write::EndJourneys {
                account: id.clone(),
                except: ground.journey.cloned(),
            },
            self.act(&Subject::account(id), ActKind::AccountFrozen, &values),
            self.tell_office(account, bearer, ground.reason)?,
        ];
        writes.extend(self.tell_all(visitor, account, bearer, Change::Frozen, &[])?);
        let ended = self.end_assisted(visitor, bearer, CloseReason::Frozen);
        writes.extend(ended.await?);
        Ok(writes)
    }
}
