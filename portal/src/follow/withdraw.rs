//! Whoever made a complaint takes it back, asked once more.

use miftah_rules::complaint::{CloseReason, ComplaintEvent};

use super::{Follow, here};
use crate::dossier::Complaint;
use crate::fault::Fallible;
use crate::journey::Journey;
use crate::portal::Portal;
use crate::visitor::{Outcome, Visitor};

pub(super) async fn submit(
    portal: &Portal,
    visitor: &Visitor,
    mut journey: Journey<Follow>,
    complaint: Complaint,
    action: &str,
) -> Fallible<Outcome> {
    let here = here(&complaint, &journey);
    let sure = action == "withdraw_now" && journey.state.withdrawing;
    journey.state.withdrawing = action == "withdraw";
    if !sure {
        return portal.settle(&journey, vec![], here).await;
    }
    let (event, reason) = (ComplaintEvent::Withdraw, CloseReason::Withdrawn);
    let writes = portal
        .close_complaint(visitor, &complaint, event, reason)
        .await?;
    if writes.is_empty() {
        return Ok(here);
    }
    portal.settle(&journey, writes, here).await
}
