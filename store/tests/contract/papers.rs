//! Documents: a complaint's for ever, or strays.

use miftah_portal::dossier::Paper;
use miftah_portal::id::FileId;
use miftah_portal::store::{StoreError, Write};
use miftah_rules::complaint::Slot;
use miftah_store::testing::Place;

use crate::samples::{commit, complaint, later, paper};

fn ids(numbers: &[u32]) -> Vec<FileId> {
    let ids = numbers.iter().map(|n| FileId(format!("paper-{n}")));
    ids.collect()
}

pub(crate) async fn documents_are_listed_in_their_order_once_they_are_given(place: &Place) {
    let store = place.open().await;
    for (n, slot) in [
        (1, Slot::Slip),
        (2, Slot::IdFront),
        (3, Slot::IdBack),
        (4, Slot::Slip),
    ] {
        commit(&store, Write::AddPaper(paper(n, slot))).await;
    }
    assert!(store.papers(&complaint(1).id).await.unwrap().is_empty());
    let give = |papers: &[u32], n| Write::GivePapers {
        papers: ids(papers),
        complaint: complaint(n).id,
    };
    // What they refer to may come later in the same list.
    let writes = vec![give(&[1, 2, 3], 1), Write::AddComplaint(complaint(1))];
    store.commit(writes).await.unwrap();
    let given = |n, slot| Paper {
        complaint: Some(complaint(1).id),
        ..paper(n, slot)
    };
    let papers = store.papers(&complaint(1).id).await.unwrap();
    let mut wanted = [
        given(3, Slot::IdBack),
        given(2, Slot::IdFront),
        given(1, Slot::Slip),
    ];
    assert_eq!(papers.len(), 3);
    wanted.sort_by_key(|one| papers.iter().position(|paper| paper.id == one.id));
    assert_eq!(papers, wanted);
    assert!(papers.is_sorted_by_key(|paper| paper.slot.name()));
}

pub(crate) async fn a_document_is_given_once(place: &Place) {
    let store = place.open().await;
    commit(&store, Write::AddPaper(paper(1, Slot::Slip))).await;
    let give = |n| {
        vec![
            Write::GivePapers {
                papers: ids(&[1]),
                complaint: complaint(n).id,
            },
            Write::AddComplaint(complaint(n)),
        ]
    };
    store.commit(give(1)).await.unwrap();
    let refused = store.commit(give(2)).await;
    assert!(matches!(refused, Err(StoreError::Broken(_))), "{refused:?}");
    assert_eq!(store.complaint(&complaint(2).id).await.unwrap(), None);
    assert_eq!(store.papers(&complaint(1).id).await.unwrap().len(), 1);
}

pub(crate) async fn only_strays_are_found_and_forgotten(place: &Place) {
    let store = place.open().await;
    commit(&store, Write::AddComplaint(complaint(1))).await;
    for n in [3, 1, 2, 4, 9] {
        commit(&store, Write::AddPaper(paper(n, Slot::IdFront))).await;
    }
    let give = Write::GivePapers {
        papers: ids(&[1]),
        complaint: complaint(1).id,
    };
    commit(&store, give).await;
    assert_eq!(
        store.stray_papers(later(9), 10).await.unwrap(),
        ids(&[2, 3, 4])
    );
    let each = paper(2, Slot::IdFront).size.unsigned_abs();
    assert_eq!(store.stray_bytes().await.unwrap(), 4 * each);
    assert_eq!(store.stray_papers(later(9), 2).await.unwrap(), ids(&[2, 3]));
    for id in ids(&[1, 2, 7]) {
        store.forget_paper(&id).await.unwrap();
    }
    assert_eq!(
        store.stray_papers(later(99), 10).await.unwrap(),
        ids(&[3, 4, 9])
    );
    for id in ids(&[3, 4, 9]) {
        store.forget_paper(&id).await.unwrap();
    }
    assert_eq!(store.stray_bytes().await.unwrap(), 0);
    let kept = store.papers(&complaint(1).id).await.unwrap();
    assert_eq!(kept.len(), 1, "what was submitted is never forgotten");
}
