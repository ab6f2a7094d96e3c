//! An account that was located but not proved, and the code that is to prove it: sent, or only
//! pretended at the same cost (norm 2).

use miftah_rules::view::Channel;
use serde::{Deserialize, Serialize};

use super::{Recover, Stage, here, stay};
use crate::bearer::Bearer;
use crate::budget::Budget;
use crate::fault::Fallible;
use crate::id::{AccountId, PersonId};
use crate::journey::Journey;
use crate::letter::{Address, Body, Purpose, Reality};
use crate::model::{Account, AccountState, Holder};
use crate::portal::Portal;
use crate::proof::{Instead, NextCode};
use crate::store::Write;
use crate::visitor::{Outcome, Visitor};

/// How an account was located, which decides how much of it may be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum By {
    /// All personal data matched: masks may be seen.
    Data,
    /// Nothing may be seen.
    Email,
    /// Nothing may be seen.
    Number,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Located {
    pub(super) by: By,
    /// `None` when the handle is unknown. Nothing that is answered may depend on it.
    pub(super) account: Option<AccountId>,
    /// What codes are counted for: the account, or the handle whether it is known or not.
    pub(super) budget: String,
}

/// A request for a code, as the person made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Asked {
    /// As in [`Located`].
    budget: String,
    channel: Channel,
    /// The address as it was typed, where it is.
    #[serde(default)]
    typed: Option<String>,
}

impl Located {
    pub(super) fn by_data(account: AccountId) -> Self {
        Self {
            by: By::Data,
            budget: account.as_str().to_owned(),
            account: Some(account),
        }
    }

    /// Sends a code or a temporary password by `channel` and goes to the step that waits for it. To
    /// `unknown` goes nothing: it stands in the place of the address that an unknown account does not
    /// have. Where people type the address, it is the one they typed, and is met or not.
    pub(super) async fn send(
        self,
        portal: &Portal,
        visitor: &Visitor,
        mut journey: Journey<Recover>,
        channel: Channel,
        unknown: Address,
    ) -> Fallible<Outcome> {
        journey.problems.clear();
        let nobody = AccountId(String::new());
        let id = self.account.as_ref().unwrap_or(&nobody);
        let account = portal.store.account(id).await?;
        let holder = account
            .as_ref()
            .map_or(Holder::Person(PersonId(String::new())), |a| {
                a.holder.clone()
            });
        let bearer = portal.bearer_of(&holder).await?;
        let types_address = self.by == By::Number && portal.institution.recovery.types_address;
        let known = account
            .as_ref()
            .zip(bearer.as_ref())
            .map(|(account, bearer)| account.reachable(bearer))
            .unwrap_or_default()
            .into_iter()
            .filter(|known| known.channel == channel)
            .find(|known| !types_address || known.is_same(&unknown));
        let state = account.as_ref().map(|account| account.state);
        let open = state == Some(AccountState::Active) && known.is_some();
        let reality = if open { Reality::Real } else { Reality::Decoy };
        let unknown_key = unknown.to.clone();
        let to = known.clone().unwrap_or(unknown);

        let asked = Asked {
            budget: self.budget.clone(),
            channel,
            typed: types_address.then(|| unknown_key.clone()),
        };
        let again = journey.state.asked.as_ref() == Some(&asked);
        if let Some(last) = journey.state.code.as_ref()
            && again
            && portal.resend_in(last) > 0
        {
            // That code has just left: it will do.
            journey.state.stage = self.waiting(portal);
            return stay(portal, &journey).await;
        }
        let budget = Budget::own(&self.budget);
        if let Some(wait) = portal.codes_held_back(visitor, budget, &to).await? {
            journey.problems = vec![wait];
            return stay(portal, &journey).await;
        }
        let (purpose, last) = (self.purpose(portal), journey.state.code.as_ref());
        let instead = match (account, bearer, known) {
            (Some(account), Some(bearer), Some(to)) if account.state == AccountState::Frozen => {
                let name = bearer.name(account.lang).to_owned();
                Some(Instead {
                    to,
                    lang: account.lang,
                    body: Body::FrozenTold { name },
                })
            }
            _ => None,
        };
        let (mut proof, writes) = portal
            .send_code(
                visitor,
                &journey.id,
                NextCode {
                    purpose,
                    to,
                    reality,
                    instead,
                    budget,
                    previous: last,
                },
            )
            .await?;
        proof.again = again;
        journey.state.asked = Some(asked);
        self.wait_for_code(portal, journey, proof, writes).await
    }

    /// By the roll's number alone a temporary password comes, where the profile has them: an e-mail
    /// address as handle is an officer's way.
    pub(super) fn is_for_temporary(&self, portal: &Portal) -> bool {
        self.by == By::Number && portal.sends_temporary()
    }

    fn purpose(&self, portal: &Portal) -> Purpose {
        if self.is_for_temporary(portal) {
            Purpose::TemporaryPassword
        } else {
            Purpose::Recover
        }
    }

    /// The step that waits for what was sent.
    fn waiting(self, portal: &Portal) -> Stage {
        match self.purpose(portal) {
            Purpose::TemporaryPassword => Stage::Sent(self),
            _ => Stage::Code(self),
        }
    }

    async fn wait_for_code(
        self,
        portal: &Portal,
        mut journey: Journey<Recover>,
        proof: crate::proof::Proof,
        writes: Vec<Write>,
    ) -> Fallible<Outcome> {
        journey.state.code = Some(proof);
        journey.state.stage = self.waiting(portal);
        portal.settle(&journey, writes, here(&journey)).await
    }
}

impl Account {
    /// Where its owner can be reached: the addresses that were confirmed; before it was ever opened,
    /// those of the roll.
    pub(super) fn reachable(&self, bearer: &Bearer) -> Vec<Address> {
        if self.hash().is_none() && self.mailbox().is_none() {
            return bearer.addresses_on_record();
        }
        self.confirmed_addresses()
    }

    /// The address of a channel, if a code sent there has ever come back.
    pub(super) fn confirmed_address(&self, channel: Channel) -> Option<Address> {
        match channel {
            Channel::Email => self.mailbox().map(Address::email),
            Channel::Phone => self
                .phone
                .as_ref()
                .filter(|_| self.phone_confirmed)
                .map(Address::phone),
        }
    }

    pub(super) fn confirmed_addresses(&self) -> Vec<Address> {
        [Channel::Email, Channel::Phone]
            .into_iter()
            .filter_map(|channel| self.confirmed_address(channel))
            .collect()
    }
}
