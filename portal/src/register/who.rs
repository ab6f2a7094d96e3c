//! First step: student number, document and birth date find the record, together or not at all.

use miftah_rules::form::{Posted, read_all};
use miftah_rules::view::RegisterStep;
use miftah_rules::{Field, Lang, Problem, ProblemAt};

use super::Register;
use crate::fault::Fallible;
use crate::journey::Journey;
use crate::model::Person;
use crate::portal::Portal;
use crate::store::Write;
use crate::throttle::PERSON;
use crate::visitor::Visitor;

pub(super) const FIELDS: [Field; 3] = [Field::StudentNumber, Field::NationalId, Field::BirthDate];

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    journey: &mut Journey<Register>,
    posted: &Posted,
) -> Fallible<Vec<Write>> {
    if typed_here(posted) {
        journey.state.keep(posted, &FIELDS);
    } else if !is_complete(&journey.state) && !posted.text("from").is_empty() {
        // Another journey brought a part of the data: the rest is asked, not complained about.
        return Ok(vec![]);
    }
    // Reading does not depend on the language; labels do.
    let brief = portal.institution.brief(Lang::default());
    let read = read_all(&journey.state.form(), FIELDS, &brief);
    let [number, national_id, birth_date] = match read {
        Ok(values) => values,
        Err(problems) => {
            journey.problems = problems;
            return Ok(vec![]);
        }
    };
    let mut attempt = portal.attempt(PERSON, &number, visitor);
    if let Some(wait) = attempt.held_back().await? {
        journey.problems = vec![wait];
        return Ok(vec![]);
    }
    let found = portal.store.person_by_number(&number).await?;
    let matching = found.filter(|person| person.has(&national_id, &birth_date));
    let Some(person) = matching else {
        journey.state.mismatches = journey.state.mismatches.saturating_add(1);
        journey.problems = vec![Problem::NoRecord.alone()];
        return Ok(attempt.failed());
    };
    if let Some(problem) = refusal(portal, &person).await? {
        journey.problems = vec![problem];
        return Ok(attempt.allowed());
    }
    journey.state.person = Some(person.id);
    journey.state.step = RegisterStep::Contact;
    Ok(attempt.allowed())
}

/// Why this person cannot open an account, if so. Told only after all data matched (norm 2).
pub(super) async fn refusal(portal: &Portal, person: &Person) -> Fallible<Option<ProblemAt>> {
    if portal.store.account_by_person(&person.id).await?.is_some() {
        return Ok(Some(Problem::AccountExists.alone()));
    }
    let eligible = portal
        .institution
        .registration
        .eligible
        .contains(&person.status);
    Ok((!eligible).then(|| Problem::NotEligible.alone()))
}

fn typed_here(posted: &Posted) -> bool {
    FIELDS.iter().any(|field| posted.has(*field))
}

fn is_complete(state: &Register) -> bool {
    FIELDS.iter().all(|field| !state.typed(*field).is_empty())
}
