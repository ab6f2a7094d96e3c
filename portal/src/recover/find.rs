//! First step: which account? By personal data, which works when e-mail and password are both
//! forgotten, or by a handle.

use miftah_rules::form::{Handle, Posted, read_handle};
use miftah_rules::profile::{RecoverBy, RobotPlace};
use miftah_rules::view::{Channel, RecoverView, Trail, Typed};
use miftah_rules::{Field, Problem};

use super::located::{By, Located};
use super::{Recover, Stage, here, over, stay};
use crate::fault::Fallible;
use crate::given::Given;
use crate::journey::Journey;
use crate::letter::Address;
use crate::model::AccountState;
use crate::portal::Portal;
use crate::query::Query;
use crate::throttle::PERSON;
use crate::visitor::{Outcome, Visitor};

/// What may be typed on this page: the data that find a person, or a handle.
fn fields(portal: &Portal) -> Vec<Field> {
    let mut fields = portal.institution.asks();
    fields.push(Field::Handle);
    fields
}

/// What the person gives to be found by.
enum Asked {
    Data,
    /// The handle, typed into this field.
    Handle(Field),
}

/// The page before anything was posted, with what another journey brings along.
pub(super) async fn first_view(
    portal: &Portal,
    visitor: &Visitor,
    query: &Query,
) -> Fallible<RecoverView> {
    let blank = RecoverView {
        robot: portal.robot_asked(RobotPlace::Recover, false, true),
        ..RecoverView::default()
    };
    let Some(from) = query.from() else {
        return Ok(blank);
    };
    let mut typed = carried(portal, visitor, from).await?;
    if typed.is_empty() {
        return Ok(blank);
    }
    // A number is a part of the personal data: nothing is typed twice.
    if let Some(handle) = typed.get(&Field::Handle)
        && let Handle::Number(number) = read_handle(handle, &portal.institution)
    {
        typed
            .entry(portal.institution.number_field())
            .or_insert(number);
    }
    let trail = Trail {
        journey: None,
        from: Some(from.to_owned()),
    };
    Ok(RecoverView {
        trail,
        typed,
        ..blank
    })
}

/// Whether a form is this step's, as far as its fields tell.
pub(super) fn is_first_page(portal: &Portal, posted: &Posted) -> bool {
    !typed(portal, posted).is_empty() || !posted.text("from").is_empty()
}

/// What was typed here. A handle that is an address may come as `email`, where that is no part of
/// the data.
pub(super) fn typed(portal: &Portal, posted: &Posted) -> Typed {
    let fields = fields(portal);
    let mut typed = posted.keep(&fields);
    if fields.contains(&Field::Email) {
        return typed;
    }
    if let Some(email) = posted.keep(&[Field::Email]).remove(&Field::Email) {
        typed.entry(Field::Handle).or_insert(email);
    }
    typed
}

async fn carried(portal: &Portal, visitor: &Visitor, from: &str) -> Fallible<Typed> {
    let mut typed = portal.carried(visitor, from).await?;
    let fields = fields(portal);
    typed.retain(|field, _| fields.contains(field));
    Ok(typed)
}

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Recover>,
    query: &Query,
    posted: &Posted,
) -> Fallible<Outcome> {
    let mut typed = typed(portal, posted);
    let from = Some(posted.text("from"))
        .filter(|from| !from.is_empty())
        .or_else(|| query.from());
    if let Some(from) = from.filter(|_| typed.is_empty()) {
        typed = carried(portal, visitor, from).await?;
        if typed.is_empty() {
            return Ok(over());
        }
    }
    journey.problems.clear();
    let asked = asked(portal, &typed, posted);
    journey.state.typed = typed;
    let has_failed = journey.state.mismatches > 0;
    if !journey.state.no_robot && asks_robot(portal, has_failed) {
        let suspected = portal.robot(RobotPlace::Recover, has_failed, visitor, posted);
        if let Some(suspected) = suspected.await? {
            journey.problems = vec![suspected];
            return stay(portal, &journey).await;
        }
        journey.state.no_robot = true;
    }
    match asked {
        Asked::Data => by_data(portal, visitor, journey).await,
        Asked::Handle(field) => by_handle(portal, visitor, journey, field).await,
    }
}

/// Whether it has to be shown here that it is no robot.
pub(super) fn asks_robot(portal: &Portal, has_failed: bool) -> bool {
    let robot = &portal.institution.robot;
    robot.asks(RobotPlace::Recover, has_failed)
}

fn asked(portal: &Portal, typed: &Typed, posted: &Posted) -> Asked {
    let has = |field: &Field| typed.contains_key(field);
    if posted.action() == "handle" || portal.institution.recovery.by != RecoverBy::Data {
        let number = portal.institution.number_field();
        if !has(&Field::Handle) && has(&number) {
            return Asked::Handle(number);
        }
        return Asked::Handle(Field::Handle);
    }
    let asks = portal.institution.asks();
    let number = portal.institution.number_field();
    if asks.iter().any(|field| *field != number && has(field)) {
        return Asked::Data;
    }
    [Field::Handle, number]
        .into_iter()
        .find(has)
        .map_or(Asked::Data, Asked::Handle)
}

/// All of it matched or not: which one failed is never told, and costs the same (norm 2).
async fn by_data(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Recover>,
) -> Fallible<Outcome> {
    let given = match Given::read(&portal.institution, &journey.state.typed) {
        Ok(given) => given,
        Err(problems) => {
            journey.problems = problems;
            return stay(portal, &journey).await;
        }
    };
    let mut attempt = portal.attempt(PERSON, given.number(), visitor);
    if let Some(wait) = attempt.held_back().await? {
        journey.problems = vec![wait];
        return stay(portal, &journey).await;
    }
    let Some((_, account)) = portal.locate(&given).await? else {
        journey.state.mismatches = journey.state.mismatches.saturating_add(1);
        journey.problems = vec![Problem::DataMismatch.alone()];
        return portal
            .settle(&journey, attempt.failed(), here(&journey))
            .await;
    };
    let allowed = attempt.allowed();
    let problem = match account {
        None => Problem::NoAccountYet,
        Some(account) if account.state != AccountState::Active => Problem::AccountFrozen,
        Some(account) if account.confirmed_addresses().is_empty() => Problem::NoReachableAddress,
        Some(account) => {
            journey.state.stage = Stage::Destination(Located::by_data(account.id));
            return portal.settle(&journey, allowed, here(&journey)).await;
        }
    };
    journey.problems = vec![problem.alone()];
    portal.settle(&journey, allowed, here(&journey)).await
}

/// One answer whether the handle is known, unknown, or names a frozen account.
async fn by_handle(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Recover>,
    field: Field,
) -> Fallible<Outcome> {
    let raw = journey.state.typed.get(&field).cloned().unwrap_or_default();
    if raw.is_empty() {
        journey.problems = vec![Problem::Missing.at(field)];
        return stay(portal, &journey).await;
    }
    let handle = read_handle(&raw, &portal.institution);
    let mut account = portal.account_of(&handle).await?.map(|account| account.id);
    let mut opened = vec![];
    if let (None, Handle::Number(number)) = (&account, &handle)
        && let Some(person) = portal.store.person_by_number(number).await?
        && let Some((id, write)) = portal.account_from_roll(visitor, &person).await?
    {
        account = Some(id);
        opened.push(write);
    }
    let key = handle.key().to_owned();
    match handle {
        Handle::Unreadable(_) => {
            // How a handle is written says nothing about whether it is known.
            journey.problems = vec![Problem::Shape.at(field)];
            stay(portal, &journey).await
        }
        Handle::Number(_) => {
            let located = Located {
                by: By::Number,
                account,
                budget: key,
            };
            journey.state.stage = Stage::Destination(located);
            portal.settle(&journey, opened, here(&journey)).await
        }
        Handle::Email(_) => {
            let unknown = Address::email(&key);
            let located = Located {
                by: By::Email,
                account,
                budget: key,
            };
            located
                .send(portal, visitor, journey, Channel::Email, unknown)
                .await
        }
    }
}
