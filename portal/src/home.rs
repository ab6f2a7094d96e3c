//! Home: what needs me now.

use miftah_rules::Lang;
use miftah_rules::view::{HomeView, News, Standing, Todo};

use crate::account::{self, Owner};
use crate::fault::Fallible;
use crate::model::{Account, Person};
use crate::portal::Portal;
use crate::query::Query;
use crate::visitor::Visitor;

/// The page.
///
/// # Errors
/// Only when the store fails.
pub async fn show(portal: &Portal, visitor: &Visitor, query: &Query) -> Fallible<HomeView> {
    let Some(Owner {
        signed_in, person, ..
    }) = account::owner(portal, visitor).await?
    else {
        return Ok(HomeView::Anonymous);
    };
    let eligible = &portal.institution.registration.eligible;
    Ok(HomeView::SignedIn {
        name: person.first_name(visitor.lang).to_owned(),
        student_number: person.student_number.clone(),
        programme: person.programme.clone(),
        year: person.year.clone(),
        standing: match eligible.contains(&person.status) {
            true => Standing::Listed,
            false => Standing::NotListed,
        },
        todos: todos(portal, &signed_in.account),
        news: query.word("news").and_then(News::from_name),
    })
}

fn todos(portal: &Portal, account: &Account) -> Vec<Todo> {
    if !portal.ways.sms {
        return vec![];
    }
    match (&account.phone, account.phone_confirmed) {
        (None, _) => vec![Todo::AddPhone],
        (Some(_), false) => vec![Todo::ConfirmPhone],
        (Some(_), true) => vec![],
    }
}

impl Person {
    /// The first name in the language's script.
    pub fn first_name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ar => &self.first_name_ar,
            Lang::Fr | Lang::En => &self.first_name_latin,
        }
    }

    /// First and last name in the language's script.
    pub fn full_name(&self, lang: Lang) -> String {
        match lang {
            Lang::Ar => format!("{} {}", self.first_name_ar, self.last_name_ar),
            Lang::Fr | Lang::En => format!("{} {}", self.first_name_latin, self.last_name_latin),
        }
    }
}
