//! `/account/data`: what people said of themselves, where accounts are open to everybody (S2.1). They
//! change it themselves.
//!
//! Documents are compared with it when the office helps with a lost account, so it needs the password
//! typed within 10 minutes, and every known address is told (norm 6).

use miftah_rules::form::Posted;
use miftah_rules::view::{Done, OwnDataView, Trail, Typed};
use miftah_rules::{ActKind, Field, Place, Problem};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Owner, change_account, done, overtaken};
use crate::bearer::Bearer;
use crate::fault::Fallible;
use crate::id::AccountId;
use crate::journey::{Journey, Loaded, State};
use crate::letter::Change;
use crate::model::Person;
use crate::portal::Portal;
use crate::prove::{Wanted, prove};
use crate::query::Query;
use crate::register::declared;
use crate::store::Write;
use crate::visitor::Outcome;

/// A form that was not taken yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct OwnData {
    account: AccountId,
    typed: Typed,
}

impl State for OwnData {
    const KIND: &'static str = "own_data";

    fn step(&self) -> &'static str {
        "own_data"
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }
}

/// Whose data it is, where it is theirs to change.
fn own<'o>(portal: &Portal, owner: &'o Owner<'_>) -> Option<&'o Person> {
    match &owner.bearer {
        Bearer::Person(person) if portal.institution.is_open() => Some(person),
        Bearer::Person(_) | Bearer::Officer(_) => None,
    }
}

/// Whether the owner changes their data themselves.
pub(super) fn is_own(portal: &Portal, owner: &Owner<'_>) -> bool {
    own(portal, owner).is_some()
}

/// The page; nothing where the data are the office's.
///
/// # Errors
/// Only when the store fails.
pub(super) async fn show(
    portal: &Portal,
    owner: &Owner<'_>,
    query: &Query,
) -> Fallible<Option<OwnDataView>> {
    let Some(person) = own(portal, owner) else {
        return Ok(None);
    };
    let mut view = OwnDataView {
        typed: as_typed(portal, person),
        ask_password: !portal.proved_recently(owner.signed_in),
        problems: overtaken(query),
        ..OwnDataView::default()
    };
    let Some(id) = query.journey() else {
        return Ok(Some(view));
    };
    match journey(portal, owner, id).await? {
        Some(journey) => {
            view.trail = Trail {
                journey: Some(id.to_owned()),
                from: None,
            };
            view.typed = journey.state.typed;
            view.problems = journey.problems;
        }
        None => view.problems = vec![Problem::JourneyOver.alone()],
    }
    Ok(Some(view))
}

/// The form; nothing where the data are the office's.
///
/// # Errors
/// [`crate::fault::Fault::Busy`] when the hashing queue is full, and store failures.
pub(super) async fn submit(
    portal: &Portal,
    owner: &Owner<'_>,
    query: &Query,
    posted: &Posted,
) -> Fallible<Option<Outcome>> {
    let Some(person) = own(portal, owner) else {
        return Ok(None);
    };
    let known = match query.journey() {
        Some(id) => journey(portal, owner, id).await?,
        None => None,
    };
    let mut journey = match known {
        Some(journey) => journey,
        None => {
            let account = owner.account().id.clone();
            let typed = Typed::new();
            portal.begin(owner.visitor, OwnData { account, typed })?
        }
    };
    journey.state.typed = posted.keep(&portal.institution.opens_with());
    journey.problems.clear();
    if posted.switch_language().is_some() {
        return stay(portal, &journey, vec![]).await.map(Some);
    }
    let said = declared::says(portal, person.clone(), &journey.state.typed);
    let proof = prove(portal, owner.here(), posted, Wanted::Recently).await?;
    let after = match (said, proof.problem) {
        (Ok(after), None) => after,
        (said, problem) => {
            journey.problems = said.err().unwrap_or_default();
            journey.problems.extend(problem);
            return stay(portal, &journey, proof.writes).await.map(Some);
        }
    };
    let saved = done(Place::Account, Done::DataSaved);
    let mut writes = proof.writes;
    if after != *person {
        writes.extend(change(portal, owner, person, after)?);
    }
    if !journey.is_fresh() {
        writes.push(journey.end(portal)?);
    }
    change_account(portal, writes, saved, &Place::OwnData)
        .await
        .map(Some)
}

/// The new record, its history, and a word to every known address, in the name they had before.
fn change(
    portal: &Portal,
    owner: &Owner<'_>,
    person: &Person,
    after: Person,
) -> Fallible<Vec<Write>> {
    let fields: Vec<_> = portal
        .institution
        .opens_with()
        .into_iter()
        .filter(|field| person.value(*field) != after.value(*field))
        .map(Field::name)
        .collect();
    let account = owner.account();
    let told = portal.tell_all(
        owner.visitor,
        account,
        &owner.bearer,
        Change::DataChanged,
        &[],
    )?;
    let mut writes = vec![
        Write::RecordIs(person.clone()),
        Write::CorrectRecord(after),
        portal.act(
            &owner.subject(),
            ActKind::DataChanged,
            &json!({ "fields": fields, "device": owner.visitor.device }),
        ),
    ];
    writes.extend(told);
    Ok(writes)
}

async fn stay(
    portal: &Portal,
    journey: &Journey<OwnData>,
    writes: Vec<Write>,
) -> Fallible<Outcome> {
    let here = Outcome::see(Place::OwnData).with_query(journey.query());
    portal.settle(journey, writes, here).await
}

/// A journey of this account alone: two people may share a browser, one after the other.
async fn journey(
    portal: &Portal,
    owner: &Owner<'_>,
    id: &str,
) -> Fallible<Option<Journey<OwnData>>> {
    Ok(match portal.journey::<OwnData>(owner.visitor, id).await? {
        Loaded::Here(journey) if journey.state.account == owner.account().id => Some(*journey),
        Loaded::Here(_) | Loaded::Gone => None,
    })
}

fn as_typed(portal: &Portal, person: &Person) -> Typed {
    let fields = portal.institution.opens_with().into_iter();
    fields
        .map(|field| (field, person.value(field)))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}
