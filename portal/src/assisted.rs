//! An account that is being recovered with the office's help (S0.12), as everything else sees it: who
//! is told of it, what ends it, and how long a grant lasts.
//!
//! One at a time for one account: whoever stops it has stopped all there is.

use miftah_rules::ActKind;
use miftah_rules::complaint::{CloseReason, ComplaintEvent, ComplaintKind, ComplaintState};
use serde_json::json;

use crate::act::Subject;
use crate::bearer::Bearer;
use crate::dossier::Complaint;
use crate::fault::Fallible;
use crate::id::PersonId;
use crate::letter::{Address, Body, Decision};
use crate::model::{Account, AccountState};
use crate::portal::Portal;
use crate::ports::Millis;
use crate::proof::masked;
use crate::store::Write;
use crate::visitor::Visitor;

/// Days after the waiting period in which a new password can be chosen: what nobody took up is no
/// way in for ever.
const GRANT_DAYS: i64 = 14;

impl Complaint {
    /// The waiting period is over, and the grant is not.
    pub(crate) fn is_granted(&self, now: Millis) -> bool {
        let opened = self.opens_at.is_some_and(|at| now >= at);
        self.kind == ComplaintKind::Assisted
            && self.state == ComplaintState::Accepted
            && opened
            && !self.has_lapsed(now)
    }

    /// Nobody took up what was granted.
    pub(crate) fn has_lapsed(&self, now: Millis) -> bool {
        let until = |at: Millis| at.plus_seconds(GRANT_DAYS * 24 * 3600);
        self.state == ComplaintState::Accepted && self.opens_at.is_some_and(|at| now >= until(at))
    }
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

    /// Whether the office has a request for this person's account; one that lapsed is none.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn is_being_recovered(&self, person: &PersonId) -> Fallible<bool> {
        let open = self.store.open_assisted(person).await?;
        Ok(open.is_some_and(|open| !open.has_lapsed(self.clock.now())))
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
            new_email: masked(&Address::email(&complaint.email)),
        };
        let mut addresses = vec![Address::email(&account.email)];
        // Lost or not, confirmed or not: whoever has it may object.
        addresses.extend(account.phone.iter().map(Address::phone));
        addresses.extend(bearer.addresses_on_record());
        let mut writes: Vec<Write> = addresses.iter().flat_map(|to| self.count_sms(to)).collect();
        writes.extend(self.pen().tell_each(addresses, account.lang, &body)?);
        Ok(writes)
    }

    /// Ends the assisted recovery of an account that is under way, if there is one: its owner is back
    /// by another way, or it is frozen (norm 6). Whoever asked is told; the office may open it again.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn end_assisted(
        &self,
        visitor: &Visitor,
        bearer: &Bearer,
        reason: CloseReason,
    ) -> Fallible<Vec<Write>> {
        let Bearer::Person(person) = bearer else {
            return Ok(vec![]);
        };
        match self.store.open_assisted(&person.id).await? {
            Some(open) => self.stop_assisted(visitor, &open, reason).await,
            None => Ok(vec![]),
        }
    }

    /// Closes an assisted recovery against the will of whoever asked; nothing where it is over.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn stop_assisted(
        &self,
        visitor: &Visitor,
        complaint: &Complaint,
        reason: CloseReason,
    ) -> Fallible<Vec<Write>> {
        let mut writes = self
            .close_complaint(visitor, complaint, ComplaintEvent::Stop, reason)
            .await?;
        if !writes.is_empty() {
            writes.push(self.tell_decision(complaint, Decision::Closed(reason), "")?);
        }
        Ok(writes)
    }

    /// Ends a complaint that the office has not ended, with history of it; nothing where it is over.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn close_complaint(
        &self,
        visitor: &Visitor,
        complaint: &Complaint,
        event: ComplaintEvent,
        reason: CloseReason,
    ) -> Fallible<Vec<Write>> {
        let Some(closed) = complaint.after(event, self.clock.now()) else {
            return Ok(vec![]);
        };
        let mut writes = vec![self.act(
            &Subject::complaint(&complaint.id),
            ActKind::ComplaintClosed,
            &json!({ "reason": reason, "device": visitor.device }),
        )];
        writes.extend(self.assisted_ended(complaint).await?);
        writes.push(Write::MoveComplaint(Complaint {
            reason: Some(reason.name().to_owned()),
            opens_at: None,
            ..closed
        }));
        Ok(writes)
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
