//! Assisted recovery at the desk (S0.12): two different officers agree, then a waiting period runs in
//! which every address that is known can stop it (norm 6).

use miftah_rules::ActKind;
use miftah_rules::complaint::ComplaintEvent;
use serde_json::json;

use super::moves::Case;
use crate::act::Subject;
use crate::dossier::Complaint;
use crate::fault::Fallible;
use crate::letter::{Address, Body, Decision};
use crate::model::AccountState;
use crate::portal::Portal;
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
        let device = asked_from(portal, &case.complaint).await?;
        writes.extend(portal.tell_of_assisted(
            &account,
            &bearer,
            &case.complaint,
            Some(opens_at),
            &device,
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

/// The device from which it was asked for, as its history has it.
async fn asked_from(portal: &Portal, complaint: &Complaint) -> Fallible<String> {
    let acts = portal
        .store
        .acts(Subject::complaint(&complaint.id).as_str())
        .await?;
    let asked = ActKind::ComplaintSubmitted.name();
    let values = acts
        .into_iter()
        .find(|sealed| sealed.act.kind == asked)
        .and_then(|sealed| serde_json::from_str::<serde_json::Value>(&sealed.act.values).ok());
    let device = values
        .as_ref()
        .and_then(|values| values.get("device")?.as_str());
    Ok(device.unwrap_or_default().to_owned())
}
