//! A temporary password instead of a code (S1.3, norm 8): a code of letters for one sign-in, which leads
//! to the page where another password is chosen and to nothing else. It is typed twice, as the current
//! password there too, and counts until the new one is saved.

use miftah_rules::code::{CodeForm, read};
use miftah_rules::form::Posted;
use miftah_rules::profile::RecoveryDelivery;

use super::located::Located;
use super::{Recover, Stage, here, over, stay};
use crate::fault::Fallible;
use crate::id::{AccountId, JourneyId};
use crate::journey::Journey;
use crate::letter::{Address, Reality};
use crate::model::Account;
use crate::portal::Portal;
use crate::proof::{Proof, temporary_minutes};
use crate::visitor::{Outcome, Visitor};

/// What a typed password turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Temporary {
    /// None that was sent, or an older one.
    No,
    /// The right one, too late.
    Late,
    Right {
        /// The recovery it belongs to.
        journey: JourneyId,
        /// Where it went: whoever types it reads there.
        to: Address,
    },
}

/// The page after the message: another one, another address, or on to the sign-in.
pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Recover>,
    located: Located,
    posted: &Posted,
) -> Fallible<Outcome> {
    let Some(proof) = journey.state.code.clone() else {
        return Ok(over());
    };
    journey.problems.clear();
    match posted.action() {
        // Too soon: the page says how long to wait.
        "resend" if portal.resend_in(&proof) > 0 => Ok(here(&journey)),
        "resend" => {
            let channel = proof.to.channel;
            located
                .send(portal, visitor, journey, channel, proof.to)
                .await
        }
        "change" => {
            journey.state.stage = Stage::Destination(located);
            stay(portal, &journey).await
        }
        _ => Ok(here(&journey)),
    }
}

impl Portal {
    /// Whether messages bring temporary passwords here.
    pub(crate) fn sends_temporary(&self) -> bool {
        self.institution.recovery.delivery == RecoveryDelivery::TemporaryPassword
    }

    /// Whether `typed` is the temporary password that was sent last for an account. Nobody's costs
    /// what somebody's does (norm 2).
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn temporary(
        &self,
        account: Option<&Account>,
        typed: &str,
    ) -> Fallible<Temporary> {
        if !self.sends_temporary() {
            return Ok(Temporary::No);
        }
        let nobody = AccountId(String::new());
        let id = account.map_or(&nobody, |account| &account.id);
        let sent = self.journeys_at::<Recover>(id, SENT).await?;
        let newest = sent
            .into_iter()
            .filter_map(|journey| journey.state.code.map(|proof| (journey.id, proof)))
            .max_by_key(|(_, proof)| proof.sent_at);
        Ok(match newest {
            Some((journey, proof)) => self.judge(journey, proof, typed),
            None => Temporary::No,
        })
    }

    /// The same for the recovery whose temporary password somebody has signed in with.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn temporary_of(&self, id: &JourneyId, typed: &str) -> Fallible<Temporary> {
        let journey = self.any_journey::<Recover>(id).await?;
        let proof = journey.and_then(|journey| journey.state.code);
        Ok(match proof {
            Some(proof) => self.judge(id.clone(), proof, typed),
            None => Temporary::No,
        })
    }

    fn judge(&self, journey: JourneyId, proof: Proof, typed: &str) -> Temporary {
        let typed = read(typed).unwrap_or_default();
        let is_it =
            self.key
                .code_matches(journey.as_str(), proof.counter, CodeForm::Letters, &typed);
        let minutes = temporary_minutes(proof.to.channel);
        let lives = proof.sent_at.is_recent(self.clock.now(), minutes * 60);
        match (is_it && proof.reality == Reality::Real, lives) {
            (false, _) => Temporary::No,
            (true, false) => Temporary::Late,
            (true, true) => Temporary::Right {
                journey,
                to: proof.to,
            },
        }
    }
}

/// Name of the step at which a recovery waits while its temporary password is on its way.
pub(super) const SENT: &str = "sent";
