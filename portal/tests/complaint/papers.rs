//! Documents: what is asked for, what is refused and why, what stays and what goes (norm 10).

use miftah_portal::dossier::Paper;
use miftah_portal::fault::Fault;
use miftah_portal::id::{FileId, JourneyId};
use miftah_portal::ports::{Files as _, Media};
use miftah_portal::store::Write;
use miftah_portal::strays;
use miftah_rules::Field;
use miftah_rules::complaint::Slot;
use miftah_rules::form::{Attached, Posted};
use miftah_rules::view::{ComplainStep, ComplainView};

use crate::kit::{Browser, HOUR, Kit, MINUTE, codes, complain, person};
use crate::way::{BACK, EMAIL, FRONT, SLIP, Way, at_papers, attach, confirm, papers, send, sent};

/// At the documents of a complaint about wrong data: front of the card and slip are asked for.
async fn waiting(kit: &Kit) -> Browser<'_> {
    at_papers(kit, Way::WrongData, &person(1), EMAIL).await
}

fn slots(view: &ComplainView) -> Vec<Slot> {
    view.papers.iter().map(|paper| paper.slot).collect()
}

/// Problems and the fields they are at.
fn met(view: &ComplainView) -> Vec<(&'static str, Option<Field>)> {
    let problems = view.problems.iter();
    problems
        .map(|met| (met.problem.code(), met.field))
        .collect()
}

#[tokio::test]
async fn e601_each_missing_document_is_named() {
    let kit = Kit::new().await;
    for (way, missing) in [
        (Way::WrongData, vec![Field::IdFront, Field::Slip]),
        (Way::CannotRegister, vec![Field::IdFront]),
    ] {
        let mut browser = at_papers(&kit, way, &person(1), EMAIL).await;
        let view = attach(&mut browser, "", &[]).await;
        assert_eq!(view.step, ComplainStep::Papers);
        let wanted: Vec<_> = missing.iter().map(|field| ("E601", Some(*field))).collect();
        assert_eq!(met(&view), wanted);
        let asked: Vec<_> = view.required.iter().map(|slot| slot.field()).collect();
        assert_eq!(asked, missing);
    }
}

#[tokio::test]
async fn a_document_is_kept_at_once_whatever_becomes_of_the_others() {
    let kit = Kit::new().await;
    let mut browser = waiting(&kit).await;
    let view = attach(
        &mut browser,
        "",
        &[("id_front", FRONT), ("slip", b"GIF89a")],
    )
    .await;
    assert_eq!(
        (view.step, slots(&view)),
        (ComplainStep::Papers, vec![Slot::IdFront])
    );
    assert_eq!(met(&view), [("E603", Some(Field::Slip))]);
    let view = attach(&mut browser, "", &[("slip", SLIP)]).await;
    assert_eq!(view.step, ComplainStep::Check);
    assert_eq!(slots(&view), [Slot::IdFront, Slot::Slip]);
    let kinds: Vec<_> = view
        .papers
        .iter()
        .map(|paper| paper.ending.as_str())
        .collect();
    assert_eq!(kinds, ["jpg", "pdf"]);
    assert_eq!(kit.files.ids().len(), 2);
}

#[tokio::test]
async fn adding_one_by_one_complains_of_nothing_that_is_missing() {
    let kit = Kit::new().await;
    let mut browser = waiting(&kit).await;
    let view = attach(&mut browser, "add", &[("slip", SLIP)]).await;
    assert_eq!(
        (view.step, slots(&view), met(&view)),
        (ComplainStep::Papers, vec![Slot::Slip], vec![])
    );
    let view = attach(&mut browser, "add", &[("id_front", FRONT)]).await;
    assert_eq!(
        (view.step, view.papers.len()),
        (ComplainStep::Papers, 2),
        "until it is said to be all"
    );
    let view = attach(&mut browser, "", &[]).await;
    assert_eq!(view.step, ComplainStep::Check);
}

#[tokio::test]
async fn each_file_that_cannot_be_taken_says_why() {
    let kit = Kit::new().await;
    let mut browser = waiting(&kit).await;
    for (bytes, code) in [
        (&b"GIF89a"[..], "E603"),
        (b"%PDF-1.7 /Encrypt", "E604"),
        (b"%PDF-1.7 /JavaScript", "E605"),
        (b"\xff\xd8\xff", "E606"),
        (b"", "E606"),
    ] {
        let view = attach(&mut browser, "", &[("id_front", bytes), ("slip", SLIP)]).await;
        assert_eq!(met(&view), [(code, Some(Field::IdFront))], "{bytes:?}");
        assert_eq!(
            (view.step, slots(&view)),
            (ComplainStep::Papers, vec![Slot::Slip])
        );
    }
    let kept = kit.files.ids().len();
    let view = attach(&mut browser, "", &[("id_front", FRONT)]).await;
    assert_eq!(view.step, ComplainStep::Check);
    assert_eq!(
        kit.files.ids().len(),
        kept + 1,
        "what was refused is not kept"
    );
}

#[tokio::test]
async fn e602_a_file_that_was_cut_is_too_big() {
    let kit = Kit::new().await;
    let mut browser = waiting(&kit).await;
    let pairs = vec![("step".into(), "papers".into())];
    let cut = Attached {
        name: "photo.jpg".into(),
        bytes: vec![],
        cut: true,
    };
    let posted = Posted::with_files(pairs, vec![("id_front".into(), cut)]);
    let outcome = browser.send(posted).await.unwrap();
    browser.take(&outcome);
    let view = complain(browser.reload().await);
    assert_eq!(
        met(&view),
        [("E602", Some(Field::IdFront)), ("E601", Some(Field::Slip))]
    );
    assert!(kit.files.ids().is_empty());
}

#[tokio::test]
async fn a_refused_replacement_leaves_what_was_there() {
    let kit = Kit::new().await;
    let mut browser = waiting(&kit).await;
    attach(&mut browser, "add", &[("id_front", FRONT)]).await;
    let view = attach(&mut browser, "add", &[("id_front", b"GIF89a")]).await;
    assert_eq!(
        (met(&view), view.papers.len()),
        (vec![("E603", Some(Field::IdFront))], 1)
    );
    assert_eq!(view.papers[0].ending, "jpg");
}

#[tokio::test]
async fn the_last_file_of_a_slot_counts_and_a_removed_one_does_not() {
    let kit = Kit::new().await;
    let mut browser = waiting(&kit).await;
    attach(
        &mut browser,
        "add",
        &[("id_front", SLIP), ("id_back", BACK), ("slip", SLIP)],
    )
    .await;
    let view = attach(&mut browser, "add", &[("id_front", FRONT)]).await;
    let front: Vec<_> = view
        .papers
        .iter()
        .filter(|paper| paper.slot == Slot::IdFront)
        .collect();
    assert_eq!((front.len(), front[0].ending.as_str()), (1, "jpg"));
    let view = attach(&mut browser, "remove_id_back", &[]).await;
    assert_eq!(
        (view.step, slots(&view)),
        (ComplainStep::Papers, vec![Slot::IdFront, Slot::Slip])
    );
    attach(&mut browser, "", &[]).await;
    let reference = confirm(&mut browser).await.reference;
    let complaint = kit.complaint(&reference).await;
    let papers = kit.portal.store.papers(&complaint.id).await.unwrap();
    let stored: Vec<_> = papers.iter().map(|paper| paper.slot).collect();
    assert_eq!(stored, [Slot::IdFront, Slot::Slip]);
    let bytes = kit.files.get(&papers[0].id).await.unwrap();
    assert_eq!(bytes.as_deref(), Some(FRONT));

    // What was replaced or removed goes; what was submitted stays for ever.
    assert_eq!(kit.files.ids().len(), 4);
    kit.wait(7 * HOUR);
    assert_eq!(strays::remove(&kit.portal).await.unwrap(), 2);
    assert_eq!(kit.files.ids().len(), 2);
    assert_eq!(
        kit.portal.store.papers(&complaint.id).await.unwrap(),
        papers
    );
    assert!(kit.files.get(&papers[0].id).await.unwrap().is_some());
}

#[tokio::test]
async fn removing_what_is_asked_for_asks_for_it_again() {
    let kit = Kit::new().await;
    let mut browser = waiting(&kit).await;
    attach(&mut browser, "", &[("id_front", FRONT), ("slip", SLIP)]).await;
    send(&mut browser, "check", &[("action", "back")]).await;
    attach(&mut browser, "remove_slip", &[]).await;
    let view = attach(&mut browser, "", &[]).await;
    assert_eq!(met(&view), [("E601", Some(Field::Slip))]);
}

#[tokio::test]
async fn another_kind_of_complaint_asks_for_its_own_documents() {
    let kit = Kit::new().await;
    let mut browser = at_papers(&kit, Way::CannotRegister, &person(1), EMAIL).await;
    attach(&mut browser, "", &[("id_front", FRONT)]).await;
    send(&mut browser, "check", &[("action", "back"), ("to", "data")]).await;
    crate::way::send_data(&mut browser, Way::WrongData, &person(1)).await;
    send(&mut browser, "reach", &[("email", EMAIL)]).await;
    let view = attach(&mut browser, "", &[]).await;
    assert_eq!(
        (view.step, met(&view)),
        (ComplainStep::Papers, vec![("E601", Some(Field::Slip))])
    );
}

#[tokio::test]
async fn a_full_disk_or_a_busy_cleaner_loses_nothing() {
    let kit = Kit::new().await;
    let mut browser = waiting(&kit).await;
    attach(&mut browser, "add", &[("id_front", FRONT)]).await;
    let disk = |full: bool| kit.files.be_full(full);
    let queue = |busy: bool| kit.cleaner.be_busy(busy);
    let ways: [&dyn Fn(bool); 2] = [&disk, &queue];
    for stop in ways {
        stop(true);
        let refused = browser.send(papers("", &[("slip", SLIP)])).await;
        assert!(matches!(refused, Err(Fault::Busy)), "{refused:?}");
        let view = complain(browser.reload().await);
        assert_eq!(
            (view.step, slots(&view)),
            (ComplainStep::Papers, vec![Slot::IdFront])
        );
        stop(false);
    }
    let view = attach(&mut browser, "", &[("slip", SLIP)]).await;
    assert_eq!(
        (view.step, slots(&view)),
        (ComplainStep::Check, vec![Slot::IdFront, Slot::Slip])
    );
    // The row of the file for which there was no room is found, and goes.
    kit.wait(7 * HOUR);
    strays::remove(&kit.portal).await.unwrap();
    assert_eq!(kit.files.ids(), []);
}

#[tokio::test]
async fn what_nobody_submitted_is_swept_after_six_hours() {
    let kit = Kit::new().await;
    let mut left = waiting(&kit).await;
    attach(&mut left, "", &[("id_front", FRONT), ("slip", SLIP)]).await;
    let (_, reference) = sent(&kit, Way::WrongData, &person(2), EMAIL).await;
    assert_eq!(kit.files.ids().len(), 5);
    kit.wait(6 * HOUR);
    assert_eq!(strays::remove(&kit.portal).await.unwrap(), 0);
    kit.wait(MINUTE);
    assert_eq!(strays::remove(&kit.portal).await.unwrap(), 2);
    assert_eq!(strays::remove(&kit.portal).await.unwrap(), 0);
    let complaint = kit.complaint(&reference).await;
    let mut kept: Vec<_> = kit.portal.store.papers(&complaint.id).await.unwrap();
    kept.sort_by(|a, b| a.id.cmp(&b.id));
    let kept: Vec<_> = kept.into_iter().map(|paper| paper.id).collect();
    assert_eq!(kit.files.ids(), kept);
}

#[tokio::test]
async fn one_complaint_brings_no_more_than_two_dozen_files() {
    let kit = Kit::new().await;
    let mut browser = waiting(&kit).await;
    for _ in 0..24 {
        let view = attach(&mut browser, "add", &[("slip", SLIP)]).await;
        assert_eq!(met(&view), []);
    }
    let view = attach(&mut browser, "add", &[("id_front", FRONT)]).await;
    assert_eq!(
        (met(&view), slots(&view)),
        (vec![("E202", Some(Field::IdFront))], vec![Slot::Slip])
    );
    assert_eq!(codes(&view.problems).len(), 1);
    assert_eq!(kit.files.ids().len(), 24);
}

#[tokio::test]
async fn what_is_never_submitted_fills_no_disk() {
    let kit = Kit::new().await;
    let browser = waiting(&kit).await;
    let stray = |size| Paper {
        id: FileId("a-stray".into()),
        journey: JourneyId("another".into()),
        complaint: None,
        slot: Slot::Slip,
        media: Media::Pdf,
        size,
        added_at: kit.now(),
    };
    let add = |size| vec![Write::AddPaper(stray(size))];
    kit.portal.store.commit(add(2_000_000_000)).await.unwrap();
    let refused = browser.send(papers("", &[("slip", SLIP)])).await;
    assert!(matches!(refused, Err(Fault::Busy)), "{refused:?}");
    kit.wait(7 * HOUR);
    strays::remove(&kit.portal).await.unwrap();
    kit.portal.store.commit(add(1_999_999_999)).await.unwrap();
    let mut browser = waiting(&kit).await;
    let view = attach(&mut browser, "add", &[("slip", SLIP)]).await;
    assert_eq!(slots(&view), [Slot::Slip]);
}
