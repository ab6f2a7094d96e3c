//! First question: what it is about, and the values that are right. For assisted recovery they have
//! to match a record with an account, as in recovery.

use miftah_rules::complaint::ComplaintKind;
use miftah_rules::form::{Handle, Posted, read_handle};
use miftah_rules::view::{ComplainStep, Typed};
use miftah_rules::{Field, Problem};

use super::claim::claim;
use super::{Complain, Door, stay};
use crate::bearer::Bearer;
use crate::fault::Fallible;
use crate::given::Given;
use crate::id::PersonId;
use crate::journey::Journey;
use crate::model::AccountState;
use crate::portal::Portal;
use crate::throttle::PERSON;
use crate::visitor::{Outcome, SignedIn, Visitor};

/// The fields of a claim, whatever it is about.
fn fields(portal: &Portal) -> Vec<Field> {
    ComplaintKind::WrongData.fields(&portal.institution.asks())
}

/// The fields of this journey that another one already has.
pub(super) async fn carried(portal: &Portal, visitor: &Visitor, from: &str) -> Fallible<Typed> {
    let mut typed = portal.carried(visitor, from).await?;
    if !portal.institution.is_open()
        && let Some(handle) = typed.remove(&Field::Handle)
        && let Handle::Number(number) = read_handle(&handle, &portal.institution)
    {
        typed
            .entry(portal.institution.number_field())
            .or_insert(number);
    }
    let fields = fields(portal);
    typed.retain(|field, _| fields.contains(field) || [Field::Email, Field::Phone].contains(field));
    Ok(typed)
}

/// What is known of somebody who is signed in: they change what is wrong.
pub(super) fn on_record(portal: &Portal, visitor: &Visitor) -> Typed {
    let Some(SignedIn {
        account,
        bearer: Bearer::Person(person),
        ..
    }) = &visitor.signed_in
    else {
        return Typed::new();
    };
    let mut typed: Typed = fields(portal)
        .into_iter()
        .map(|field| (field, person.value(field)))
        .collect();
    let mailbox = account.mailbox().unwrap_or_default();
    typed.insert(Field::Email, mailbox.to_owned());
    if portal.institution.is_open() {
        typed.insert(Field::Handle, mailbox.to_owned());
    }
    if let Some(phone) = account.phone.as_ref().filter(|_| account.phone_confirmed) {
        typed.insert(Field::Phone, phone.clone());
    }
    typed.retain(|_, value| !value.is_empty());
    typed
}

pub(super) fn keep(portal: &Portal, state: &mut Complain, posted: &Posted) {
    let fields = fields(portal);
    // A button that only brings data along posts none of them.
    if fields.iter().any(|field| posted.has(*field)) {
        state.keep(posted, &fields);
    }
    if let Some(kind) = ComplaintKind::from_name(posted.value(Field::Matter))
        && state.door() == Door::Complaint
        && kind != ComplaintKind::Assisted
    {
        state.kind = kind;
    }
}

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Complain>,
    posted: &Posted,
) -> Fallible<Outcome> {
    let brought = !posted.text("from").is_empty() && posted.step().is_none();
    keep(portal, &mut journey.state, posted);
    if brought {
        // What is still missing is asked, not complained about.
        return stay(portal, &journey, vec![]).await;
    }
    if let Err(problems) = claim(portal, &journey.state) {
        journey.problems = problems;
        return stay(portal, &journey, vec![]).await;
    }
    if journey.state.kind == ComplaintKind::Assisted {
        return locate(portal, visitor, journey).await;
    }
    journey.state.step = ComplainStep::Reach;
    stay(portal, &journey, vec![]).await
}

/// All of it matched or not: which one failed is never told, and costs the same (norm 2).
async fn locate(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Complain>,
) -> Fallible<Outcome> {
    let given = match Given::without_address(&portal.institution, &journey.state.typed) {
        Ok(given) => given,
        Err(problems) => {
            journey.problems = problems;
            return stay(portal, &journey, vec![]).await;
        }
    };
    let mut attempt = portal.attempt(PERSON, given.number(), visitor);
    if let Some(wait) = attempt.held_back().await? {
        journey.problems = vec![wait];
        return stay(portal, &journey, vec![]).await;
    }
    let Some((person, _)) = portal.locate(&given).await? else {
        journey.problems = vec![Problem::DataMismatch.alone()];
        return stay(portal, &journey, attempt.failed()).await;
    };
    let mut writes = attempt.allowed();
    let opened = portal.account_from_roll(visitor, &person).await?;
    let problem = match &opened {
        Some(_) => None,
        None => hindrance(portal, &person.id).await?,
    };
    writes.extend(opened.map(|(_, write)| write));
    match problem {
        Some(problem) => journey.problems = vec![problem.alone()],
        None => {
            journey.state.about = Some(person.id);
            journey.state.step = ComplainStep::Reach;
        }
    }
    stay(portal, &journey, writes).await
}

/// Why nobody can ask the office for this person's account now, if so.
pub(super) async fn hindrance(portal: &Portal, person: &PersonId) -> Fallible<Option<Problem>> {
    let account = portal.store.account_by_person(person).await?;
    Ok(match account.map(|account| account.state) {
        None => Some(Problem::NoAccountYet),
        // The office sees one request for an account; whoever finds somebody else's learns of it here.
        Some(AccountState::Active) => portal
            .is_being_recovered(person)
            .await?
            .then_some(Problem::AssistedOpen),
        Some(_) => Some(Problem::AccountFrozen),
    })
}
