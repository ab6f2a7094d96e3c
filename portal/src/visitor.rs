//! Who is asking: a browser, perhaps with a session, from somewhere, in a language.

use miftah_rules::{Lang, Place};

use crate::bearer::{Bearer, bearer};
use crate::fault::Fallible;
use crate::key::{fresh_token, token_hash};
use crate::model::{Account, AccountState, Session};
use crate::portal::Portal;
use crate::store::Write;

/// Minutes between two writes of a session's last use (idea 2).
const TOUCH_MINUTES: i64 = 5;
/// Minutes after which the password is asked again before a change (norm 6).
pub const PROOF_MINUTES: i64 = 10;

/// What a request brings along, before anything is looked up.
#[derive(Clone, Debug, Default)]
pub struct Arrival {
    pub lang: Lang,
    /// The browser's secret, from its cookie.
    pub browser: Option<String>,
    /// The session's token, from its cookie.
    pub session: Option<String>,
    /// Its turns at "I am not a robot", from its cookie.
    pub robot: Option<String>,
    /// The network address as far as trusted proxies tell it.
    pub network: String,
    /// Browser and system in few words.
    pub device: String,
}

/// A request's author.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub lang: Lang,
    pub browser: Option<String>,
    pub robot: Option<String>,
    pub network: String,
    pub device: String,
    pub signed_in: Option<SignedIn>,
    /// The browser brought a session's token that is no session any more.
    pub session_ended: bool,
}

#[derive(Clone, Debug)]
pub struct SignedIn {
    pub session: Session,
    pub account: Account,
    pub bearer: Bearer,
}

impl Visitor {
    /// Ends the session that is open here: one browser, one person.
    pub(crate) fn leave(&self) -> Option<Write> {
        self.signed_in.as_ref().map(|here| Write::EndSession {
            id: here.session.id.clone(),
            account: here.account.id.clone(),
        })
    }
}

/// What a verb answers: where to look next, and what the browser is to remember.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub place: Place,
    /// Query of the next page without `?`: at most `j=…` and a word; never personal data.
    pub query: String,
    pub session: SessionCookie,
    /// The browser's secret, when it has to be set or (empty) forgotten.
    pub browser: Option<String>,
    /// A language switch: the next page is in this language.
    pub lang: Option<Lang>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SessionCookie {
    #[default]
    Keep,
    Set {
        token: String,
        /// Days the cookie outlives the browser; `None` ends with it.
        days: Option<u32>,
    },
    Clear,
}

impl Outcome {
    pub fn see(place: Place) -> Self {
        Self {
            place,
            query: String::new(),
            session: SessionCookie::Keep,
            browser: None,
            lang: None,
        }
    }

    pub fn with_query(mut self, query: impl Into<String>) -> Self {
        self.query = query.into();
        self
    }

    pub fn with_session(mut self, session: SessionCookie) -> Self {
        self.session = session;
        self
    }
}

impl Visitor {
    /// How whoever is signed in is named on every page.
    pub fn name(&self) -> Option<&str> {
        let signed_in = self.signed_in.as_ref()?;
        Some(signed_in.bearer.name(self.lang))
    }

    pub fn account(&self) -> Option<&Account> {
        self.signed_in.as_ref().map(|s| &s.account)
    }
}

impl Portal {
    /// Looks up the session, ends it when its time is over, and notes its use.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn receive(&self, arrival: Arrival) -> Fallible<Visitor> {
        let mut visitor = Visitor {
            lang: arrival.lang,
            browser: arrival.browser,
            robot: arrival.robot,
            network: arrival.network,
            device: arrival.device,
            signed_in: None,
            session_ended: arrival.session.is_some(),
        };
        let Some(token) = arrival.session else {
            return Ok(visitor);
        };
        let found = self.store.session_by_token(&token_hash(&token)).await?;
        let Some((session, account, person)) = found else {
            return Ok(visitor);
        };
        let now = self.clock.now();
        let idle_until = session.last_seen_at.0.saturating_add(session.idle_ms);
        if session.expires_at <= now || idle_until <= now.0 {
            return Ok(visitor);
        }
        if account.state != AccountState::Active {
            return Ok(visitor);
        }
        if now >= session.last_seen_at.plus_minutes(TOUCH_MINUTES) {
            self.store
                .commit(vec![Write::TouchSession {
                    id: session.id.clone(),
                    at: now,
                }])
                .await?;
        }
        visitor.session_ended = false;
        let bearer = match person {
            Some(person) => Bearer::Person(person),
            None => bearer(self.store.as_ref(), &account).await?,
        };
        visitor.signed_in = Some(SignedIn {
            session,
            account,
            bearer,
        });
        Ok(visitor)
    }

    /// The browser's secret, made now if it has none; the second value goes into the outcome.
    pub(crate) fn browser_secret(&self, visitor: &Visitor) -> (String, Option<String>) {
        match &visitor.browser {
            Some(secret) => (secret.clone(), None),
            None => {
                let secret = fresh_token(self.random.as_ref());
                (secret.clone(), Some(secret))
            }
        }
    }

    /// Whether the password was typed recently enough for a change.
    pub(crate) fn proved_recently(&self, signed_in: &SignedIn) -> bool {
        let proved = signed_in.session.proved_at;
        proved.is_recent(self.clock.now(), PROOF_MINUTES * 60)
    }
}
