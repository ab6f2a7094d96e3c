//! Whoever made a complaint takes it back.

use miftah_rules::ActKind;
use miftah_rules::complaint::{CloseReason, ComplaintEvent};
use serde_json::json;

use super::{Follow, here};
use crate::act::Subject;
use crate::dossier::Complaint;
use crate::fault::Fallible;
use crate::journey::Journey;
use crate::portal::Portal;
use crate::store::Write;
use crate::visitor::{Outcome, Visitor};

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    journey: &Journey<Follow>,
    complaint: Complaint,
) -> Fallible<Outcome> {
    let here = here(&complaint, journey);
    let Some(closed) = complaint.after(ComplaintEvent::Withdraw, portal.clock.now()) else {
        return Ok(here);
    };
    let mut writes = vec![portal.act(
        &Subject::complaint(&complaint.id),
        ActKind::ComplaintClosed,
        &json!({ "reason": CloseReason::Withdrawn, "device": visitor.device }),
    )];
    writes.extend(portal.assisted_ended(&complaint).await?);
    writes.push(Write::MoveComplaint(Complaint {
        reason: Some(CloseReason::Withdrawn.name().to_owned()),
        ..closed
    }));
    portal.settle(journey, writes, here).await
}
