//! Journeys (idea 2): a row in the store that a form post moves and a page shows.
//!
//! The first post creates the row; a GET never writes. A journey belongs to the browser whose
//! secret started it and can be moved from the step it is at, and from no other: so no step is
//! skipped or replayed, and a double click moves it once.

use miftah_rules::ProblemAt;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::fault::{Fallible, Fault};
use crate::id::{AccountId, JourneyId};
use crate::key::token_hash;
use crate::model::JourneyRow;
use crate::portal::Portal;
use crate::ports::Millis;
use crate::store::{Conflict, Write};
use crate::visitor::{Outcome, Visitor};

/// Minutes a journey lives after its last move.
pub const JOURNEY_MINUTES: i64 = 60;
/// Characters of a journey's id, a UUID: anything longer was not made here.
const ID_LENGTH: usize = 36;
/// Whether a text may be the id of a journey: databases refuse some of the others.
pub(crate) fn is_id(text: &str) -> bool {
    text.len() <= ID_LENGTH && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// The step of a journey that has ended or was ended from elsewhere.
pub const OVER: &str = "over";

/// What one kind of journey remembers. Must hold no secret.
pub trait State: Serialize + DeserializeOwned + Send + Sync {
    const KIND: &'static str;
    /// Name of the step the journey is at, as `data-step` and the posted `step` have it.
    fn step(&self) -> &'static str;
    /// Minutes it lives after a move to the step it is at.
    fn minutes(&self, _portal: &Portal) -> i64 {
        JOURNEY_MINUTES
    }

    /// The account it is about, for the kinds that come to know one.
    fn account(&self) -> Option<&AccountId> {
        None
    }
}

#[derive(Serialize, Deserialize)]
struct Data<S> {
    state: S,
    problems: Vec<ProblemAt>,
}

/// A journey as a verb works on it.
#[derive(Clone, Debug)]
pub struct Journey<S> {
    pub id: JourneyId,
    pub state: S,
    pub problems: Vec<ProblemAt>,
    browser_hash: String,
    created_at: Millis,
    version: i64,
    fresh: bool,
    /// Set when the browser has to be given its secret.
    new_secret: Option<String>,
}

/// What `?j=…` turned out to be.
#[derive(Debug)]
pub enum Loaded<S> {
    Here(Box<Journey<S>>),
    /// Unknown, expired, ended, of another kind or another browser's: all the same to a visitor.
    Gone,
}

impl<S: State> Journey<S> {
    /// The write that stores this journey as it is now.
    ///
    /// # Errors
    /// Only when the state cannot be written as JSON.
    pub fn write(&self, portal: &Portal) -> Fallible<Write> {
        self.row(portal, self.state.step())
    }

    /// The write that ends this journey; nothing of what it remembered is kept.
    ///
    /// # Errors
    /// Only when the state cannot be written as JSON.
    pub fn end(&self, portal: &Portal) -> Fallible<Write> {
        self.row(portal, OVER)
    }

    fn row(&self, portal: &Portal, step: &str) -> Fallible<Write> {
        let data = if step == OVER {
            "{}".to_owned()
        } else {
            serde_json::to_string(&Data {
                state: &self.state,
                problems: self.problems.clone(),
            })?
        };
        let row = JourneyRow {
            id: self.id.clone(),
            browser_hash: self.browser_hash.clone(),
            account: self.state.account().cloned(),
            kind: S::KIND.to_owned(),
            step: step.to_owned(),
            data,
            created_at: self.created_at,
            expires_at: portal.clock.now().plus_minutes(self.state.minutes(portal)),
            version: self.version,
        };
        Ok(if self.fresh {
            Write::AddJourney(row)
        } else {
            Write::MoveJourney(row)
        })
    }

    /// Whether it was never stored.
    pub(crate) const fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// The query that shows this journey.
    pub fn query(&self) -> String {
        format!("j={}", self.id.as_str())
    }

    /// Whether a form that was rendered for `step` may move this journey. A form without the
    /// field is taken to be for the step the journey is at.
    pub fn is_at(&self, step: Option<&str>) -> bool {
        step.is_none_or(|step| step == self.state.step())
    }
}

impl Portal {
    /// A new journey, not stored yet.
    ///
    /// # Errors
    /// [`Fault::Busy`] when this network has begun more of them than any crowd does. Whoever is
    /// signed in is not counted.
    pub(crate) fn begin<S: State>(&self, visitor: &Visitor, state: S) -> Fallible<Journey<S>> {
        let now = self.clock.now();
        if visitor.signed_in.is_none() && !self.newcomers.admit(&visitor.network, now) {
            return Err(Fault::Busy);
        }
        let (secret, new_secret) = self.browser_secret(visitor);
        Ok(Journey {
            id: JourneyId::new(self.clock.as_ref(), self.random.as_ref()),
            state,
            problems: Vec::new(),
            browser_hash: token_hash(&secret),
            created_at: now,
            version: 0,
            fresh: true,
            new_secret,
        })
    }

    /// Reads a journey for the browser that started it.
    ///
    /// # Errors
    /// Only when the store fails or holds unreadable JSON.
    pub async fn journey<S: State>(&self, visitor: &Visitor, id: &str) -> Fallible<Loaded<S>> {
        let row = self.own_row(visitor, id).await?;
        Ok(
            match row.map(|row| self.lives(row)).transpose()?.flatten() {
                Some(journey) => Loaded::Here(Box::new(journey)),
                None => Loaded::Gone,
            },
        )
    }

    /// Reads a journey for whoever has the link of its letter, and whether their browser began it.
    ///
    /// # Errors
    /// Only when the store fails or holds unreadable JSON.
    pub(crate) async fn linked<S: State>(
        &self,
        visitor: &Visitor,
        id: &JourneyId,
    ) -> Fallible<Option<(Journey<S>, bool)>> {
        let Some(row) = self.store.journey(id).await? else {
            return Ok(None);
        };
        let mine = is_begun_by(&row, visitor);
        Ok(self.lives(row)?.map(|journey| (journey, mine)))
    }

    /// A journey whoever began it: for what proves itself in another way.
    ///
    /// # Errors
    /// Only when the store fails or holds unreadable JSON.
    pub(crate) async fn any_journey<S: State>(
        &self,
        id: &JourneyId,
    ) -> Fallible<Option<Journey<S>>> {
        match self.store.journey(id).await? {
            Some(row) => self.lives(row),
            None => Ok(None),
        }
    }

    /// An account's journeys that stand at a step, whoever began them, newest first.
    ///
    /// # Errors
    /// Only when the store fails or holds unreadable JSON.
    pub(crate) async fn journeys_at<S: State>(
        &self,
        account: &AccountId,
        step: &str,
    ) -> Fallible<Vec<Journey<S>>> {
        let rows = self.store.journeys_at(account, S::KIND, step).await?;
        rows.into_iter()
            .filter_map(|row| self.lives(row).transpose())
            .collect()
    }

    /// The journey of a row, unless it is over or of another kind.
    fn lives<S: State>(&self, row: JourneyRow) -> Fallible<Option<Journey<S>>> {
        if row.kind != S::KIND || row.step == OVER || row.expires_at <= self.clock.now() {
            return Ok(None);
        }
        let data: Data<S> = serde_json::from_str(&row.data)?;
        Ok(Some(Journey {
            id: row.id,
            state: data.state,
            problems: data.problems,
            browser_hash: row.browser_hash,
            created_at: row.created_at,
            version: row.version,
            fresh: false,
            new_secret: None,
        }))
    }

    /// What a journey of this browser remembered that has expired meanwhile, for whoever sends one of
    /// its pages (E306). Only for posts, like [`Portal::left_behind`].
    ///
    /// # Errors
    /// Only when the store fails or holds unreadable JSON.
    pub(crate) async fn expired<S: State>(
        &self,
        visitor: &Visitor,
        id: &str,
    ) -> Fallible<Option<S>> {
        let Some(row) = self.own_row(visitor, id).await? else {
            return Ok(None);
        };
        if row.kind != S::KIND || row.step == OVER {
            return Ok(None);
        }
        let data: Data<S> = serde_json::from_str(&row.data)?;
        Ok(Some(data.state))
    }

    /// The row of a journey that this browser began, whatever became of it.
    pub(crate) async fn own_row(
        &self,
        visitor: &Visitor,
        id: &str,
    ) -> Fallible<Option<JourneyRow>> {
        if visitor.browser.is_none() || !is_id(id) {
            return Ok(None);
        }
        let row = self.store.journey(&JourneyId(id.to_owned())).await?;
        Ok(row.filter(|row| is_begun_by(row, visitor)))
    }

    /// Whether a journey of this browser has ended by opening an account. Its row still says so
    /// when nothing else of it is left: enough for a second click or the way back to find words.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn has_opened_account<S: State>(
        &self,
        visitor: &Visitor,
        id: &str,
    ) -> Fallible<bool> {
        let row = self.own_row(visitor, id).await?;
        Ok(row.is_some_and(|row| row.kind == S::KIND && row.step == OVER && row.account.is_some()))
    }

    /// Commits a journey together with what its move causes, and answers `outcome`. When another
    /// post moved the journey first, nothing is written and the page shows where it stands.
    ///
    /// # Errors
    /// Store failures, and conflicts other than the journey's own.
    pub(crate) async fn settle<S: State>(
        &self,
        journey: &Journey<S>,
        mut writes: Vec<Write>,
        mut outcome: Outcome,
    ) -> Fallible<Outcome> {
        writes.insert(0, journey.write(self)?);
        outcome.browser = outcome.browser.or_else(|| journey.new_secret.clone());
        match self.store.commit(writes).await.map_err(Fault::from) {
            Ok(()) | Err(Fault::Conflict(Conflict::JourneyMoved)) => Ok(outcome),
            Err(fault) => Err(fault),
        }
    }
}

fn is_begun_by(row: &JourneyRow, visitor: &Visitor) -> bool {
    visitor.browser.as_ref().is_some_and(|browser| {
        token_hash(browser)
            .as_bytes()
            .ct_eq(row.browser_hash.as_bytes())
            .into()
    })
}
