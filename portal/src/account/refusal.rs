//! A refused form of an account page: its problems, kept in a journey so that they outlive the
//! redirect. What was typed in these forms is secret, so nothing else is remembered.

use miftah_rules::view::Trail;
use miftah_rules::{Place, ProblemAt};
use serde::{Deserialize, Serialize};

use super::{Owner, overtaken};
use crate::fault::Fallible;
use crate::id::AccountId;
use crate::journey::{Journey, Loaded, State};
use crate::portal::Portal;
use crate::query::Query;
use crate::store::Write;
use crate::visitor::Outcome;

/// Which form was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Form {
    Profile,
    Password,
    Close,
}

impl Form {
    const fn place(self) -> Place {
        match self {
            Self::Profile => Place::Account,
            Self::Password => Place::Password,
            Self::Close => Place::CloseAccount,
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Refusal {
    account: AccountId,
    form: Form,
}

impl State for Refusal {
    const KIND: &'static str = "account";

    fn step(&self) -> &'static str {
        match self.form {
            Form::Profile => "profile",
            Form::Password => "password",
            Form::Close => "close",
        }
    }

    fn account(&self) -> Option<&AccountId> {
        Some(&self.account)
    }
}

/// What a page has to say about its form: problems of the refusal in the query, or that
/// another tab came first.
///
/// # Errors
/// Only when the store fails.
pub(super) async fn refusal_at(
    portal: &Portal,
    owner: &Owner<'_>,
    form: Form,
    query: &Query,
) -> Fallible<(Trail, Vec<ProblemAt>)> {
    // A refusal that is over says nothing: its page is right without it.
    Ok(match refusal(portal, owner, form, query).await? {
        Some(journey) => {
            let trail = Trail {
                journey: query.journey().map(str::to_owned),
                from: None,
            };
            (trail, journey.problems)
        }
        None => (Trail::default(), overtaken(query)),
    })
}

/// Refuses a form.
///
/// # Errors
/// Only when the store fails.
pub(super) async fn refuse(
    portal: &Portal,
    owner: &Owner<'_>,
    form: Form,
    query: &Query,
    problems: Vec<ProblemAt>,
    writes: Vec<Write>,
) -> Fallible<Outcome> {
    let known = refusal(portal, owner, form, query).await?;
    let mut journey = match known {
        Some(journey) => journey,
        None => {
            let account = owner.account().id.clone();
            portal.begin(owner.visitor, Refusal { account, form })?
        }
    };
    journey.problems = problems;
    let outcome = Outcome::see(form.place()).with_query(journey.query());
    portal.settle(&journey, writes, outcome).await
}

/// The refusal of this form and this account that the query names.
async fn refusal(
    portal: &Portal,
    owner: &Owner<'_>,
    form: Form,
    query: &Query,
) -> Fallible<Option<Journey<Refusal>>> {
    let Some(id) = query.journey() else {
        return Ok(None);
    };
    Ok(match portal.journey::<Refusal>(owner.visitor, id).await? {
        Loaded::Here(journey)
            if journey.state.account == owner.account().id && journey.state.form == form =>
        {
            Some(*journey)
        }
        Loaded::Here(_) | Loaded::Gone => None,
    })
}
