//! Removing the phone: no code, since nothing new has to be proved; the number itself is told.

use miftah_rules::ActKind;
use miftah_rules::Place;
use miftah_rules::form::Posted;
use miftah_rules::view::Done;
use serde_json::json;

use super::Contact;
use crate::account::{Owner, change_account, done};
use crate::fault::Fallible;
use crate::journey::Journey;
use crate::letter::{Address, Change};
use crate::portal::Portal;
use crate::proof::masked;
use crate::prove::{Wanted, prove};
use crate::store::Write;
use crate::visitor::Outcome;

/// The form under what the removal entails.
///
/// # Errors
/// [`crate::fault::Fault::Busy`] when the hashing queue is full, and store failures.
pub(super) async fn remove(
    portal: &Portal,
    owner: &Owner<'_>,
    mut journey: Journey<Contact>,
    posted: &Posted,
) -> Fallible<Outcome> {
    let proof = prove(portal, owner.here(), posted, Wanted::Recently).await?;
    if let Some(problem) = proof.problem {
        let here = Outcome::see(Place::Contact).with_query(journey.query());
        journey.problems = vec![problem];
        return portal.settle(&journey, proof.writes, here).await;
    }
    let removed = done(Place::Contact, Done::PhoneRemoved);
    let mut account = owner.account().clone();
    let Some(phone) = account.phone.take() else {
        return Ok(removed);
    };
    let was_confirmed = std::mem::take(&mut account.phone_confirmed);
    let former = Address::phone(phone);
    let mut writes = vec![
        journey.end(portal)?,
        Write::EndJourneys {
            account: account.id.clone(),
            except: None,
        },
        portal.act(
            &owner.subject(),
            ActKind::PhoneRemoved,
            &json!({ "from": masked(&former) }),
        ),
    ];
    writes.extend(proof.writes);
    let (visitor, bearer) = (owner.visitor, &owner.bearer);
    let former = [former];
    let letters = portal.tell_all(visitor, &account, bearer, Change::PhoneRemoved, &former)?;
    writes.extend(letters.into_iter().filter(|write| {
        // A number that was never confirmed is not known to be the person's: it hears nothing.
        let [gone] = &former;
        was_confirmed || !matches!(write, Write::Queue(letter) if letter.to == gone.to)
    }));
    writes.push(Write::ChangeAccount(account));
    change_account(portal, writes, removed, &Place::Contact).await
}
