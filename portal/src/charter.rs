//! Terms that are read and accepted after sign-in, before anything else (S3.4): those of institutions
//! that show them then, and everywhere a version that somebody has not accepted yet. Whoever does not
//! accept signs out.

use miftah_rules::form::Posted;
use miftah_rules::view::{News, TermsAsk};
use miftah_rules::{ActKind, Field, Place};
use serde_json::json;

use crate::act::Subject;
use crate::bearer::Bearer;
use crate::fault::Fallible;
use crate::portal::Portal;
use crate::query::Query;
use crate::store::Write;
use crate::visitor::{Outcome, SignedIn, Visitor};

/// Whoever is signed in and has not accepted the terms as they are now. Officers have none.
fn owing<'v>(portal: &Portal, visitor: &'v Visitor) -> Option<&'v SignedIn> {
    visitor.signed_in.as_ref().filter(|here| {
        matches!(here.bearer, Bearer::Person(_))
            && here.account.terms_version != portal.institution.terms.version
    })
}

/// Where somebody is led instead of `place` while they have not accepted.
pub(crate) fn first(
    portal: &Portal,
    visitor: &Visitor,
    place: &Place,
    query: &Query,
) -> Option<Outcome> {
    let is_open = matches!(
        place,
        Place::Terms
            | Place::Privacy
            | Place::Logout
            | Place::Problems
            | Place::Problem(_)
            | Place::NotMe(_)
    );
    let here = owing(portal, visitor).filter(|_| !is_open)?;
    // After a temporary password the page that says so comes next, wherever somebody wanted to go.
    let leads_on = here.session.temporary.is_none() && place.follows_sign_in();
    let wanted = Some(place).filter(|place| leads_on && **place != Place::Login);
    let then = wanted.map(Place::path);
    Some(terms(then.as_deref(), told(query)))
}

/// The page of the terms, with what follows them.
fn terms(then: Option<&str>, news: Option<News>) -> Outcome {
    let then = then.map(|then| format!("then={then}"));
    let news = news.map(|news| format!("news={}", news.name()));
    let words: Vec<_> = then.into_iter().chain(news).collect();
    Outcome::see(Place::Terms).with_query(words.join("&"))
}

fn told(query: &Query) -> Option<News> {
    query.word("news").and_then(News::from_name)
}

/// What the page of the terms asks of whoever looks at it.
pub(crate) fn asks(portal: &Portal, visitor: &Visitor, query: &Query) -> Option<TermsAsk> {
    owing(portal, visitor).map(|_| TermsAsk {
        then: query.then(),
        news: told(query),
    })
}

/// The button under the terms.
///
/// # Errors
/// Store failures.
pub(crate) async fn accept(
    portal: &Portal,
    visitor: &Visitor,
    posted: &Posted,
) -> Fallible<Outcome> {
    let news = Some(posted.text("news")).and_then(News::from_name);
    let then = Query::new(&format!("then={}", posted.text("then"))).then();
    let Some(here) = owing(portal, visitor) else {
        return Ok(onward(then.as_deref(), news));
    };
    // What was accepted is what was read: a version that came meanwhile is shown first.
    let version = &portal.institution.terms.version;
    let accepted = posted.ticked(Field::Terms) && posted.text("version") == version;
    if !accepted || posted.switch_language().is_some() {
        return Ok(terms(then.as_deref(), news));
    }
    let mut account = here.account.clone();
    account.terms_version.clone_from(version);
    let act = portal.act(
        &Subject::account(&account.id),
        ActKind::TermsAccepted,
        &json!({ "version": version }),
    );
    portal
        .store
        .commit(vec![Write::ChangeAccount(account), act])
        .await?;
    Ok(onward(then.as_deref(), news))
}

fn onward(then: Option<&str>, news: Option<News>) -> Outcome {
    match (then.and_then(Place::parse), news) {
        (Some(place), _) => Outcome::see(place),
        (None, Some(news)) => Outcome::see(Place::Home).with_query(format!("news={}", news.name())),
        (None, None) => Outcome::see(Place::Home),
    }
}
