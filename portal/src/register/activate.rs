//! The page behind the link of an activation letter (norm 3, S2.1, S3.2).
//!
//! Opening it changes nothing: mail scanners open links, and some press buttons. Its button counts in
//! the browser that began the registration, which proves the address as the code would; in any other
//! one a password is chosen with it, which no scanner does, and the account opens there. A link works
//! for [`LINK_MINUTES`], once, and a new letter kills the old one's.

use miftah_rules::form::Posted;
use miftah_rules::view::{ActivateState, ActivateView, RegisterStep};
use miftah_rules::{Field, Place, Problem, ProblemAt};

use super::{Register, password, person, stand};
use crate::fault::Fallible;
use crate::journey::Journey;
use crate::letter::{ACTIVATE, Reality, read_activate};
use crate::model::Person;
use crate::portal::Portal;
use crate::query::Query;
use crate::visitor::{Outcome, Visitor};

/// Minutes an activation link is valid (norm 3).
pub(crate) const LINK_MINUTES: i64 = 24 * 60;

/// The word of the query for the problems of a password that was refused.
const REFUSED: &str = "refused";

/// A link that may still be used.
struct Link {
    journey: Journey<Register>,
    person: Person,
    /// This browser began it.
    mine: bool,
}

/// The page.
///
/// # Errors
/// Only when the store fails.
pub async fn show(
    portal: &Portal,
    visitor: &Visitor,
    query: &Query,
    token: &str,
) -> Fallible<ActivateView> {
    let Some(link) = read(portal, visitor, token).await? else {
        return Ok(ActivateView::default());
    };
    let state = &link.journey.state;
    let name = || link.person.first_name(visitor.lang).to_owned();
    Ok(ActivateView {
        state: match link.mine {
            true => ActivateState::Here,
            false => ActivateState::Elsewhere,
        },
        first_name: link.mine.then(name),
        email: password::proof_address(state)
            .unwrap_or_default()
            .to_owned(),
        problems: refused(query),
    })
}

/// The button.
///
/// # Errors
/// [`crate::fault::Fault::Busy`] when the hashing queue is full, and store failures.
pub async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    token: &str,
    posted: &Posted,
) -> Fallible<Outcome> {
    let page = Outcome::see(Place::Activate(token.to_owned()));
    if posted.switch_language().is_some() {
        return Ok(page);
    }
    let Some(Link {
        mut journey,
        person,
        mine,
    }) = read(portal, visitor, token).await?
    else {
        return Ok(page);
    };
    if mine {
        if let Some(proof) = &mut journey.state.proof {
            // Used up, whatever way leads back to this step.
            proof.burn();
        }
        journey.problems.clear();
        journey.state.step = RegisterStep::Password;
        return stand(portal, &journey, vec![]).await;
    }
    let own = password::own_data(portal, &journey.state, &person);
    match portal.read_new_password(posted, &own) {
        Ok(chosen) => password::choose(portal, visitor, &mut journey, &person, &chosen).await,
        Err(problems) => Ok(page.with_query(format!("{REFUSED}={}", codes(&problems)))),
    }
}

async fn read(portal: &Portal, visitor: &Visitor, token: &str) -> Fallible<Option<Link>> {
    let about = portal.key.read_link(ACTIVATE, token);
    let Some((id, counter)) = about.and_then(read_activate) else {
        return Ok(None);
    };
    let Some((journey, mine)) = portal.linked::<Register>(visitor, &id).await? else {
        return Ok(None);
    };
    let state = &journey.state;
    let lives = state.proof.as_ref().is_some_and(|proof| {
        proof.counter == counter
            && proof.reality == Reality::Real
            && !proof.is_burnt()
            && proof
                .sent_at
                .is_recent(portal.clock.now(), LINK_MINUTES * 60)
    });
    if !lives || state.step != RegisterStep::Code {
        return Ok(None);
    }
    let person = person(portal, state).await?;
    Ok(person.map(|person| Link {
        journey,
        person,
        mine,
    }))
}

/// Codes of problems as a word of the query: what was typed is kept nowhere.
fn codes(problems: &[ProblemAt]) -> String {
    let codes: Vec<_> = problems.iter().map(|met| met.problem.code()).collect();
    codes.join("-")
}

fn refused(query: &Query) -> Vec<ProblemAt> {
    let codes = query.word(REFUSED).unwrap_or_default().split('-').take(4);
    codes
        .filter_map(Problem::from_code)
        .map(|problem| match problem {
            Problem::PasswordsDiffer => problem.at(Field::PasswordAgain),
            problem => problem.at(Field::Password),
        })
        .collect()
}
