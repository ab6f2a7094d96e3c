//! Changing the password: the current one, the new one twice (norms 4 and 6).
//!
//! Other sessions and journeys end: whoever else knew the old password, or holds a code from
//! before, is out.

use miftah_rules::ActKind;
use miftah_rules::complaint::CloseReason;
use miftah_rules::form::Posted;
use miftah_rules::password::OwnData;
use miftah_rules::view::{Channel, Done, News, PasswordHints, PasswordView};
use miftah_rules::{Field, Place};
use serde_json::json;

use super::refusal::{Form, refusal_at, refuse};
use super::{Owner, change_account, done, moved};
use crate::choose_password::typed_password;
use crate::due;
use crate::fault::Fallible;
use crate::letter::Change;
use crate::model::Account;
use crate::portal::Portal;
use crate::prove::{Wanted, has_this_password, prove};
use crate::query::Query;
use crate::recover::Temporary;
use crate::store::{Conflict, StoreError, Write};
use crate::visitor::Outcome;

/// The page.
///
/// # Errors
/// Only when the store fails.
pub(super) async fn show(
    portal: &Portal,
    owner: &Owner<'_>,
    query: &Query,
) -> Fallible<PasswordView> {
    let (trail, problems) = refusal_at(portal, owner, Form::Password, query).await?;
    Ok(PasswordView {
        trail,
        problems,
        hints: PasswordHints {
            own: own_data(portal, owner),
        },
        since: owner.account().password_changed_at.0,
        due: due::stage(owner.signed_in, query),
    })
}

/// The form.
///
/// # Errors
/// [`crate::fault::Fault::Busy`] when the hashing queue is full, and store failures.
pub(super) async fn submit(
    portal: &Portal,
    owner: &Owner<'_>,
    query: &Query,
    posted: &Posted,
) -> Fallible<Outcome> {
    if posted.switch_language().is_some() {
        // All fields are secret: there is nothing to keep.
        return Ok(Outcome::see(Place::Password));
    }
    if is_overtaken(owner, posted) {
        return Ok(if has_this_password(portal, owner.here(), posted).await? {
            done(Place::Account, Done::PasswordChanged)
        } else {
            moved(&Place::Password)
        });
    }
    let chosen = portal.read_new_password(posted, &own_data(portal, owner));
    let proof = prove(portal, owner.here(), posted, Wanted::Now).await?;
    let chosen = match (chosen, proof.problem) {
        (Ok(chosen), None) => chosen,
        (chosen, problem) => {
            let met = problem
                .into_iter()
                .chain(chosen.err().unwrap_or_default())
                .collect();
            return refuse(portal, owner, Form::Password, query, met, proof.writes).await;
        }
    };
    let mut account = owner.account().clone();
    account.password = portal.hasher.hash(&chosen).await?;
    account.password_changed_at = portal.clock.now();
    if let Some(journey) = &owner.signed_in.session.temporary {
        let typed = typed_password(posted, Field::CurrentPassword);
        let temporary = portal.temporary_of(journey, typed.expose()).await?;
        return replace_temporary(portal, owner, account, temporary, proof.writes).await;
    }
    let mut writes = portal.tell_all(
        owner.visitor,
        &account,
        &owner.bearer,
        Change::PasswordChanged,
        &[],
    )?;
    writes.extend(proof.writes);
    let ended = portal.end_assisted(owner.visitor, &owner.bearer, CloseReason::Overtaken);
    writes.extend(ended.await?);
    writes.extend([
        Write::EndSessions {
            account: account.id.clone(),
            except: Some(owner.signed_in.session.id.clone()),
        },
        Write::EndJourneys {
            account: account.id.clone(),
            except: None,
        },
        portal.act(
            &owner.subject(),
            ActKind::PasswordChanged,
            &json!({ "device": owner.visitor.device }),
        ),
        Write::ChangeAccount(account),
    ]);
    let changed = done(Place::Account, Done::PasswordChanged);
    change_account(portal, writes, changed, &Place::Password).await
}

/// A password of one's own in the place of the temporary one, which is dead from now on: the account is
/// its owner's again (norms 6 and 8).
async fn replace_temporary(
    portal: &Portal,
    owner: &Owner<'_>,
    mut account: Account,
    temporary: Temporary,
    mut writes: Vec<Write>,
) -> Fallible<Outcome> {
    let Temporary::Right { to, .. } = temporary else {
        return Ok(moved(&Place::Password));
    };
    // Two people may share the mailbox that the roll has for both: it is one account's alone.
    let key = to.key();
    if to.channel == Channel::Phone || portal.store.account_by_email(&key).await?.is_none() {
        account.take(&to);
    }
    let change = Change::Recovered;
    writes.extend(portal.tell_all(owner.visitor, &account, &owner.bearer, change, &[])?);
    let ended = portal.end_assisted(owner.visitor, &owner.bearer, CloseReason::Overtaken);
    writes.extend(ended.await?);
    let id = owner.signed_in.session.id.clone();
    writes.extend([
        Write::EndSessions {
            account: account.id.clone(),
            except: Some(id.clone()),
        },
        Write::EndJourneys {
            account: account.id.clone(),
            except: None,
        },
        Write::SettleSession { id },
        portal.act(
            &owner.subject(),
            ActKind::AccountRecovered,
            &json!({ "by": to.channel, "device": owner.visitor.device }),
        ),
        Write::ChangeAccount(account),
    ]);
    let news = News::PasswordChosen.name();
    let home = Outcome::see(Place::Home).with_query(format!("news={news}"));
    match portal.store.commit(writes).await {
        Ok(()) => Ok(home),
        Err(StoreError::Conflict(Conflict::AccountMoved | Conflict::EmailTaken)) => {
            Ok(moved(&Place::Password))
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether the form was shown before the password was last changed.
fn is_overtaken(owner: &Owner<'_>, posted: &Posted) -> bool {
    let since = posted.text("since");
    !since.is_empty() && since.parse() != Ok(owner.account().password_changed_at.0)
}

fn own_data(portal: &Portal, owner: &Owner<'_>) -> OwnData {
    let account = owner.account();
    let on_record = owner.bearer.addresses_on_record();
    let of = |channel| {
        on_record
            .iter()
            .find(|address| address.channel == channel)
            .map(|address| address.to.as_str())
    };
    let emails: Vec<&str> = std::iter::once(account.email.as_str())
        .chain(of(Channel::Email))
        .collect();
    let phone = account.phone.as_deref().or_else(|| of(Channel::Phone));
    portal.own_data(&owner.bearer, &emails, phone)
}
