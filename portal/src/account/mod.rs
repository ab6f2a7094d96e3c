//! The account pages: what a signed-in person sees and changes of their own account (issue A.4).
//!
//! All of them need a session; whoever has none signs in first and comes back. What touches the
//! account's safety needs the password typed within 10 minutes as well (norm 6).

use miftah_rules::form::Posted;
use miftah_rules::view::{ActRow, AddressView, Channel, Done, Page};
use miftah_rules::{Place, Problem, ProblemAt};

use crate::act::Subject;
use crate::bearer::Bearer;
use crate::fault::Fallible;
use crate::model::{Account, SealedAct};
use crate::moment::moment;
use crate::portal::Portal;
use crate::query::Query;
use crate::store::{Conflict, StoreError, Write};
use crate::visitor::{Outcome, SignedIn, Visitor};

mod close;
mod contact;
mod download;
mod language;
mod own_data;
mod password;
mod profile;
mod refusal;
mod security;
mod sessions;

pub use download::{Download, download};

/// The word in the query after another tab's change came first.
const MOVED: &str = "moved";

/// Who is asking, and what is known of them.
#[derive(Clone, Debug)]
pub(crate) struct Owner<'v> {
    pub(crate) visitor: &'v Visitor,
    pub(crate) signed_in: &'v SignedIn,
    pub(crate) bearer: Bearer,
}

impl Owner<'_> {
    fn account(&self) -> &Account {
        &self.signed_in.account
    }

    const fn here(&self) -> (&Visitor, &SignedIn) {
        (self.visitor, self.signed_in)
    }

    const fn is_officer(&self) -> bool {
        matches!(self.bearer, Bearer::Officer(_))
    }

    /// Whose history is written.
    fn subject(&self) -> Subject {
        Subject::account(&self.account().id)
    }
}

/// The account page at `place`; nothing when it is none.
///
/// # Errors
/// Store failures.
pub(crate) async fn show(
    portal: &Portal,
    owner: &Owner<'_>,
    place: &Place,
    query: &Query,
) -> Fallible<Option<Page>> {
    Ok(Some(match place {
        Place::Account => Page::Account(profile::show(portal, owner, query).await?),
        Place::OwnData => match own_data::show(portal, owner, query).await? {
            Some(view) => Page::OwnData(view),
            None => return Ok(None),
        },
        Place::Contact => Page::Contact(contact::show(portal, owner, query).await?),
        Place::Password => Page::Password(password::show(portal, owner, query).await?),
        Place::Security => Page::Security(security::show(portal, owner).await?),
        Place::Sessions => Page::Sessions(sessions::show(portal, owner, query).await?),
        // An administrator adds and removes officers.
        Place::CloseAccount if owner.is_officer() => return Ok(None),
        Place::CloseAccount => Page::Close(close::show(portal, owner, query).await?),
        _ => return Ok(None),
    }))
}

/// The post to the account page at `place`; nothing when it takes none.
///
/// # Errors
/// [`Fault`] as the verb says.
pub(crate) async fn act(
    portal: &Portal,
    owner: &Owner<'_>,
    place: &Place,
    query: &Query,
    posted: &Posted,
) -> Fallible<Option<Outcome>> {
    Ok(Some(match place {
        Place::Account => profile::submit(portal, owner, query, posted).await?,
        Place::OwnData => return own_data::submit(portal, owner, query, posted).await,
        Place::Contact => contact::submit(portal, owner, query, posted).await?,
        Place::Password => password::submit(portal, owner, query, posted).await?,
        Place::Sessions => sessions::submit(portal, owner, posted).await?,
        Place::CloseAccount if owner.is_officer() => return Ok(None),
        Place::CloseAccount => close::submit(portal, owner, query, posted).await?,
        _ => return Ok(None),
    }))
}

/// Whether a place is one of the account pages.
pub(crate) const fn is_account(place: &Place) -> bool {
    matches!(
        place,
        Place::Account
            | Place::OwnData
            | Place::Contact
            | Place::Password
            | Place::Security
            | Place::Sessions
            | Place::CloseAccount
    )
}

/// Sign-in, and back to `place` from there.
pub(crate) fn sign_in_first(place: &Place) -> Outcome {
    Outcome::see(Place::Login).with_query(format!("then={}", place.path()))
}

/// The signed-in person with what is known of them; nothing without a session.
pub(crate) fn owner(visitor: &Visitor) -> Option<Owner<'_>> {
    let signed_in = visitor.signed_in.as_ref()?;
    Some(Owner {
        visitor,
        signed_in,
        bearer: signed_in.bearer.clone(),
    })
}

/// A line of the history.
pub(crate) fn act_row(portal: &Portal, sealed: SealedAct) -> ActRow {
    ActRow {
        act: sealed.act.kind,
        at: sealed.act.at.0,
        on: moment(portal, sealed.act.at),
    }
}

/// Commits a change of the account and answers `done`. When another tab came first, nothing is
/// written and `place` shows the account as it is now, with a word about it.
async fn change_account(
    portal: &Portal,
    writes: Vec<Write>,
    done: Outcome,
    place: &Place,
) -> Fallible<Outcome> {
    match portal.store.commit(writes).await {
        Ok(()) => Ok(done),
        Err(StoreError::Conflict(Conflict::AccountMoved | Conflict::JourneyMoved)) => {
            Ok(moved(place))
        }
        Err(error) => Err(error.into()),
    }
}

/// The page as it is now: what was posted was meant for how it was before.
fn moved(place: &Place) -> Outcome {
    Outcome::see(place.clone()).with_query(format!("{MOVED}=1"))
}

/// The page after a success.
fn done(place: Place, what: Done) -> Outcome {
    Outcome::see(place).with_query(format!("done={}", what.name()))
}

/// What the query says has just succeeded.
fn told(query: &Query) -> Option<Done> {
    query.word("done").and_then(Done::from_name)
}

/// The problem of a page that another tab overtook.
fn overtaken(query: &Query) -> Vec<ProblemAt> {
    query
        .has(MOVED)
        .then(|| Problem::JourneyOver.alone())
        .into_iter()
        .collect()
}

/// Both addresses of an account, known or not. Where no SMS go out, a phone that is not there is
/// not asked for.
fn addresses(portal: &Portal, account: &Account) -> Vec<AddressView> {
    let email = AddressView {
        channel: Channel::Email,
        value: account.mailbox().map(str::to_owned),
        confirmed: account.mailbox().is_some(),
    };
    let phone = AddressView {
        channel: Channel::Phone,
        value: account.phone.clone(),
        confirmed: account.phone.is_some() && account.phone_confirmed,
    };
    let known = portal.ways.sms || phone.value.is_some();
    std::iter::once(email)
        .chain(known.then_some(phone))
        .collect()
}
