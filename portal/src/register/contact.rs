//! Second step: the address that will be the account's, a phone if wanted, the terms.

use miftah_rules::email::Email;
use miftah_rules::form::{Posted, read, read_optional};
use miftah_rules::profile::{Brief, FirstClaim};
use miftah_rules::view::RegisterStep;
use miftah_rules::{Field, Lang, Place, Problem, ProblemAt};

use super::{Register, stand};
use crate::budget::{Budget, Sender};
use crate::fault::Fallible;
use crate::journey::Journey;
use crate::letter::{Address, Purpose, Reality};
use crate::model::Person;
use crate::portal::Portal;
use crate::proof::{Instead, NextCode};
use crate::store::Write;
use crate::visitor::{Outcome, Visitor};

pub(super) const FIELDS: [Field; 4] = [Field::Email, Field::EmailAgain, Field::Phone, Field::Terms];

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    journey: &mut Journey<Register>,
    person: &Person,
    posted: &Posted,
) -> Fallible<Outcome> {
    journey.state.keep(posted, &FIELDS);
    match posted.action() {
        "back" => {
            journey.state.step = RegisterStep::Who;
            journey.state.person = None;
            // A code was sent for one record and proves nothing for another.
            if let Some(proof) = &mut journey.state.proof {
                proof.burn();
            }
            return stand(portal, journey, vec![]).await;
        }
        // Buttons, not links: what was typed is kept before the page is left.
        "read_terms" => return leave_for(portal, journey, Place::Terms).await,
        "read_privacy" => return leave_for(portal, journey, Place::Privacy).await,
        "use_suggestion" => {
            if let Some(meant) = suggestion(portal, &journey.state) {
                journey
                    .state
                    .typed
                    .insert(Field::Email, meant.as_str().to_owned());
                // Nobody types it a third time.
                journey
                    .state
                    .typed
                    .insert(Field::EmailAgain, meant.as_str().to_owned());
            }
        }
        _ => {}
    }
    let writes = go_on(portal, visitor, journey, person).await?;
    stand(portal, journey, writes).await
}

async fn leave_for(
    portal: &Portal,
    journey: &Journey<Register>,
    place: Place,
) -> Fallible<Outcome> {
    portal
        .settle(
            journey,
            vec![],
            Outcome::see(place).with_query(journey.query()),
        )
        .await
}

async fn go_on(
    portal: &Portal,
    visitor: &Visitor,
    journey: &mut Journey<Register>,
    person: &Person,
) -> Fallible<Vec<Write>> {
    let email = match read_contact(portal, &journey.state) {
        Ok(email) => email,
        Err(problems) => {
            journey.problems = problems;
            return Ok(vec![]);
        }
    };
    if suggestion(portal, &journey.state).is_some() && journey.state.asked != Some(email.key()) {
        journey.state.asked = Some(email.key());
        return Ok(vec![]);
    }
    let to = Address::email(email.as_str());
    if portal.is_on_its_way(journey.state.proof.as_ref(), &to) {
        journey.state.step = RegisterStep::Code;
        return Ok(vec![]);
    }
    let key = email.key();
    if let Some(wait) = portal
        .codes_held_back(visitor, budget(portal, &key, person), &to)
        .await?
    {
        journey.problems = vec![wait];
        return Ok(vec![]);
    }
    let writes = send(portal, visitor, journey, person, &email).await?;
    if let Some(proof) = &mut journey.state.proof {
        proof.again = false;
    }
    journey.state.step = RegisterStep::Code;
    Ok(writes)
}

fn read_contact(portal: &Portal, state: &Register) -> Result<Email, Vec<ProblemAt>> {
    let brief = portal.institution.brief(Lang::default());
    let form = state.form();
    let email = read(Field::Email, state.typed(Field::Email), &brief)
        .and_then(|email| Email::parse(&email).map_err(|_| Problem::EmailShape))
        .map_err(|problem| problem.at(Field::Email));
    let phone = match portal.institution.registration.needs_phone {
        true => read(Field::Phone, state.typed(Field::Phone), &brief)
            .map(Some)
            .map_err(|problem| problem.at(Field::Phone)),
        false => read_optional(&form, Field::Phone, &brief),
    };
    let terms = if !brief.asks_terms || form.ticked(Field::Terms) {
        Ok(())
    } else {
        Err(Problem::TermsNotAccepted.at(Field::Terms))
    };
    let again = again(state, &brief, email.as_ref().ok());
    match (email, again, phone, terms) {
        (Ok(email), Ok(()), Ok(_), Ok(())) => Ok(email),
        (email, again, phone, terms) => {
            let problems = [email.err(), again.err(), phone.err(), terms.err()];
            Err(problems.into_iter().flatten().collect())
        }
    }
}

/// The address typed twice, where it is.
fn again(state: &Register, brief: &Brief, email: Option<&Email>) -> Result<(), ProblemAt> {
    if !brief.email_twice {
        return Ok(());
    }
    let again = read(Field::EmailAgain, state.typed(Field::EmailAgain), brief)
        .map_err(|problem| problem.at(Field::EmailAgain))?;
    let differs = email
        .is_some_and(|email| Email::parse(&again).map_or(true, |again| again.key() != email.key()));
    match differs {
        true => Err(Problem::EmailsDiffer.at(Field::EmailAgain)),
        false => Ok(()),
    }
}

/// The address that was probably meant instead of the one typed.
fn suggestion(portal: &Portal, state: &Register) -> Option<Email> {
    let typed = Email::parse(state.typed(Field::Email)).ok()?;
    let office = Email::parse(&portal.institution.office.email).ok();
    let own: Vec<_> = office.iter().map(Email::domain).collect();
    typed.suggestion(&own)
}

/// The suggestion while it is being asked about.
pub(super) fn asked(portal: &Portal, state: &Register) -> Option<String> {
    let asked = state.asked.as_deref()?;
    let typed = Email::parse(state.typed(Field::Email)).ok()?;
    let meant = suggestion(portal, state).filter(|_| typed.key() == asked)?;
    Some(meant.as_str().to_owned())
}

/// Codes are counted for the address, whoever asks, and for the person, whatever they ask for. Where
/// people only say who they are, that is the journey's, and their network is slowed down.
pub(super) fn budget<'a>(portal: &Portal, key: &'a str, person: &'a Person) -> Budget<'a> {
    Budget {
        of: key,
        sender: match portal.institution.is_open() {
            true => Sender::Newcomer(person.id.as_str()),
            false => Sender::Known(person.id.as_str()),
        },
    }
}

/// A code to the address, or, where an account has it already, a word to its owner. Both cost the
/// same look-ups and the same writes, go out at the same time, and show the same page (S0.6, norm 2).
pub(super) async fn send(
    portal: &Portal,
    visitor: &Visitor,
    journey: &mut Journey<Register>,
    person: &Person,
    email: &Email,
) -> Fallible<Vec<Write>> {
    let key = email.key();
    let owner = portal.store.account_by_email(&key).await?;
    let free = owner.is_none() && may_claim(portal, person, email);
    let reality = if free { Reality::Real } else { Reality::Decoy };
    let to = Address::email(email.as_str());
    let previous = journey.state.proof.as_ref();
    let (proof, writes) = portal
        .send_code(
            visitor,
            &journey.id,
            NextCode {
                purpose: Purpose::Register,
                to,
                reality,
                instead: owner.as_ref().map(Instead::in_use),
                budget: budget(portal, &key, person),
                previous,
            },
        )
        .await?;
    journey.state.proof = Some(proof);
    Ok(writes)
}

/// What the owner is told when the address was taken while this journey was under way.
pub(super) async fn tell_owner(portal: &Portal, email: &Email) -> Fallible<Vec<Write>> {
    let owner = portal.store.account_by_email(&email.key()).await?;
    let letter = owner
        .as_ref()
        .map(Instead::in_use)
        .map(|told| portal.letter(&told.to, told.lang, &told.body));
    Ok(letter.transpose()?.into_iter().collect())
}

/// Where the profile wants it, only an address on the roll opens an account (norm 1).
fn may_claim(portal: &Portal, person: &Person, email: &Email) -> bool {
    match portal.institution.registration.first_claim {
        FirstClaim::Declared => true,
        FirstClaim::RecordAddress => {
            let record = person
                .email
                .as_deref()
                .and_then(|on_roll| Email::parse(on_roll).ok());
            record.is_some_and(|record| record.key() == email.key())
        }
    }
}
