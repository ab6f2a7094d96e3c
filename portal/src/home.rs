//! Home: what needs me now.

use miftah_rules::Place;
use miftah_rules::view::{HomeView, News, Page, Standing, Todo};

use crate::account::{self, Owner};
use crate::bearer::Bearer;
use crate::fault::Fallible;
use crate::model::Account;
use crate::pages::Shown;
use crate::portal::Portal;
use crate::query::Query;
use crate::visitor::{Outcome, Visitor};

/// The page.
///
/// # Errors
/// Only when the store fails.
pub async fn show(portal: &Portal, visitor: &Visitor, query: &Query) -> Fallible<Shown> {
    let Some(Owner {
        signed_in, bearer, ..
    }) = account::owner(visitor)
    else {
        return Ok(Page::Home(HomeView::Anonymous).into());
    };
    // What needs a member of staff is on their desk.
    let Bearer::Person(person) = bearer else {
        return Ok(Shown::Elsewhere(Outcome::see(Place::Staff)));
    };
    let eligible = &portal.institution.registration.eligible;
    Ok(Page::Home(HomeView::SignedIn {
        name: person.first_name(visitor.lang).to_owned(),
        number: person.number.clone(),
        programme: person.programme.clone(),
        year: person.year.clone(),
        standing: match eligible.contains(&person.status) {
            true => Standing::Listed,
            false => Standing::NotListed,
        },
        todos: todos(portal, &signed_in.account),
        news: query.word("news").and_then(News::from_name),
    })
    .into())
}

fn todos(portal: &Portal, account: &Account) -> Vec<Todo> {
    let domains = &portal.institution.recovery.same_password;
    let domain = account.email_key.rsplit_once('@').map(|(_, domain)| domain);
    let email = match domain {
        None => Some(Todo::AddEmail),
        Some(domain) if domains.iter().any(|own| own == domain) => Some(Todo::OtherEmail),
        Some(_) => None,
    };
    let phone = match (&account.phone, account.phone_confirmed) {
        _ if !portal.ways.sms => None,
        (None, _) => Some(Todo::AddPhone),
        (Some(_), false) => Some(Todo::ConfirmPhone),
        (Some(_), true) => None,
    };
    email.into_iter().chain(phone).collect()
}
