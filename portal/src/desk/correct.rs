//! The roll is corrected in one press, or somebody is added to it (S0.9).

use miftah_rules::complaint::{ComplaintEvent, ComplaintKind};
use miftah_rules::form::{Posted, read};
use miftah_rules::identifier::RollNumber;
use miftah_rules::{ActKind, Field, Lang, Problem};
use serde_json::json;

use super::case;
use super::moves::Case;
use crate::act::Subject;
use crate::dossier::{Complaint, words};
use crate::fault::{Fallible, Fault};
use crate::id::PersonId;
use crate::letter::{Address, Body, Decision};
use crate::model::Person;
use crate::store::{Conflict, Write};
use crate::visitor::Outcome;

/// The officer says which record it is about: none of those that were found.
pub(super) async fn link(case: &Case<'_>, posted: &Posted) -> Fallible<Outcome> {
    if !case::is_mine(case.clerk, &case.complaint) || case.complaint.kind == ComplaintKind::Assisted
    {
        return Ok(case.here());
    }
    let number = &case.portal.institution.identifiers.number;
    let (field, pattern) = (number.field, &number.pattern);
    let number = RollNumber::parse(posted.value(field), pattern);
    let Ok(number) = number else {
        return Ok(case.refused(Problem::Shape, field));
    };
    let found = case.portal.store.person_by_number(number.as_str()).await?;
    let Some(person) = found else {
        return Ok(case.refused(Problem::NoRecord, field));
    };
    let writes = vec![
        case.act(ActKind::ComplaintLinked, &json!({ "person": person.id })),
        Write::MoveComplaint(Complaint {
            person: Some(person.id),
            ..case.complaint.clone()
        }),
    ];
    case.portal.store.commit(writes).await?;
    Ok(case.here())
}

pub(super) async fn submit(case: &Case<'_>, posted: &Posted) -> Fallible<Outcome> {
    let number = posted.text("record");
    let found = case::candidates(case.portal, &case.complaint).await?;
    let chosen = found.into_iter().find(|p| p.number == number);
    let done = match chosen {
        Some(person) => correct(case, person, posted).await,
        // Where accounts are open, whoever has no record opens one.
        None if posted.text("add") == "1" && !case.portal.institution.is_open() => {
            add(case, posted).await
        }
        None => return Ok(case.here()),
    };
    match done {
        Err(Fault::Conflict(Conflict::NumberTaken)) => {
            let field = case.portal.institution.number_field();
            Ok(case.refused(Problem::NumberTaken, field))
        }
        done => done,
    }
}

/// The ticked fields become what was claimed.
async fn correct(case: &Case<'_>, person: Person, posted: &Posted) -> Fallible<Outcome> {
    let mut corrected = person.clone();
    let mut fields = Vec::new();
    let reach = [Field::Email, Field::Phone];
    let asks = case.portal.institution.asks();
    for field in case.complaint.kind.fields(&asks).into_iter().chain(reach) {
        let ticked = !posted.text(&format!("fix_{}", field.name())).is_empty();
        let claimed = case.complaint.claimed(field);
        // An address that nobody has confirmed does not become the record's.
        let may = field != Field::Email || case.complaint.email_confirmed;
        if ticked && may && !claimed.is_empty() {
            corrected.set(field, claimed, &case.portal.institution);
            fields.push(field.name());
        }
    }
    let answer = words(posted.value(Field::Answer));
    // Nothing to correct: a file has brought the right values meanwhile.
    let decision = match corrected == person {
        true => Decision::InOrder,
        false => Decision::Corrected,
    };
    let mut writes = vec![
        Write::RecordIs(person.clone()),
        case.portal
            .tell_decision(&case.complaint, decision, &answer)?,
    ];
    if corrected != person {
        let values = json!({
            "complaint": case.complaint.id,
            "fields": fields,
            "by": case.clerk.id(),
        });
        writes.push(case.portal.act(
            &Subject::person(&person.id),
            ActKind::RecordCorrected,
            &values,
        ));
        writes.extend(told_before(case, &person).await?);
        writes.push(Write::CorrectRecord(corrected));
    }
    let after = Complaint {
        person: Some(person.id),
        answer,
        ..case.complaint.clone()
    };
    let (event, act) = (ComplaintEvent::Complete, ActKind::ComplaintCompleted);
    case.commit(event, after, act, &json!({ "fields": fields }), writes)
        .await
}

/// A word to the addresses that were known before, other than the one that asks: whoever reads them
/// may know nothing of it (norm 6).
async fn told_before(case: &Case<'_>, person: &Person) -> Fallible<Vec<Write>> {
    let account = case.portal.store.account_by_person(&person.id).await?;
    let lang = account
        .as_ref()
        .map_or(case.portal.institution.default_lang, |account| account.lang);
    let body = Body::RecordCorrected {
        name: person.first_name(lang).to_owned(),
        at: case.portal.clock.now(),
    };
    let asks = case.complaint.email.to_lowercase();
    let known = person
        .email
        .iter()
        .chain(account.as_ref().map(|account| &account.email))
        .filter(|email| email.to_lowercase() != asks)
        .map(Address::email);
    case.portal.pen().tell_each(known, lang, &body)
}

/// Nobody has this number: the claim becomes a record of its own.
async fn add(case: &Case<'_>, posted: &Posted) -> Fallible<Outcome> {
    let brief = case.portal.institution.brief(Lang::default());
    // Not every institution counts in years.
    for field in [Field::Programme, Field::Status] {
        if read(field, posted.value(field), &brief).is_err() {
            return Ok(case.refused(Problem::Missing, field));
        }
    }
    let value = |field| miftah_rules::text::tidy(&words(posted.value(field)));
    let status = value(Field::Status);
    if !case
        .portal
        .institution
        .registration
        .eligible
        .contains(&status)
    {
        return Ok(case.refused(Problem::Missing, Field::Status));
    }
    let id = PersonId::new(case.portal.clock.as_ref(), case.portal.random.as_ref());
    let mut person = Person {
        programme: value(Field::Programme),
        year: value(Field::Year),
        ..Person::blank(id, status)
    };
    for field in case.complaint.kind.fields(&case.portal.institution.asks()) {
        let claimed = case.complaint.claimed(field);
        person.set(field, claimed, &case.portal.institution);
    }
    let answer = words(posted.value(Field::Answer));
    let values = json!({ "complaint": case.complaint.id, "by": case.clerk.id() });
    let writes = vec![
        case.portal
            .tell_decision(&case.complaint, Decision::Added, &answer)?,
        case.portal
            .act(&Subject::person(&person.id), ActKind::PersonAdded, &values),
        Write::AddPerson(person.clone()),
    ];
    let after = Complaint {
        person: Some(person.id),
        answer,
        ..case.complaint.clone()
    };
    let (event, act) = (ComplaintEvent::Complete, ActKind::ComplaintCompleted);
    case.commit(event, after, act, &json!({ "added": true }), writes)
        .await
}
