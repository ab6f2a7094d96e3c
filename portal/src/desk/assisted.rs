//! Assisted recovery at the desk (S0.12): two different officers agree, then a waiting period runs in
//! which every address that is known can stop it (norm 6).

use miftah_rules::ActKind;
use miftah_rules::complaint::{ComplaintEvent, ComplaintKind};
use serde_json::json;

use super::moves::Case;
use crate::act::Subject;
use crate::bearer::Bearer;
use crate::dossier::Complaint;
use crate::fault::Fallible;
use crate::letter::{Address, Body, Decision};
use crate::model::{Account, AccountState};
use crate::portal::Portal;
use crate::ports::Millis;
use crate::store::Write;
use crate::visitor::Outcome;

/// The first officer: back to the queue, for another one.
pub(super) async fn approve(case: &Case<'_>) -> Fallible<Outcome> {
    let approved = Complaint {
        approved_by: Some(case.clerk.id().clone()),
        officer: None,
        ..case.complaint.clone()
    };
    let (event, act) = (ComplaintEvent::Approve, ActKind::ComplaintApproved);
    case.commit(event, approved, act, &json!({}), vec![]).await
}

/// The second officer: the waiting period begins.
pub(super) async fn accept(case: &Case<'_>) -> Fallible<Outcome> {
    let portal = case.portal;
    let first = match &case.complaint.approved_by {
        Some(id) => portal.store.account(id).await?,
        None => None,
    };
    // Whoever has left is no officer any more, and neither is their word.
    if first.is_none_or(|first| first.state != AccountState::Active) {
        return approve(case).await;
    }
    let hours = i64::from(portal.institution.complaints.waiting_hours);
    let opens_at = portal.clock.now().plus_minutes(hours * 60);
    let accepted = Complaint {
        officer: Some(case.clerk.id().clone()),
        opens_at: Some(opens_at),
        ..case.complaint.clone()
    };
    let mut writes = vec![
        portal.tell_decision(&case.complaint, Decision::Accepted { opens_at }, "")?,
        portal.letter_at(
            &Address::email(&case.complaint.email),
            case.complaint.lang,
            &Body::AssistedReady {
                complaint: case.complaint.id.clone(),
                reference: case.complaint.reference.clone(),
            },
            opens_at,
        )?,
    ];
    if let Some((account, bearer)) = portal.account_of_assisted(&case.complaint).await? {
        let device = "";
        writes.extend(portal.tell_of_assisted(
            &account,
            &bearer,
            &case.complaint,
            Some(opens_at),
            device,
        )?);
        writes.push(portal.act(
            &Subject::account(&account.id),
            ActKind::AssistedAccepted,
            &json!({ "by": case.clerk.id() }),
        ));
    }
    let (event, act) = (ComplaintEvent::Accept, ActKind::ComplaintAccepted);
    case.commit(event, accepted, act, &json!({}), writes).await
}

impl Portal {
    /// The open account that an assisted recovery is about: not one that the person has opened
    /// since then, whose addresses were never told.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn account_of_assisted(
        &self,
        complaint: &Complaint,
    ) -> Fallible<Option<(Account, Bearer)>> {
        let Some(person) = &complaint.person else {
            return Ok(None);
        };
        let account = self.store.account_by_person(person).await?;
        let asked_for = |account: &Account| {
            account.state != AccountState::Closed && account.created_at <= complaint.submitted_at
        };
        match account.filter(asked_for) {
            Some(account) => self.account_and_bearer(&account.id).await,
            None => Ok(None),
        }
    }

    /// Tells every address that is known, with a link that stops it: when it is asked for, and
    /// again when it is granted, with the moment from which a new password may be chosen.
    ///
    /// # Errors
    /// Only when the parameters cannot be written as JSON.
    pub(crate) fn tell_of_assisted(
        &self,
        account: &Account,
        bearer: &Bearer,
        complaint: &Complaint,
        opens_at: Option<Millis>,
        device: &str,
    ) -> Fallible<Vec<Write>> {
        let body = Body::AssistedTold {
            complaint: complaint.id.clone(),
            name: bearer.name(account.lang).to_owned(),
            at: self.clock.now(),
            device: device.to_owned(),
            opens_at,
        };
        let mut addresses = vec![Address::email(&account.email)];
        // Lost or not, confirmed or not: whoever has it may object.
        addresses.extend(account.phone.iter().map(Address::phone));
        addresses.extend(bearer.addresses_on_record());
        self.pen().tell_each(addresses, account.lang, &body)
    }

    /// Of an assisted recovery the account's history says that nothing came of it; a complaint is
    /// about no account.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn assisted_ended(&self, complaint: &Complaint) -> Fallible<Option<Write>> {
        if complaint.kind != ComplaintKind::Assisted {
            return Ok(None);
        }
        let account = self.account_of_assisted(complaint).await?;
        Ok(account.map(|(account, _)| {
            let subject = Subject::account(&account.id);
            self.act(&subject, ActKind::AssistedEnded, &json!({}))
        }))
    }
}
