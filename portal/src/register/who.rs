//! First step: what the profile asks finds the record, together or not at all.

use miftah_rules::date::Date;
use miftah_rules::form::Posted;
use miftah_rules::profile::NationalIdKind;
use miftah_rules::view::{RegisterStep, Unmet};
use miftah_rules::{Field, Problem, ProblemAt};

use super::{Register, may_be_robot};
use crate::fault::Fallible;
use crate::given::Given;
use crate::journey::Journey;
use crate::model::{Account, Person};
use crate::moment::today;
use crate::portal::Portal;
use crate::store::Write;
use crate::throttle::PERSON;
use crate::visitor::Visitor;

/// The data of this step.
pub(super) fn fields(portal: &Portal) -> Vec<Field> {
    portal.institution.opens_with()
}

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    journey: &mut Journey<Register>,
    posted: &Posted,
) -> Fallible<Vec<Write>> {
    let fields = fields(portal);
    if typed_here(posted, &fields) {
        journey.state.keep(posted, &fields);
    } else if !is_complete(portal, &journey.state) && !posted.text("from").is_empty() {
        // Another journey brought a part of the data: the rest is asked, not complained about.
        return Ok(vec![]);
    }
    let given = match Given::read(&portal.institution, &journey.state.typed) {
        Ok(given) => given,
        Err(problems) => {
            journey.problems = problems;
            return Ok(vec![]);
        }
    };
    if may_be_robot(portal, visitor, journey, posted).await? {
        return Ok(vec![]);
    }
    let mut attempt = portal.attempt(PERSON, given.number(), visitor);
    if let Some(wait) = attempt.held_back().await? {
        journey.problems = vec![wait];
        return Ok(vec![]);
    }
    let Some((person, account)) = portal.locate(&given).await? else {
        journey.state.mismatches = journey.state.mismatches.saturating_add(1);
        journey.problems = vec![Problem::NoRecord.alone()];
        return Ok(attempt.failed());
    };
    if let Some(problem) = refusal(portal, &person, account.as_ref()) {
        journey.problems = vec![problem];
        journey.state.unmet = unmet(portal, &person);
        return Ok(attempt.allowed());
    }
    journey.state.unmet.clear();
    journey.state.person = Some(person.id);
    journey.state.step = RegisterStep::Contact;
    Ok(attempt.allowed())
}

/// Why this person cannot open an account, if so. Told only after all data matched (norm 2).
pub(super) fn refusal(
    portal: &Portal,
    person: &Person,
    account: Option<&Account>,
) -> Option<ProblemAt> {
    if account.is_some() {
        return Some(Problem::AccountExists.alone());
    }
    let eligible = unmet(portal, person).is_empty();
    (!eligible).then(|| Problem::NotEligible.alone())
}

/// The conditions of an account that this person does not meet, all of them at once (S4.3).
fn unmet(portal: &Portal, person: &Person) -> Vec<Unmet> {
    let eligible = &portal.institution.registration.eligible;
    let status = (!eligible.contains(&person.status)).then_some(Unmet::Status);
    let expires = person.value(Field::DocumentExpires);
    let is_over = Date::parse(&expires)
        .ok()
        .zip(today(portal))
        .is_some_and(|(last, today)| last < today);
    let expired = match person.national_id_kind {
        NationalIdKind::ResidenceCard => Unmet::PermitExpired(expires),
        NationalIdKind::Cin | NationalIdKind::Passport => Unmet::CardExpired(expires),
    };
    let document = is_over.then_some(expired);
    status.into_iter().chain(document).collect()
}

fn typed_here(posted: &Posted, fields: &[Field]) -> bool {
    fields.iter().any(|field| posted.has(*field))
}

fn is_complete(portal: &Portal, state: &Register) -> bool {
    let asks = portal.institution.registration.asks.iter();
    asks.filter(|asked| asked.of.is_empty())
        .all(|asked| !state.typed(asked.field).is_empty())
}
