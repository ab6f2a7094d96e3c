//! The second step: the code from the new address, and with it the change.

use miftah_rules::ActKind;
use miftah_rules::email::Email;
use miftah_rules::form::Posted;
use miftah_rules::view::{Channel, Done};
use miftah_rules::{Field, Place, Problem};
use serde_json::json;

use super::Contact;
use crate::account::{Owner, done, moved};
use crate::fault::Fallible;
use crate::journey::Journey;
use crate::letter::{Address, Body, Change};
use crate::model::Account;
use crate::portal::Portal;
use crate::proof::masked;
use crate::store::{Conflict, StoreError, Write};
use crate::visitor::Outcome;

/// A change that its code has proved.
struct Proved {
    account: Account,
    change: Change,
    /// Name in the history.
    act: ActKind,
    /// The address that was replaced.
    former: Option<Address>,
    done: Done,
}

/// The form with the code.
///
/// # Errors
/// Only when the store fails.
pub(super) async fn confirm(
    portal: &Portal,
    owner: &Owner<'_>,
    mut journey: Journey<Contact>,
    posted: &Posted,
) -> Fallible<Outcome> {
    let here = Outcome::see(Place::Contact).with_query(journey.query());
    let Some(mut proof) = journey.state.proof.clone() else {
        return Ok(here);
    };
    let checked = portal
        .check_code(owner.visitor, &journey.id, &mut proof, posted)
        .await?;
    let to = proof.to.clone();
    journey.state.proof = Some(proof);
    if let Some(problem) = checked.problem {
        journey.problems = vec![problem];
        return portal.settle(&journey, checked.writes, here).await;
    }
    let proved = proved(owner.account(), &to);
    let former: Vec<Address> = proved.former.iter().cloned().collect();
    let values = json!({ "from": former.first().map(masked), "to": masked(&to) });
    let mut writes = vec![
        journey.end(portal)?,
        Write::ChangeAccount(proved.account.clone()),
        Write::EndJourneys {
            account: proved.account.id.clone(),
            except: None,
        },
        portal.act(&owner.subject(), proved.act, &values),
    ];
    writes.extend(checked.writes);
    let (visitor, bearer) = (owner.visitor, &owner.bearer);
    writes.extend(portal.tell_all(visitor, &proved.account, bearer, proved.change, &former)?);
    match portal.store.commit(writes).await {
        Ok(()) => Ok(done(Place::Contact, proved.done)),
        Err(StoreError::Conflict(Conflict::EmailTaken)) => taken(portal, owner, journey, &to).await,
        Err(StoreError::Conflict(Conflict::JourneyMoved)) => Ok(here),
        Err(StoreError::Conflict(Conflict::AccountMoved)) => Ok(moved(&Place::Contact)),
        Err(error) => Err(error.into()),
    }
}

/// The account as it is with the new address.
fn proved(before: &Account, to: &Address) -> Proved {
    let mut account = before.clone();
    match to.channel {
        Channel::Email => {
            account.email_key = Email::parse(&to.to).map_or_else(|_| to.to.clone(), |e| e.key());
            account.email.clone_from(&to.to);
            Proved {
                account,
                change: Change::EmailChanged,
                act: ActKind::EmailChanged,
                former: before.mailbox().map(Address::email),
                done: Done::EmailChanged,
            }
        }
        Channel::Phone => {
            account.phone = Some(to.to.clone());
            account.phone_confirmed = true;
            let same = before.phone.as_deref() == Some(&to.to);
            // A number that was never confirmed is not known to be the person's: it hears nothing.
            let former = before
                .phone
                .as_ref()
                .filter(|_| before.phone_confirmed && !same);
            let act = match &before.phone {
                None => ActKind::PhoneAdded,
                Some(_) if same => ActKind::PhoneConfirmed,
                Some(_) => ActKind::PhoneChanged,
            };
            Proved {
                account,
                change: Change::PhoneChanged,
                act,
                former: former.map(Address::phone),
                done: Done::PhoneChanged,
            }
        }
    }
}

/// Somebody opened an account with this e-mail while the code was on its way. Whoever typed the
/// code holds the mailbox, so the page may say it.
async fn taken(
    portal: &Portal,
    owner: &Owner<'_>,
    mut journey: Journey<Contact>,
    to: &Address,
) -> Fallible<Outcome> {
    journey.state.go_back();
    journey.problems = vec![Problem::EmailInUse.at(Field::Email)];
    let letter = portal.letter(to, owner.visitor.lang, &Body::EmailInUse)?;
    let here = Outcome::see(Place::Contact).with_query(journey.query());
    portal.settle(&journey, vec![letter], here).await
}
