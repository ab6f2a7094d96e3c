//! Recovery (S0.7, S0.8, S0.5): personal data or a handle locate the account, a code sent to one of
//! its confirmed addresses proves whose it is, a new password opens it.
//!
//! Personal data never opens anything by itself (norm 1). Whoever knows all three data is told
//! whether there is an account, and sees masks of its addresses; whoever knows a handle only is
//! told nothing, and costs the same whether the handle is known or not (norm 2).

use miftah_rules::form::Posted;
use miftah_rules::profile::RobotPlace;
use miftah_rules::view::{
    Channel, CodeView, DisputeReason, RecoverStep, RecoverView, Trail, Typed,
};
use miftah_rules::{Place, Problem};
use serde::{Deserialize, Serialize};

use crate::fault::Fallible;
use crate::id::AccountId;
use crate::journey::{JOURNEY_MINUTES, Journey, Loaded, State};
use crate::letter::Reality;
use crate::portal::Portal;
use crate::proof::{Proof, Sight, temporary_minutes};
use crate::query::Query;
use crate::robot::ANOTHER_PICTURE;
use crate::visitor::{Outcome, Visitor};

mod code;
mod destination;
mod dispute;
mod find;
mod located;
mod new_email;
mod password;
mod temporary;

use located::{Asked, Located};
use password::Proved;
pub(crate) use temporary::Temporary;

/// Where a recovery stands.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Recover {
    /// What was typed; registration takes it over when there is no account (S0.8).
    typed: Typed,
    /// How often personal data matched nobody.
    mismatches: u32,
    /// The newest code of this journey, whatever it proved: the next one counts on from it, so
    /// that no two codes of a journey are the same one.
    code: Option<Proof>,
    /// What that code was asked for. Where it went must not decide anything that can be seen: two
    /// handles that lead to one address would be known to belong together (norm 2).
    #[serde(default)]
    asked: Option<Asked>,
    /// It was shown here that it is no robot: once is enough.
    #[serde(default)]
    no_robot: bool,
    stage: Stage,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "snake_case")]
enum Stage {
    #[default]
    Find,
    Destination(Located),
    /// Asks whether the account is really to be frozen.
    Dispute {
        account: AccountId,
        reason: DisputeReason,
    },
    Code(Located),
    /// A temporary password instead of a code.
    Sent(Located),
    Password(Proved),
    NewEmail(Proved),
    NewEmailCode(Proved),
    Frozen {
        account: AccountId,
    },
}

impl Recover {
    /// Back to the beginning. The code on its way is burnt: from now on nothing says whose it is, so
    /// whatever happens to the account would not reach this journey.
    fn begin_again(&mut self) {
        if let Some(code) = &mut self.code {
            code.burn();
        }
        self.asked = None;
        self.stage = Stage::Find;
    }
}

impl Stage {
    const fn step(&self) -> RecoverStep {
        match self {
            Self::Find => RecoverStep::Find,
            Self::Destination(_) => RecoverStep::Destination,
            Self::Dispute { .. } => RecoverStep::Dispute,
            Self::Code(_) => RecoverStep::Code,
            Self::Sent(_) => RecoverStep::Sent,
            Self::Password(_) => RecoverStep::Password,
            Self::NewEmail(_) => RecoverStep::NewEmail,
            Self::NewEmailCode(_) => RecoverStep::NewEmailCode,
            Self::Frozen { .. } => RecoverStep::Frozen,
        }
    }
}

impl State for Recover {
    const KIND: &'static str = "recover";

    fn step(&self) -> &'static str {
        self.stage.step().name()
    }

    /// A temporary password is told that it is too late for a day more.
    fn minutes(&self, _portal: &Portal) -> i64 {
        match self.stage {
            Stage::Sent(_) => 2 * temporary_minutes(Channel::Email),
            _ => JOURNEY_MINUTES,
        }
    }

    fn account(&self) -> Option<&AccountId> {
        match &self.stage {
            Stage::Find => None,
            Stage::Destination(located) | Stage::Code(located) => located.account.as_ref(),
            // Of an account are those alone that went to one of its addresses: whoever knows a user
            // name puts nothing in the place of what its owner waits for.
            Stage::Sent(located) => {
                let went = self.code.as_ref().map(|code| code.reality) == Some(Reality::Real);
                located.account.as_ref().filter(|_| went)
            }
            Stage::Dispute { account, .. } | Stage::Frozen { account } => Some(account),
            Stage::Password(proved) | Stage::NewEmail(proved) | Stage::NewEmailCode(proved) => {
                Some(&proved.account)
            }
        }
    }
}

/// The page.
///
/// # Errors
/// Only when the store fails.
pub async fn show(portal: &Portal, visitor: &Visitor, query: &Query) -> Fallible<RecoverView> {
    let Some(id) = query.journey() else {
        return find::first_view(portal, visitor, query).await;
    };
    let Loaded::Here(journey) = portal.journey::<Recover>(visitor, id).await? else {
        return Ok(RecoverView {
            problems: vec![Problem::JourneyOver.alone()],
            ..RecoverView::default()
        });
    };
    view(portal, *journey).await
}

async fn view(portal: &Portal, journey: Journey<Recover>) -> Fallible<RecoverView> {
    let state = &journey.state;
    let mut view = RecoverView {
        trail: Trail {
            journey: Some(journey.id.as_str().to_owned()),
            from: None,
        },
        step: state.stage.step(),
        typed: state.typed.clone(),
        mismatches: state.mismatches,
        problems: journey.problems,
        ..RecoverView::default()
    };
    match &state.stage {
        Stage::Find => {
            view.robot = portal
                .robot_asked(RobotPlace::Recover, state.mismatches > 0, false)
                .filter(|_| !state.no_robot);
        }
        Stage::Frozen { .. } => {}
        Stage::Destination(located) => {
            view.temporary = located.is_for_temporary(portal);
            destination::show(portal, located, &mut view).await?;
        }
        Stage::Dispute { reason, .. } => view.dispute = Some(*reason),
        Stage::Code(located) => {
            let sight = code::sight(located);
            let proof = state.code.as_ref();
            view.code = portal.code_view(&journey.id, proof, sight).await?;
        }
        Stage::Sent(_) => {
            let proof = state.code.as_ref();
            let code = portal.code_view(&journey.id, proof, Sight::Claimed).await?;
            view.code = code.map(|code| CodeView {
                minutes: temporary_minutes(code.channel).unsigned_abs(),
                ..code
            });
        }
        Stage::Password(proved) => password::show(portal, proved, &mut view).await?,
        Stage::NewEmail(proved) => new_email::show(portal, proved, &mut view).await?,
        Stage::NewEmailCode(_) => {
            let proof = state.code.as_ref();
            view.code = portal.code_view(&journey.id, proof, Sight::Whole).await?;
        }
    }
    Ok(view)
}

/// The form of any step.
///
/// # Errors
/// [`crate::fault::Fault::Busy`] when the hashing queue is full, and store failures.
pub async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    query: &Query,
    posted: &Posted,
) -> Fallible<Outcome> {
    let journey = match query.journey() {
        None => portal.begin(visitor, Recover::default())?,
        Some(id) => match portal.journey::<Recover>(visitor, id).await? {
            Loaded::Here(journey) => *journey,
            Loaded::Gone if find::is_first_page(portal, posted) => {
                portal.begin(visitor, Recover::default())?
            }
            Loaded::Gone => return begin_anew(portal, visitor, id).await,
        },
    };
    if !journey.is_at(posted.step()) {
        return Ok(if query.journey().is_some() {
            here(&journey)
        } else {
            over()
        });
    }
    if posted.switch_language().is_some() || posted.action() == ANOTHER_PICTURE {
        return keep_typed(portal, journey, posted).await;
    }
    match journey.state.stage.clone() {
        Stage::Find => find::submit(portal, visitor, journey, query, posted).await,
        Stage::Destination(located) => {
            destination::submit(portal, visitor, journey, located, posted).await
        }
        Stage::Dispute { account, reason } => {
            dispute::submit(portal, visitor, journey, &account, reason, posted).await
        }
        Stage::Code(located) => code::submit(portal, visitor, journey, located, posted).await,
        Stage::Sent(located) => temporary::submit(portal, visitor, journey, located, posted).await,
        Stage::Password(proved) => password::submit(portal, visitor, journey, proved, posted).await,
        Stage::NewEmail(proved) => {
            new_email::submit(portal, visitor, journey, proved, posted).await
        }
        Stage::NewEmailCode(proved) => {
            new_email::submit_code(portal, visitor, journey, proved, posted).await
        }
        Stage::Frozen { .. } => Ok(here(&journey)),
    }
}

/// The journey has expired, or is not this browser's: what this browser typed in it is there again.
async fn begin_anew(portal: &Portal, visitor: &Visitor, id: &str) -> Fallible<Outcome> {
    let typed = portal.left_behind(visitor, id).await?;
    if typed.is_empty() {
        return Ok(over());
    }
    let mut journey = portal.begin(
        visitor,
        Recover {
            typed,
            ..Recover::default()
        },
    )?;
    journey.problems = vec![Problem::JourneyOver.alone()];
    stay(portal, &journey).await
}

/// A language switch in the middle of a form: nothing is submitted, what was typed stays (X1).
async fn keep_typed(
    portal: &Portal,
    mut journey: Journey<Recover>,
    posted: &Posted,
) -> Fallible<Outcome> {
    match &journey.state.stage {
        Stage::Find => journey.state.typed = find::typed(portal, posted),
        Stage::NewEmail(_) => journey.state.typed = new_email::typed(posted),
        Stage::Destination(_) if portal.institution.recovery.types_address => {
            destination::keep(portal, &mut journey.state.typed, posted);
        }
        _ => return Ok(here(&journey)),
    }
    stay(portal, &journey).await
}

/// The page of a journey.
fn here(journey: &Journey<Recover>) -> Outcome {
    Outcome::see(Place::Recover).with_query(journey.query())
}

/// Stores the journey as it is now and shows it.
async fn stay(portal: &Portal, journey: &Journey<Recover>) -> Fallible<Outcome> {
    portal.settle(journey, vec![], here(journey)).await
}

/// The journey is not to be found any more: says so, and lets the person begin again (E306).
fn over() -> Outcome {
    Outcome::see(Place::Recover).with_query("j=over")
}
