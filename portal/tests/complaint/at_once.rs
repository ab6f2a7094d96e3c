//! Two clicks, two tabs, two officers in the same moment, on each database.

use miftah_portal::fault::Fallible;
use miftah_portal::pages::{Acted, Shown};
use miftah_portal::visitor::Outcome;
use miftah_rules::complaint::{ComplaintKind, ComplaintState};
use miftah_rules::{Place, Role};

use crate::databases::on_each;
use crate::kit::{Kit, follow, person};
use crate::office::{Clerk, clerk};
use crate::way::{EMAIL, FILES, Way, at_check, at_papers, attach, confirm, papers, send, sent};

/// Sends the same post many times at once.
async fn at_once(
    posts: Vec<impl Future<Output = Fallible<Outcome>> + Send + 'static>,
) -> Vec<Fallible<Outcome>> {
    let mut tasks = tokio::task::JoinSet::new();
    for post in posts {
        tasks.spawn(post);
    }
    tasks.join_all().await
}

async fn a_double_click_sends_one_complaint_and_both_show_its_receipt(kit: &Kit) {
    for n in 1..=4 {
        let browser = at_check(kit, Way::CannotRegister, &person(n), EMAIL).await;
        let form = [("step", "check"), ("consent", "yes")];
        let answers = at_once((0..6).map(|_| browser.click(&form)).collect()).await;
        let waiting = kit.portal.store.count_complaints(ComplaintState::Submitted);
        assert_eq!(waiting.await.unwrap(), u64::from(n), "one each");
        let mut references = Vec::new();
        for answer in answers {
            let mut tab = browser.clone();
            tab.take(&answer.expect("an answer"));
            let view = follow(tab.reload().await);
            assert!(view.open.is_some(), "{:?}", view.problems);
            references.push(view.reference);
        }
        references.dedup();
        assert_eq!(references.len(), 1, "{references:?}");
        let mut letters = kit.new_letters().await;
        letters.retain(|letter| letter.kind == "complaint_received");
        assert_eq!(letters.len(), 1);
    }
}

async fn documents_from_two_tabs_are_all_there_or_asked_for(kit: &Kit) {
    let browser = at_papers(kit, Way::WrongData, &person(1), EMAIL).await;
    let posts = FILES
        .iter()
        .map(|one| browser.send(papers("add", &[*one])))
        .collect();
    for answer in at_once(posts).await {
        answer.expect("an answer");
    }
    let mut tab = browser.clone();
    let view = crate::kit::complain(tab.reload().await);
    assert_eq!(view.papers.len(), 3, "{:?}", view.papers);
}

async fn two_officers_take_one_complaint_and_one_has_it(kit: &Kit) {
    let (_, reference) = sent(kit, Way::CannotRegister, &person(1), EMAIL).await;
    let mut clerks = Vec::new();
    for name in ["amina", "brahim", "chama"] {
        clerks.push(clerk(kit, name, Role::Registry).await);
    }
    let mut posts = Vec::new();
    for clerk in &mut clerks {
        let version = clerk.open(&reference).await.case.version.to_string();
        posts.push(
            clerk
                .browser
                .click(&[("version", &version), ("action", "take")]),
        );
    }
    let answers = at_once(posts).await;
    let moved = answers.into_iter().filter(|answer| {
        answer
            .as_ref()
            .expect("an answer")
            .query
            .contains("moved=1")
    });
    assert_eq!(moved.count(), 2);
    let complaint = kit.complaint(&reference).await;
    assert_eq!(
        (complaint.state, complaint.version),
        (ComplaintState::InReview, 1)
    );
    assert_eq!(
        kit.case_acts(&reference).await,
        ["complaint_submitted", "complaint_taken"]
    );
}

async fn two_decisions_at_once_tell_the_person_once(kit: &Kit) {
    let (_, reference) = sent(kit, Way::CannotRegister, &person(1), EMAIL).await;
    let mut officer: Clerk<'_> = clerk(kit, "amina", Role::Registry).await;
    let version = officer.take(&reference).await.version.to_string();
    kit.new_letters().await;
    let add = [
        ("version", version.as_str()),
        ("action", "complete"),
        ("add", "1"),
        ("programme", "Droit"),
        ("year", "S1"),
        ("status", "enrolled"),
    ];
    let refuse = [
        ("version", version.as_str()),
        ("action", "refuse"),
        ("reason", "other"),
        ("answer", "No."),
    ];
    let posts = vec![
        officer.browser.click(&add),
        officer.browser.click(&refuse),
        officer.browser.click(&add),
    ];
    let answers = at_once(posts).await;
    for answer in answers {
        answer.expect("an answer");
    }
    assert_eq!(kit.new_letters().await.len(), 1);
    let complaint = kit.complaint(&reference).await;
    let added = kit.portal.store.roll_size().await.unwrap();
    assert_eq!(complaint.kind, ComplaintKind::CannotRegister);
    assert_eq!(
        added == 1,
        complaint.state == ComplaintState::Completed,
        "{:?}",
        complaint.state
    );
}

async fn taking_it_back_while_an_officer_takes_it_is_answered(kit: &Kit) {
    for n in 1..=4 {
        let (mut browser, reference) = sent(kit, Way::CannotRegister, &person(n), EMAIL).await;
        let mut officer = clerk(kit, &format!("amina{n}"), Role::Registry).await;
        let version = officer.open(&reference).await.case.version.to_string();
        browser.submit(&[("action", "withdraw")]).await;
        let posts = vec![
            officer
                .browser
                .click(&[("version", &version), ("action", "take")]),
            browser.click(&[("action", "withdraw_now")]),
        ];
        for answer in at_once(posts).await {
            answer.expect("an answer, whoever was faster");
        }
        // It may be taken back before and after: so it always is.
        assert_eq!(
            kit.complaint(&reference).await.state,
            ComplaintState::Closed
        );
    }
}

async fn characters_that_a_database_refuses_are_nobody_s_fault(kit: &Kit) {
    let mut browser = at_check(kit, Way::CannotRegister, &person(1), EMAIL).await;
    let back = [("action", "back"), ("to", "reach")];
    send(&mut browser, "check", &back).await;
    let fields = [("email", EMAIL), ("note", "before\0after")];
    send(&mut browser, "reach", &fields).await;
    attach(&mut browser, "", &[]).await;
    let reference = confirm(&mut browser).await.reference;
    let note = kit.complaint(&reference).await.note;
    assert!(
        note.starts_with("before") && note.ends_with("after"),
        "{note:?}"
    );

    let mut officer = clerk(kit, "amina", Role::Registry).await;
    officer.take(&reference).await;
    let no = [("reason", "other"), ("answer", "before\0after")];
    let seen = officer.press(&reference, "refuse", &no).await;
    assert_eq!(seen.case.state, ComplaintState::Refused);

    for odd in ["\0", "FS\0", "\u{7}"] {
        let mut stranger = kit.browser();
        stranger.place = Place::Complaint(odd.to_owned());
        let code = [("code", "BCDFGHJK")];
        let answered = stranger.post(&code).await;
        assert!(answered.is_ok(), "{odd:?}: {answered:?}");
        let place = Place::StaffComplaint(odd.to_owned());
        let shown = officer.browser.look(&place, "").await;
        assert!(matches!(shown, Shown::Missing), "{odd:?}");
        let acted = officer.browser.knock(&place, "", &no).await;
        assert!(matches!(acted, Acted::Missing), "{odd:?}");
        let visitor = officer.browser.visitor().await;
        let served = miftah_portal::desk::paper(&kit.portal, &visitor, odd, "slip").await;
        assert!(served.expect("an answer").is_none());
        officer.queue(&format!("q={odd}")).await;
    }
}

on_each! {
    characters_that_a_database_refuses_are_nobody_s_fault
    a_double_click_sends_one_complaint_and_both_show_its_receipt
    documents_from_two_tabs_are_all_there_or_asked_for
    two_officers_take_one_complaint_and_one_has_it
    two_decisions_at_once_tell_the_person_once
    taking_it_back_while_an_officer_takes_it_is_answered
}
