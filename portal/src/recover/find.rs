//! First step: which account? By personal data, which works when e-mail and password are both
//! forgotten, or by a handle.

use miftah_rules::form::{Handle, Posted, read, read_handle};
use miftah_rules::view::{Channel, RecoverView, Trail, Typed};
use miftah_rules::{Field, Problem, ProblemAt};

use super::located::{By, Located};
use super::{Recover, Stage, here, over, stay};
use crate::fault::Fallible;
use crate::journey::Journey;
use crate::letter::Address;
use crate::model::AccountState;
use crate::portal::Portal;
use crate::query::Query;
use crate::throttle::PERSON;
use crate::visitor::{Outcome, Visitor};

const DATA: [Field; 3] = [Field::StudentNumber, Field::NationalId, Field::BirthDate];
const FIELDS: [Field; 4] = [
    Field::StudentNumber,
    Field::NationalId,
    Field::BirthDate,
    Field::Handle,
];

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
    let Some(from) = query.from() else {
        return Ok(RecoverView::default());
    };
    let mut typed = carried(portal, visitor, from).await?;
    if typed.is_empty() {
        return Ok(RecoverView::default());
    }
    // A student number is a third of the personal data: nothing is typed twice.
    if let Some(handle) = typed.get(&Field::Handle)
        && let Handle::StudentNumber(number) = read_handle(handle, &portal.institution)
    {
        typed.entry(Field::StudentNumber).or_insert(number);
    }
    let trail = Trail {
        journey: None,
        from: Some(from.to_owned()),
    };
    Ok(RecoverView {
        trail,
        typed,
        ..RecoverView::default()
    })
}

/// Whether a form is this step's, as far as its fields tell.
pub(super) fn is_first_page(posted: &Posted) -> bool {
    !typed(posted).is_empty() || !posted.text("from").is_empty()
}

/// What was typed here. An address may come as `email` or as `handle`.
pub(super) fn typed(posted: &Posted) -> Typed {
    let mut typed = posted.keep(&FIELDS);
    if let Some(email) = posted.keep(&[Field::Email]).remove(&Field::Email) {
        typed.entry(Field::Handle).or_insert(email);
    }
    typed
}

async fn carried(portal: &Portal, visitor: &Visitor, from: &str) -> Fallible<Typed> {
    let mut typed = portal.carried(visitor, from).await?;
    typed.retain(|field, _| FIELDS.contains(field));
    Ok(typed)
}

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Recover>,
    query: &Query,
    posted: &Posted,
) -> Fallible<Outcome> {
    let mut typed = typed(posted);
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
    let asked = asked(&typed, posted);
    journey.state.typed = typed;
    match asked {
        Asked::Data => by_data(portal, visitor, journey).await,
        Asked::Handle(field) => by_handle(portal, visitor, journey, field).await,
    }
}

fn asked(typed: &Typed, posted: &Posted) -> Asked {
    let has = |field| typed.contains_key(&field);
    if posted.action() == "handle" {
        return Asked::Handle(Field::Handle);
    }
    if has(Field::NationalId) || has(Field::BirthDate) {
        return Asked::Data;
    }
    [Field::Handle, Field::StudentNumber]
        .into_iter()
        .find(|field| has(*field))
        .map_or(Asked::Data, Asked::Handle)
}

/// All three matched or not: which one failed is never told, and costs the same (norm 2).
async fn by_data(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Recover>,
) -> Fallible<Outcome> {
    let data = match read_data(portal, visitor, &journey.state.typed) {
        Ok(data) => data,
        Err(problems) => {
            journey.problems = problems;
            return stay(portal, &journey).await;
        }
    };
    let mut attempt = portal.attempt(PERSON, &data[0], visitor);
    if let Some(wait) = attempt.held_back().await? {
        journey.problems = vec![wait];
        return stay(portal, &journey).await;
    }
    let Some((_, account)) = portal.locate(&data).await? else {
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

fn read_data(
    portal: &Portal,
    visitor: &Visitor,
    typed: &Typed,
) -> Result<[String; 3], Vec<ProblemAt>> {
    let brief = portal.institution.brief(visitor.lang);
    let mut problems = Vec::new();
    let data = DATA.map(|field| {
        let raw = typed.get(&field).map_or("", String::as_str);
        read(field, raw, &brief).unwrap_or_else(|problem| {
            problems.push(problem.at(field));
            String::new()
        })
    });
    if problems.is_empty() {
        Ok(data)
    } else {
        Err(problems)
    }
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
    let account = portal.account_of(&handle).await?.map(|account| account.id);
    let key = handle.key().to_owned();
    match handle {
        Handle::Unreadable(_) => {
            // How a handle is written says nothing about whether it is known.
            journey.problems = vec![Problem::Shape.at(field)];
            stay(portal, &journey).await
        }
        Handle::StudentNumber(_) => {
            let located = Located {
                by: By::Number,
                account,
                budget: key,
            };
            journey.state.stage = Stage::Destination(located);
            stay(portal, &journey).await
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
