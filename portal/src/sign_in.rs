//! Sign-in with e-mail or student number (S0.1).
//!
//! A known handle with a wrong password and an unknown handle do the same work: the same number
//! of look-ups, one hash, the same writes, one answer (norm 2).

use miftah_rules::form::{Handle, Posted, read_handle};
use miftah_rules::profile::RobotPlace;
use miftah_rules::view::{LoginView, Trail};
use miftah_rules::{ActKind, Field, Place, Problem, ProblemAt};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::act::Subject;
use crate::choose_password::typed_password;
use crate::due;
use crate::fault::Fallible;
use crate::id::{JourneyId, PersonId};
use crate::journey::{Journey, Loaded, State};
use crate::model::{Account, AccountState, ChainEnd};
use crate::portal::Portal;
use crate::ports::Verified;
use crate::query::Query;
use crate::recover::Temporary;
use crate::robot::ANOTHER_PICTURE;
use crate::session::Stay;
use crate::store::{Glance, Tried, Write};
use crate::throttle::SIGN_IN;
use crate::visitor::{Outcome, Visitor};

/// Failures of a handle from everywhere after which whoever comes may be a program.
const SUSPECT_EVERYWHERE: i64 = 5;

/// A refused sign-in remembers what was typed, for the next try and for recovery.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SignIn {
    pub handle: String,
    pub keep: bool,
    pub then: Option<String>,
}

impl State for SignIn {
    const KIND: &'static str = "sign_in";

    fn step(&self) -> &'static str {
        "credentials"
    }
}

/// The page.
///
/// # Errors
/// Only when the store fails.
pub async fn show(portal: &Portal, visitor: &Visitor, query: &Query) -> Fallible<LoginView> {
    let mut view = LoginView {
        session_ended: visitor.session_ended || query.has("session_ended"),
        signed_out: query.has("signed_out"),
        closed: query.has("closed"),
        then: query.then(),
        ..LoginView::default()
    };
    if let Some(from) = query.from() {
        // A recovery brings along what somebody signs in with.
        let mut typed = portal.carried(visitor, from).await?;
        let number = portal.institution.number_field();
        let handle = typed
            .remove(&Field::Handle)
            .or_else(|| typed.remove(&number));
        view.handle = handle.unwrap_or_default();
    }
    view.robot = portal.robot_asked(RobotPlace::SignIn, false, true);
    let Some(id) = query.journey() else {
        return Ok(view);
    };
    match portal.journey::<SignIn>(visitor, id).await? {
        Loaded::Here(journey) => {
            view.trail = Trail {
                journey: Some(id.to_owned()),
                from: None,
            };
            view.handle = journey.state.handle.clone();
            view.keep = journey.state.keep;
            view.then = journey.state.then.clone();
            view.problems = journey.problems;
            let has_failed = !view.problems.is_empty();
            view.robot = portal.robot_asked(RobotPlace::SignIn, has_failed, false);
        }
        Loaded::Gone => view.problems = vec![Problem::JourneyOver.alone()],
    }
    Ok(view)
}

/// The form.
///
/// # Errors
/// [`crate::fault::Fault::Busy`] when the hashing queue is full, and store failures.
pub async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    query: &Query,
    posted: &Posted,
) -> Fallible<Outcome> {
    let mut journey = start_or_go_on(portal, visitor, query).await?;
    journey.state = SignIn {
        handle: posted.value(Field::Handle).trim().to_owned(),
        keep: posted.ticked(Field::Keep),
        then: Query::new(&format!("then={}", posted.text("then"))).then(),
    };
    let refused =
        |journey: &Journey<SignIn>| Outcome::see(Place::Login).with_query(journey.query());

    if posted.switch_language().is_some() || posted.action() == ANOTHER_PICTURE {
        return portal.settle(&journey, vec![], refused(&journey)).await;
    }
    let missing = missing(posted);
    if !missing.is_empty() {
        journey.problems = missing;
        return portal.settle(&journey, vec![], refused(&journey)).await;
    }
    let handle = read_handle(posted.value(Field::Handle), &portal.institution);
    let mut attempt = portal.attempt(SIGN_IN, handle.key(), visitor);
    let [near, far] = attempt.keys();
    let Glance {
        throttles,
        account,
        end,
    } = portal.store.glance([&near, &far], &handle).await?;
    let has_failed = throttles
        .iter()
        .zip([1, SUSPECT_EVERYWHERE])
        .any(|(seen, many)| seen.as_ref().is_some_and(|seen| seen.failures >= many));
    if let Some(wait) = attempt.sees(throttles) {
        journey.problems = vec![wait];
        return portal.settle(&journey, vec![], refused(&journey)).await;
    }

    let suspected = portal.robot(RobotPlace::SignIn, has_failed, visitor, posted);
    if let Some(suspected) = suspected.await? {
        journey.problems = vec![suspected];
        return portal.settle(&journey, vec![], refused(&journey)).await;
    }

    let password = typed_password(posted, Field::Password);
    let phc = account.as_ref().and_then(Account::hash);
    let verified = portal.hasher.verify(&password, phc).await?;
    let temporary = match verified {
        Verified::No => {
            portal
                .temporary(account.as_ref(), password.expose())
                .await?
        }
        Verified::Yes | Verified::YesRehash => Temporary::No,
    };
    if temporary == Temporary::Late {
        // It was the right one, so whoever typed it may know.
        journey.problems = vec![Problem::TemporaryPasswordExpired.alone()];
        return portal
            .settle(&journey, attempt.allowed(), refused(&journey))
            .await;
    }
    let is_right = verified != Verified::No || temporary != Temporary::No;
    let Some(account) = account.filter(|_| is_right) else {
        journey.problems = vec![Problem::SignInRefused.alone()];
        return portal
            .settle(&journey, attempt.failed(), refused(&journey))
            .await;
    };
    if account.state == AccountState::Frozen {
        // The password was right, so its owner may know.
        journey.problems = vec![Problem::AccountFrozen.alone()];
        return portal
            .settle(&journey, attempt.allowed(), refused(&journey))
            .await;
    }

    let rehash = match verified {
        Verified::YesRehash => Some(portal.hasher.hash(&password).await?),
        Verified::Yes | Verified::No => None,
    };
    let temporary = match temporary {
        Temporary::Right { journey, .. } => Some(journey),
        Temporary::No | Temporary::Late => None,
    };
    let stay = if posted.ticked(Field::Keep) && temporary.is_none() {
        Stay::Device
    } else {
        Stay::Visit
    };
    let right = Right {
        account,
        stay,
        temporary,
        rehash,
        tried: attempt.tried(),
        forgets: attempt.forgets(),
        end,
    };
    welcome(portal, visitor, &journey, right).await
}

/// A right password.
struct Right {
    account: Account,
    stay: Stay,
    /// The recovery whose temporary password it is.
    temporary: Option<JourneyId>,
    /// The password hashed with today's parameters, where the stored hash is weaker.
    rehash: Option<String>,
    tried: Tried,
    forgets: Option<Write>,
    /// Of the account's history, as it was seen.
    end: Option<ChainEnd>,
}

async fn welcome(
    portal: &Portal,
    visitor: &Visitor,
    journey: &Journey<SignIn>,
    right: Right,
) -> Fallible<Outcome> {
    let Right {
        mut account,
        stay,
        temporary,
        rehash,
        tried,
        forgets,
        end,
    } = right;
    let is_officer = account.holder.officer().is_some();
    let (mut session, cookie) = portal.open_session(visitor, &account, stay);
    let is_due = temporary.is_some();
    session.temporary = temporary;
    let act = portal.pen().draw(
        &Subject::account(&account.id),
        ActKind::SignedIn,
        &json!({ "device": visitor.device }),
    );
    let mut writes = vec![
        Write::AddSessionAt {
            session,
            version: account.version,
            tried,
        },
        Write::RecordAfter { act, end },
    ];
    writes.extend(forgets);
    writes.extend(visitor.leave());
    // Nobody has seen a journey that begins and ends with one form.
    if !journey.is_fresh() {
        writes.push(journey.end(portal)?);
    }
    if let Some(phc) = rehash {
        account.password = phc;
        writes.push(Write::ChangeAccount(account));
    }
    let place = journey
        .state
        .then
        .as_deref()
        .and_then(Place::parse)
        // The desk is no page of students'.
        .filter(|place| !place.is_staff() || is_officer)
        .unwrap_or(Place::Home);
    portal.store.commit(writes).await?;
    let outcome = match is_due {
        true => due::told(),
        false => Outcome::see(place),
    };
    Ok(outcome.with_session(cookie))
}

/// A journey of this page's kind: the one of the URL, or a new one.
async fn start_or_go_on(
    portal: &Portal,
    visitor: &Visitor,
    query: &Query,
) -> Fallible<Journey<SignIn>> {
    if let Some(id) = query.journey()
        && let Loaded::Here(journey) = portal.journey(visitor, id).await?
    {
        return Ok(*journey);
    }
    portal.begin(visitor, SignIn::default())
}

fn missing(posted: &Posted) -> Vec<ProblemAt> {
    [Field::Handle, Field::Password]
        .into_iter()
        .filter(|field| posted.value(*field).trim().is_empty())
        .map(|field| Problem::Missing.at(field))
        .collect()
}

impl Portal {
    /// The account a handle names. Each kind of handle costs the same look-ups whether it is
    /// known or not.
    pub(crate) async fn account_of(&self, handle: &Handle) -> Fallible<Option<Account>> {
        match handle {
            Handle::Email(key) => Ok(self.store.account_by_email(key).await?),
            Handle::Number(number) => {
                let person = self.store.person_by_number(number).await?.map(|p| p.id);
                let nobody = PersonId(String::new());
                Ok(self
                    .store
                    .account_by_person(person.as_ref().unwrap_or(&nobody))
                    .await?)
            }
            Handle::Unreadable(text) => Ok(self.store.account_by_email(text).await?),
        }
    }
}
