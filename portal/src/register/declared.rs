//! First step where accounts are open to everybody (S2.1): people say themselves who they are. It
//! finds nobody and proves nothing; the office looks at it when they apply for something.

use miftah_rules::date::{self, Date};
use miftah_rules::form::{Posted, read};
use miftah_rules::profile::Institution;
use miftah_rules::view::{RegisterStep, Typed};
use miftah_rules::{Field, Lang, Problem, ProblemAt};

use super::{Register, may_be_robot};
use crate::fault::Fallible;
use crate::id::PersonId;
use crate::journey::Journey;
use crate::model::Person;
use crate::moment::today;
use crate::portal::{Portal, TRIES};
use crate::ports::Random;
use crate::visitor::Visitor;

/// The person is kept as typed; nobody is looked for.
///
/// # Errors
/// Only when the store fails.
pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    journey: &mut Journey<Register>,
    posted: &Posted,
) -> Fallible<()> {
    let fields = portal.institution.opens_with();
    let is_typed = fields.iter().any(|field| posted.has(*field));
    if is_typed {
        journey.state.keep(posted, &fields);
    } else if !posted.text("from").is_empty() {
        return Ok(());
    }
    let id = PersonId::new(portal.clock.as_ref(), portal.random.as_ref());
    if let Err(problems) = person(portal, &id, &journey.state.typed) {
        journey.problems = problems;
    } else if !may_be_robot(portal, visitor, journey, posted).await? {
        journey.state.person = Some(id);
        journey.state.step = RegisterStep::Contact;
    }
    Ok(())
}

/// Whoever says this of themselves; without a number, which an account brings with it.
///
/// # Errors
/// One problem for each field that cannot be read or is missing.
pub(crate) fn person(
    portal: &Portal,
    id: &PersonId,
    typed: &Typed,
) -> Result<Person, Vec<ProblemAt>> {
    let blank = Person::blank(id.clone(), status(&portal.institution));
    says(portal, blank, typed)
}

/// The same person, who now says this.
///
/// # Errors
/// As [`person`].
pub(crate) fn says(
    portal: &Portal,
    mut person: Person,
    typed: &Typed,
) -> Result<Person, Vec<ProblemAt>> {
    // Reading does not depend on the language; labels do.
    let brief = portal.institution.brief(Lang::default());
    let mut problems = Vec::new();
    for field in portal.institution.opens_with() {
        let raw = typed.get(&field).map_or("", String::as_str);
        match read(field, raw, &brief).and_then(|value| likely(portal, field, value)) {
            Ok(value) => person.set(field, &value, &portal.institution),
            Err(problem) => problems.push(problem.at(field)),
        }
    }
    if problems.is_empty() {
        Ok(person)
    } else {
        Err(problems)
    }
}

/// A birth date makes somebody of an age.
fn likely(portal: &Portal, field: Field, value: String) -> Result<String, Problem> {
    if field != Field::BirthDate {
        return Ok(value);
    }
    // In one calendar by now.
    let age = Date::parse(&value)
        .ok()
        .zip(today(portal))
        .and_then(|(date, today)| date.age_on(today));
    match age {
        Some(age) if date::AGES.contains(&age) => Ok(value),
        _ => Err(Problem::BirthDateUnlikely),
    }
}

/// Everybody's, where accounts are open.
fn status(institution: &Institution) -> String {
    let first = institution.registration.eligible.first();
    first.cloned().unwrap_or_default()
}

/// A number that nobody has yet, as far as one sees: the store judges.
///
/// # Errors
/// Only when the store fails.
pub(super) async fn number(portal: &Portal) -> Fallible<String> {
    let pattern = &portal.institution.identifiers.number.pattern;
    let draw = || pattern.draw(|n| below(portal.random.as_ref(), n));
    let mut number = draw();
    for _ in 0..TRIES {
        if portal.store.person_by_number(&number).await?.is_none() {
            break;
        }
        number = draw();
    }
    Ok(number)
}

/// One of 0 to `n` - 1, each as likely; `n` is a few dozen.
fn below(random: &dyn Random, n: u8) -> u8 {
    let fair = u8::MAX - u8::MAX % n;
    loop {
        let mut byte = [0];
        random.fill(&mut byte);
        let [byte] = byte;
        if byte < fair {
            return byte % n;
        }
    }
}
