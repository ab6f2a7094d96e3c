//! Every event in every state by everybody at the desk, posted as it is; what may not happen changes
//! nothing.

use miftah_portal::act::Subject;
use miftah_portal::dossier::Complaint;
use miftah_portal::store::Write;
use miftah_rules::complaint::{ComplaintEvent, ComplaintState};
use miftah_rules::{Place, Role};

use crate::kit::{Kit, person};
use crate::office::{Clerk, clerk};
use crate::way::{EMAIL, Way, sent};

/// Somebody at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    /// Has it, or had it last.
    Holder,
    Colleague,
    Administrator,
}

const ALL: [Who; 3] = [Who::Holder, Who::Colleague, Who::Administrator];

/// A complaint as it may stand.
#[derive(Clone, Copy, Debug)]
struct Standing {
    assisted: bool,
    state: ComplaintState,
    /// The first of two officers.
    approved: Option<Who>,
}

impl Standing {
    fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for assisted in [false, true] {
            for state in ComplaintState::ALL.iter().copied() {
                for approved in [None, Some(Who::Holder), Some(Who::Colleague)] {
                    if assisted || (approved.is_none() && state != ComplaintState::Accepted) {
                        all.push(Self {
                            assisted,
                            state,
                            approved,
                        });
                    }
                }
            }
        }
        all
    }

    /// What `event` makes of it, where `who` may do that.
    fn after(self, event: ComplaintEvent, who: Who) -> Option<ComplaintState> {
        use ComplaintEvent as E;
        use ComplaintState as S;
        let holds = who == Who::Holder;
        match (self.state, event) {
            (S::Submitted, E::Take) if self.approved != Some(who) => Some(S::InReview),
            (S::InReview, E::Release) if holds || who == Who::Administrator => Some(S::Submitted),
            (S::InReview, E::Complete) if holds && !self.assisted => Some(S::Completed),
            (S::InReview, E::Approve) if holds && self.assisted && self.approved.is_none() => {
                Some(S::Submitted)
            }
            (S::InReview, E::Accept)
                if holds && self.assisted && self.approved == Some(Who::Colleague) =>
            {
                Some(S::Accepted)
            }
            (S::InReview, E::Refuse) if holds => Some(S::Refused),
            (S::InReview, E::Close) if holds => Some(S::Closed),
            (S::Accepted, E::Refuse) => Some(S::Refused),
            (S::Refused | S::Closed, E::Reopen) => Some(S::InReview),
            _ => None,
        }
    }
}

struct Desk<'k> {
    kit: &'k Kit,
    holder: Clerk<'k>,
    colleague: Clerk<'k>,
    administrator: Clerk<'k>,
}

impl<'k> Desk<'k> {
    async fn new(kit: &'k Kit) -> Self {
        Self {
            kit,
            holder: clerk(kit, "amina", Role::Registry).await,
            colleague: clerk(kit, "brahim", Role::Registry).await,
            administrator: clerk(kit, "badr", Role::Administrator).await,
        }
    }

    fn clerk(&self, who: Who) -> &Clerk<'k> {
        match who {
            Who::Holder => &self.holder,
            Who::Colleague => &self.colleague,
            Who::Administrator => &self.administrator,
        }
    }

    /// Makes the complaint stand as it is to stand.
    async fn set(&self, reference: &str, standing: Standing) -> Complaint {
        let id = |who: Who| self.clerk(who).account.id.clone();
        let is_waiting = standing.state == ComplaintState::Submitted;
        let accepted = standing.state == ComplaintState::Accepted;
        let set = Complaint {
            state: standing.state,
            officer: (!is_waiting).then(|| id(Who::Holder)),
            approved_by: standing.approved.map(id),
            opens_at: accepted.then(|| self.kit.now()),
            ..self.kit.complaint(reference).await
        };
        let writes = vec![Write::MoveComplaint(set)];
        self.kit.portal.store.commit(writes).await.unwrap();
        self.kit.complaint(reference).await
    }

    /// Posts an event with everything it may need; answers the query of where it leads.
    async fn post(&self, before: &Complaint, event: ComplaintEvent, who: Who) -> String {
        let version = before.version.to_string();
        let reason = match event {
            ComplaintEvent::Close => "duplicate",
            _ => "other",
        };
        let fields = [
            ("version", version.as_str()),
            ("action", event.name()),
            ("record", "R000000001"),
            ("reason", reason),
            ("answer", "Because."),
        ];
        let mut browser = self.clerk(who).browser.clone();
        browser.place = Place::StaffComplaint(before.reference.clone());
        browser.query.clear();
        browser.post(&fields).await.expect("an answer").query
    }
}

#[tokio::test]
async fn every_event_in_every_state_by_everybody() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    kit.open_account(&person(1), "amal@example.ma").await;
    let (_, plain) = sent(&kit, Way::WrongData, &person(1), EMAIL).await;
    let (_, assisted) = sent(&kit, Way::Assisted, &person(1), EMAIL).await;
    let desk = Desk::new(&kit).await;
    let mut moved = 0;
    for standing in Standing::all() {
        let reference = if standing.assisted { &assisted } else { &plain };
        for event in ComplaintEvent::ALL.iter().copied() {
            for who in ALL {
                let before = desk.set(reference, standing).await;
                let acts = kit.case_acts(reference).await.len();
                let query = desk.post(&before, event, who).await;
                let after = kit.complaint(reference).await;
                let told = kit.told(&Subject::complaint(&after.id)).await;
                match standing.after(event, who) {
                    None => {
                        assert_eq!(after, before, "{standing:?} {event:?} {who:?}");
                        assert_eq!((query.as_str(), told.len()), ("moved=1", acts));
                    }
                    Some(state) => {
                        assert_eq!(after.state, state, "{standing:?} {event:?} {who:?}");
                        assert_eq!((after.version, told.len()), (before.version + 1, acts + 1));
                        let id = desk.clerk(who).account.id.as_str();
                        assert_eq!(told[acts].by(), Some(id), "{event:?}");
                        moved += 1;
                    }
                }
            }
        }
    }
    assert!(moved > 60, "{moved}");
}

#[tokio::test]
async fn nothing_happens_under_a_version_that_is_no_more() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    kit.open_account(&person(1), "amal@example.ma").await;
    let (_, plain) = sent(&kit, Way::WrongData, &person(1), EMAIL).await;
    let (_, assisted) = sent(&kit, Way::Assisted, &person(1), EMAIL).await;
    let desk = Desk::new(&kit).await;
    kit.new_letters().await;
    for standing in Standing::all() {
        let reference = if standing.assisted { &assisted } else { &plain };
        for event in ComplaintEvent::ALL.iter().copied() {
            for stale in [-1, 1, 1000] {
                let before = desk.set(reference, standing).await;
                let seen = Complaint {
                    version: before.version - stale,
                    ..before.clone()
                };
                let query = desk.post(&seen, event, Who::Holder).await;
                assert_eq!(query, "moved=1", "{standing:?} {event:?}");
                assert_eq!(kit.complaint(reference).await, before);
            }
        }
    }
    assert!(kit.new_letters().await.is_empty());
}
