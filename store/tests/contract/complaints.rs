//! Complaints: nothing is overwritten, no reference is given twice.

use miftah_portal::dossier::Complaint;
use miftah_portal::id::AccountId;
use miftah_portal::store::{Conflict, Store, StoreError, Wanted, Write};
use miftah_rules::Lang;
use miftah_rules::complaint::{ComplaintKind, ComplaintState};
use miftah_store::testing::Place;
use std::sync::Arc;

use crate::samples::{
    act, commit, complaint, conflict, desk, later, officer, person, race, with_roll,
};

/// A store with officers 1 and 2.
async fn staffed(place: &Place) -> Arc<dyn Store> {
    let store = with_roll(place.open().await, 1).await;
    for n in 1..=2 {
        let writes = vec![Write::AddOfficer(officer(n)), Write::OpenAccount(desk(n))];
        store.commit(writes).await.unwrap();
    }
    store
}

pub(crate) async fn a_complaint_comes_back_as_it_was_written(place: &Place) {
    let store = staffed(place).await;
    let full = Complaint {
        kind: ComplaintKind::Assisted,
        state: ComplaintState::Accepted,
        person: Some(person(1).id),
        problem: None,
        lang: Lang::Ar,
        email_confirmed: false,
        phone: None,
        officer: Some(desk(1).id),
        approved_by: Some(desk(2).id),
        reason: Some("other".into()),
        answer: "لا\nnon".into(),
        opens_at: Some(later(99)),
        version: 7,
        ..complaint(2)
    };
    for written in [complaint(1), full] {
        commit(&store, Write::AddComplaint(written.clone())).await;
        let by_id = store.complaint(&written.id).await.unwrap();
        assert_eq!(by_id.as_ref(), Some(&written));
        let by_reference = store.complaint_by_reference(&written.reference).await;
        assert_eq!(by_reference.unwrap().as_ref(), Some(&written));
        let id = store.complaint_id(&written.reference).await;
        assert_eq!(id.unwrap(), Some(written.id));
    }
    assert_eq!(store.complaint_id("FSXX2XX3XX").await.unwrap(), None);
    assert_eq!(store.complaint_id("fsab2cd3e1").await.unwrap(), None);
    assert_eq!(
        store.complaint_by_reference("FSXX2XX3XX").await.unwrap(),
        None
    );
    assert_eq!(
        store.complaint_by_reference("fsab2cd3e1").await.unwrap(),
        None
    );
}

pub(crate) async fn a_move_counts_the_version_and_loses_against_a_newer_one(place: &Place) {
    let store = staffed(place).await;
    commit(&store, Write::AddComplaint(complaint(1))).await;
    let moved = Complaint {
        state: ComplaintState::Accepted,
        person: Some(person(1).id),
        officer: Some(desk(1).id),
        approved_by: Some(desk(2).id),
        reason: Some("duplicate".into()),
        answer: "oui".into(),
        moved_at: later(50),
        opens_at: Some(later(60)),
        ..complaint(1)
    };
    commit(&store, Write::MoveComplaint(moved.clone())).await;
    let stored = Complaint {
        version: 1,
        ..moved.clone()
    };
    assert_eq!(
        store.complaint(&moved.id).await.unwrap(),
        Some(stored.clone())
    );
    // Under the version it had before, nothing of the whole batch is written.
    let late = vec![
        Write::Record(act("complaint:1", 1)),
        Write::MoveComplaint(Complaint {
            state: ComplaintState::Refused,
            ..moved
        }),
    ];
    assert_eq!(conflict(store.commit(late).await), Conflict::ComplaintMoved);
    assert_eq!(
        store.complaint(&stored.id).await.unwrap(),
        Some(stored.clone())
    );
    assert!(store.acts("complaint:1").await.unwrap().is_empty());
    // Fields go back to nothing, too.
    let released = Complaint {
        state: ComplaintState::Submitted,
        person: None,
        officer: None,
        approved_by: None,
        reason: None,
        opens_at: None,
        ..stored
    };
    commit(&store, Write::MoveComplaint(released.clone())).await;
    let now = store.complaint(&released.id).await.unwrap();
    assert_eq!(
        now,
        Some(Complaint {
            version: 2,
            ..released
        })
    );
    let nobody = store.commit(vec![Write::MoveComplaint(complaint(9))]).await;
    assert_eq!(conflict(nobody), Conflict::ComplaintMoved);
}

pub(crate) async fn what_was_claimed_never_changes(place: &Place) {
    let store = staffed(place).await;
    commit(&store, Write::AddComplaint(complaint(1))).await;
    let forged = Complaint {
        id: complaint(1).id,
        version: 0,
        ..complaint(2)
    };
    commit(&store, Write::MoveComplaint(forged)).await;
    let stored = store.complaint(&complaint(1).id).await.unwrap();
    assert_eq!(
        stored,
        Some(Complaint {
            version: 1,
            moved_at: complaint(2).moved_at,
            ..complaint(1)
        })
    );
}

pub(crate) async fn a_reference_is_given_once(place: &Place) {
    let store = staffed(place).await;
    commit(&store, Write::AddComplaint(complaint(1))).await;
    let again = Complaint {
        reference: complaint(1).reference,
        ..complaint(2)
    };
    let batch = vec![
        Write::Record(act("complaint:2", 1)),
        Write::AddComplaint(again.clone()),
    ];
    assert_eq!(
        conflict(store.commit(batch).await),
        Conflict::ReferenceTaken
    );
    assert_eq!(store.complaint(&again.id).await.unwrap(), None);
    assert!(store.acts("complaint:2").await.unwrap().is_empty());
}

pub(crate) async fn twenty_tasks_take_one_complaint(place: &Place) {
    let store = staffed(place).await;
    commit(&store, Write::AddComplaint(complaint(1))).await;
    let outcomes = race(&store, |n| {
        vec![
            Write::Record(act("complaint:1", n)),
            Write::MoveComplaint(Complaint {
                state: ComplaintState::InReview,
                officer: Some(desk(n % 2 + 1).id),
                ..complaint(1)
            }),
        ]
    })
    .await;
    assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 1);
    for refused in outcomes.into_iter().filter(Result::is_err) {
        assert_eq!(conflict(refused), Conflict::ComplaintMoved);
    }
    assert_eq!(store.acts("complaint:1").await.unwrap().len(), 1);
    let stored = store.complaint(&complaint(1).id).await.unwrap().unwrap();
    assert_eq!(stored.version, 1);
}

pub(crate) async fn twenty_tasks_claim_one_reference(place: &Place) {
    let store = staffed(place).await;
    let outcomes = race(&store, |n| {
        vec![Write::AddComplaint(Complaint {
            reference: "FSAB2CD3EF".into(),
            ..complaint(n)
        })]
    })
    .await;
    assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 1);
    for refused in outcomes.into_iter().filter(Result::is_err) {
        assert_eq!(conflict(refused), Conflict::ReferenceTaken);
    }
    let waiting = store
        .count_complaints(ComplaintState::Submitted)
        .await
        .unwrap();
    assert_eq!(waiting, 1);
}

/// The ids of a list.
async fn listed(store: &Arc<dyn Store>, wanted: &Wanted, skip: i64, limit: i64) -> Vec<String> {
    let found = store.complaints(wanted, skip, limit).await.unwrap();
    found.into_iter().map(|one| one.id.0).collect()
}

pub(crate) async fn each_list_has_its_own_and_its_order(place: &Place) {
    use ComplaintState::{Accepted, Closed, Completed, InReview, Refused, Submitted};
    let store = staffed(place).await;
    let states = [
        Submitted, InReview, Accepted, Completed, Refused, Closed, Submitted, InReview,
    ];
    for (n, state) in (1..).zip(states) {
        let officer = match n {
            1 | 7 => None,
            8 => Some(desk(2).id),
            _ => Some(desk(1).id),
        };
        let one = Complaint {
            state,
            officer,
            // Submitted in this order, moved in the other.
            moved_at: later(100 - i64::from(n)),
            claim: complaint(n % 2 + 1).claim,
            ..complaint(n)
        };
        commit(&store, Write::AddComplaint(one)).await;
    }
    let ids = |numbers: &[u32]| -> Vec<String> {
        numbers.iter().map(|n| format!("complaint-{n}")).collect()
    };
    assert_eq!(listed(&store, &Wanted::Waiting, 0, 9).await, ids(&[1, 7]));
    assert_eq!(listed(&store, &Wanted::Waiting, 1, 9).await, ids(&[7]));
    assert_eq!(listed(&store, &Wanted::Waiting, 0, 1).await, ids(&[1]));
    assert_eq!(
        listed(&store, &Wanted::Decided, 0, 9).await,
        ids(&[3, 4, 5, 6])
    );
    assert_eq!(listed(&store, &Wanted::Decided, 1, 2).await, ids(&[4, 5]));
    // What an officer has decided is not what they have.
    assert_eq!(
        listed(&store, &Wanted::With(desk(1).id), 0, 9).await,
        ids(&[2])
    );
    assert_eq!(
        listed(&store, &Wanted::With(desk(2).id), 0, 9).await,
        ids(&[8])
    );
    let nobody = Wanted::With(AccountId("nobody".into()));
    assert_eq!(listed(&store, &nobody, 0, 9).await, ids(&[]));
    let number = Wanted::Named(person(2).number);
    assert_eq!(listed(&store, &number, 0, 9).await, ids(&[7, 5, 3, 1]));
    assert_eq!(listed(&store, &number, 1, 2).await, ids(&[5, 3]));
    let reference = Wanted::Named(complaint(6).reference);
    assert_eq!(listed(&store, &reference, 0, 9).await, ids(&[6]));
    assert_eq!(
        listed(&store, &Wanted::Named(String::new()), 0, 9).await,
        ids(&[])
    );
    for (state, count) in [(Submitted, 2), (InReview, 2), (Accepted, 1), (Closed, 1)] {
        assert_eq!(
            store.count_complaints(state).await.unwrap(),
            count,
            "{state:?}"
        );
    }
}

pub(crate) async fn a_complaint_of_nobody_s_officer_is_broken(place: &Place) {
    let store = staffed(place).await;
    commit(&store, Write::AddComplaint(complaint(1))).await;
    let taken = Complaint {
        officer: Some(AccountId("nobody".into())),
        ..complaint(1)
    };
    let refused = store.commit(vec![Write::MoveComplaint(taken)]).await;
    assert!(matches!(refused, Err(StoreError::Broken(_))), "{refused:?}");
    assert_eq!(
        store.complaint(&complaint(1).id).await.unwrap(),
        Some(complaint(1))
    );
}

/// An assisted recovery of the account of person 1.
fn assisted(n: u32) -> Complaint {
    Complaint {
        kind: ComplaintKind::Assisted,
        person: Some(person(1).id),
        ..complaint(n)
    }
}

pub(crate) async fn an_account_has_one_assisted_recovery_that_is_not_over(place: &Place) {
    let store = staffed(place).await;
    let open = async || store.open_assisted(&person(1).id).await.unwrap();
    assert_eq!(open().await, None);
    // A complaint about the same person is none.
    let plain = Complaint {
        person: Some(person(1).id),
        ..complaint(1)
    };
    commit(&store, Write::AddComplaint(plain)).await;
    assert_eq!(open().await, None);
    commit(&store, Write::AddComplaint(assisted(2))).await;
    assert_eq!(open().await, Some(assisted(2)));
    let second = || store.commit(vec![Write::AddComplaint(assisted(3))]);
    for version in 0..2 {
        assert_eq!(conflict(second().await), Conflict::AssistedOpen);
        let moved = Complaint {
            state: ComplaintState::Accepted,
            version,
            ..assisted(2)
        };
        commit(&store, Write::MoveComplaint(moved)).await;
    }
    let over = Complaint {
        state: ComplaintState::Closed,
        version: 2,
        ..assisted(2)
    };
    // One ends and the next begins in one transaction.
    let writes = vec![
        Write::MoveComplaint(over.clone()),
        Write::AddComplaint(assisted(3)),
    ];
    store.commit(writes).await.unwrap();
    assert_eq!(open().await, Some(assisted(3)));
    let reopened = Complaint {
        state: ComplaintState::InReview,
        version: 3,
        ..over
    };
    let refused = store.commit(vec![Write::MoveComplaint(reopened)]).await;
    assert_eq!(conflict(refused), Conflict::AssistedOpen);
}

pub(crate) async fn twenty_tasks_ask_for_one_account(place: &Place) {
    let store = staffed(place).await;
    let outcomes = race(&store, |n| vec![Write::AddComplaint(assisted(n))]).await;
    assert_eq!(outcomes.iter().filter(|o| o.is_ok()).count(), 1);
    for refused in outcomes.into_iter().filter(Result::is_err) {
        assert_eq!(conflict(refused), Conflict::AssistedOpen);
    }
}
