//! What happened to a complaint, as its person may know it: which officer it was is theirs.

use miftah_rules::ActKind;
use miftah_rules::view::{FollowStep, FollowWhat};

use crate::act::Subject;
use crate::fault::Fallible;
use crate::id::ComplaintId;
use crate::moment::moment;
use crate::portal::Portal;

/// Oldest first.
pub(super) async fn of(portal: &Portal, id: &ComplaintId) -> Fallible<Vec<FollowStep>> {
    let acts = portal.store.acts(Subject::complaint(id).as_str()).await?;
    Ok(acts
        .into_iter()
        .filter_map(|sealed| {
            let what = what(ActKind::from_name(&sealed.act.kind)?)?;
            Some(FollowStep {
                what,
                on: moment(portal, sealed.act.at),
            })
        })
        .collect())
}

const fn what(kind: ActKind) -> Option<FollowWhat> {
    Some(match kind {
        ActKind::ComplaintSubmitted => FollowWhat::Submitted,
        ActKind::ComplaintTaken => FollowWhat::Taken,
        ActKind::ComplaintReleased => FollowWhat::Waiting,
        ActKind::ComplaintApproved => FollowWhat::Approved,
        ActKind::ComplaintAccepted => FollowWhat::Accepted,
        ActKind::ComplaintCompleted => FollowWhat::Completed,
        ActKind::ComplaintRefused => FollowWhat::Refused,
        ActKind::ComplaintClosed => FollowWhat::Closed,
        ActKind::ComplaintReopened => FollowWhat::Reopened,
        _ => return None,
    })
}
