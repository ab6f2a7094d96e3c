//! Opening and ending sessions (norm 7).

use miftah_rules::{ActKind, Place};
use serde_json::json;

use crate::act::Subject;
use crate::fault::Fallible;
use crate::id::SessionId;
use crate::key::{fresh_token, token_hash};
use crate::model::{Account, Session};
use crate::portal::Portal;
use crate::store::Write;
use crate::visitor::{Outcome, SessionCookie, Visitor};

/// How long a person asked to stay signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stay {
    /// Until the browser closes or the person has been idle.
    Visit,
    /// "Keep me signed in on this device".
    Device,
}

const MINUTE_MS: i64 = 60_000;
const DAY_MINUTES: i64 = 24 * 60;

impl Portal {
    /// A new session for an account, as a write and the cookie that goes with it.
    pub(crate) fn open_session(
        &self,
        visitor: &Visitor,
        account: &Account,
        stay: Stay,
    ) -> (Session, SessionCookie) {
        let profile = &self.institution.sign_in;
        let now = self.clock.now();
        let token = fresh_token(self.random.as_ref());
        let keep_minutes = i64::from(profile.keep_days) * DAY_MINUTES;
        let idle_minutes = match stay {
            Stay::Visit => i64::from(profile.idle_minutes),
            Stay::Device => keep_minutes,
        };
        let session = Session {
            id: SessionId::new(self.clock.as_ref(), self.random.as_ref()),
            token_hash: token_hash(&token),
            account: account.id.clone(),
            started_at: now,
            last_seen_at: now,
            proved_at: now,
            expires_at: now.plus_minutes(keep_minutes),
            idle_ms: idle_minutes * MINUTE_MS,
            device: visitor.device.clone(),
            temporary: None,
        };
        let days = match stay {
            Stay::Visit => None,
            Stay::Device => Some(profile.keep_days),
        };
        (session, SessionCookie::Set { token, days })
    }
}

/// An account whose owner is back: as it is now, with everybody else signed out and every code on its
/// way dead (norms 3 and 6). Follows the end of the journey that led here.
pub(crate) fn regained(visitor: &Visitor, account: &Account) -> Vec<Write> {
    let mut writes = vec![Write::ChangeAccount(account.clone())];
    writes.extend(Write::shut_out(&account.id));
    writes.extend(visitor.leave());
    writes
}

/// Signs out: the session ends, and the browser forgets its secret too, so that journeys begun by
/// this person cannot be opened by the next one at the same computer.
///
/// # Errors
/// Only when the store fails.
pub async fn sign_out(portal: &Portal, visitor: &Visitor) -> Fallible<Outcome> {
    if let Some((signed_in, end)) = visitor.signed_in.as_ref().zip(visitor.leave()) {
        let signed_out = portal.act(
            &Subject::account(&signed_in.account.id),
            ActKind::SignedOut,
            &json!({ "device": signed_in.session.device }),
        );
        portal.store.commit(vec![end, signed_out]).await?;
    }
    let mut outcome = Outcome::see(Place::Login).with_query("signed_out=1");
    outcome.session = SessionCookie::Clear;
    outcome.browser = Some(String::new());
    Ok(outcome)
}
