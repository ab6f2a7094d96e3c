//! The page of a registration: what its step shows, and no more than that.

use miftah_rules::profile::{FirstClaim, RobotPlace};
use miftah_rules::view::{Already, PasswordHints, RegisterStep, RegisterView, Trail, Typed};
use miftah_rules::{Field, Problem, ProblemAt};

use super::{Found, Register, carried, contact, find, password, person, who};
use crate::fault::Fallible;
use crate::journey::Journey;
use crate::portal::Portal;
use crate::proof::Sight;
use crate::query::Query;
use crate::visitor::Visitor;

pub(super) async fn show(
    portal: &Portal,
    visitor: &Visitor,
    query: &Query,
) -> Fallible<RegisterView> {
    if let Some(name) = visitor.name() {
        return Ok(RegisterView {
            already: Already::SignedIn(name.to_owned()),
            ..RegisterView::default()
        });
    }
    if portal.institution.has_accounts_from_roll() {
        return Ok(RegisterView {
            already: Already::FromRoll,
            ..RegisterView::default()
        });
    }
    match find(portal, visitor, query).await? {
        Found::Here(journey) => here(portal, visitor, *journey).await,
        Found::Opened => Ok(RegisterView {
            already: Already::Opened,
            ..over()
        }),
        Found::Nothing if query.journey().is_some() => Ok(over()),
        Found::Nothing => first(portal, visitor, query).await,
    }
}

fn over() -> RegisterView {
    RegisterView {
        problems: vec![Problem::JourneyOver.alone()],
        ..RegisterView::default()
    }
}

/// The first page, before anything was posted: a GET writes nothing.
async fn first(portal: &Portal, visitor: &Visitor, query: &Query) -> Fallible<RegisterView> {
    let mut view = RegisterView {
        robot: portal.robot_asked(RobotPlace::Register, false, true),
        ..RegisterView::default()
    };
    if let Some(from) = query.from() {
        view.typed = carried::typed(portal, visitor, from).await?;
        if !view.typed.is_empty() {
            view.trail.from = Some(from.to_owned());
        }
        let fields = who::fields(portal);
        view.typed.retain(|field, _| fields.contains(field));
    }
    Ok(view)
}

async fn here(
    portal: &Portal,
    visitor: &Visitor,
    journey: Journey<Register>,
) -> Fallible<RegisterView> {
    let Journey {
        id,
        state,
        problems,
        ..
    } = journey;
    let mut view = RegisterView {
        trail: Trail {
            journey: Some(id.as_str().to_owned()),
            from: None,
        },
        step: state.step,
        problems,
        mismatches: state.mismatches,
        ..RegisterView::default()
    };
    match state.step {
        RegisterStep::Who => {
            view.typed = some_of(&state.typed, &who::fields(portal));
            let is_refused = |met: &ProblemAt| met.problem == Problem::NotEligible;
            if view.problems.iter().any(is_refused) {
                view.unmet.clone_from(&state.unmet);
            }
            let has_failed = state.mismatches > 0;
            view.robot = portal
                .robot_asked(RobotPlace::Register, has_failed, false)
                .filter(|_| !state.no_robot);
        }
        RegisterStep::Contact => {
            view.typed = some_of(&state.typed, &contact::FIELDS);
            view.suggestion = contact::asked(portal, &state);
            let person = person(portal, &state).await?;
            view.first_name = person.map(|p| p.first_name(visitor.lang).to_owned());
        }
        RegisterStep::Code => {
            let sight = match portal.institution.registration.first_claim {
                FirstClaim::Declared => Sight::Whole,
                FirstClaim::RecordAddress => Sight::Claimed,
            };
            view.code = portal.code_view(&id, state.proof.as_ref(), sight).await?;
        }
        RegisterStep::Password => {
            if let Some(address) = password::proof_address(&state) {
                view.typed = Typed::from([(Field::Email, address.to_owned())]);
            }
            if let Some(person) = person(portal, &state).await? {
                let own = password::own_data(portal, &state, &person);
                view.hints = PasswordHints { own };
            }
        }
    }
    Ok(view)
}

fn some_of(typed: &Typed, fields: &[Field]) -> Typed {
    let kept = typed.iter().filter(|(field, _)| fields.contains(field));
    kept.map(|(field, value)| (*field, value.clone())).collect()
}
