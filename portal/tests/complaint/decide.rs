//! What officers decide: one at a time, with reasons, and told to the person.

use miftah_portal::act::Subject;
use miftah_portal::letter::{Body, Decision};
use miftah_rules::complaint::{CloseReason, ComplaintEvent, ComplaintState, RefusalReason};
use miftah_rules::view::FollowWhat;
use miftah_rules::{Place, Role};

use crate::kit::{Kit, body, follow, person};
use crate::office::clerk;
use crate::way::{EMAIL, Way, sent, sent_unconfirmed};

/// What a letter says was decided, and in which words.
fn decided(letter: &miftah_portal::model::Letter) -> (Decision, String) {
    match body(letter) {
        Body::ComplaintDecided {
            decision, answer, ..
        } => (decision, answer),
        other => panic!("no decision: {other:?}"),
    }
}

#[tokio::test]
async fn the_second_officer_is_told_that_somebody_was_faster() {
    let kit = Kit::new().await;
    let (_, reference) = sent(&kit, Way::CannotRegister, &person(1), EMAIL).await;
    let mut first = clerk(&kit, "amina", Role::Registry).await;
    let mut second = clerk(&kit, "brahim", Role::Registry).await;
    let version = second.open(&reference).await.case.version;
    first.take(&reference).await;
    let seen = second.press_at(&reference, "take", version, &[]).await;
    assert_eq!((seen.case.moved, seen.case.mine), (true, false));
    assert_eq!(seen.case.officer.as_deref(), Some("amina"));
    assert_eq!(kit.case_acts(&reference).await.len(), 2);
    // The same of somebody who decides from an old page of their own.
    kit.new_letters().await;
    let no = [("reason", "other"), ("answer", "No.")];
    let seen = first.press_at(&reference, "refuse", version, &no).await;
    assert_eq!(
        (seen.case.moved, seen.case.state),
        (true, ComplaintState::InReview)
    );
    let missing = first.press_at(&reference, "refuse", version + 1, &no).await;
    assert_eq!(
        (missing.case.moved, missing.case.state),
        (false, ComplaintState::Refused)
    );
    assert_eq!(kit.new_letters().await.len(), 1);
}

#[tokio::test]
async fn a_refusal_needs_a_reason_of_the_list_and_words() {
    let kit = Kit::new().await;
    let (mut person_s, reference) = sent(&kit, Way::CannotRegister, &person(1), EMAIL).await;
    let mut officer = clerk(&kit, "amina", Role::Registry).await;
    officer.take(&reference).await;
    kit.new_letters().await;
    for fields in [
        vec![],
        vec![("answer", "No.")],
        vec![("reason", "mood"), ("answer", "No.")],
        vec![("reason", "duplicate"), ("answer", "No.")],
        vec![("reason", "other")],
        vec![("reason", "other"), ("answer", " \n ")],
    ] {
        let seen = officer.press(&reference, "refuse", &fields).await;
        assert_eq!(
            (seen.problems, seen.case.state),
            (vec!["E105"], ComplaintState::InReview)
        );
    }
    assert!(kit.new_letters().await.is_empty());
    for reason in RefusalReason::ALL {
        let answer = format!("{reason:?}\nNo.");
        let fields = [("reason", reason.name()), ("answer", answer.as_str())];
        let seen = officer.press(&reference, "refuse", &fields).await;
        assert_eq!(
            (seen.case.state, seen.case.refused),
            (ComplaintState::Refused, Some(*reason))
        );
        let letters = kit.new_letters().await;
        assert_eq!(letters.len(), 1);
        assert_eq!(
            decided(&letters[0]),
            (Decision::Refused(*reason), answer.clone())
        );
        let open = follow(person_s.reload().await).open.unwrap();
        assert_eq!((open.refused, open.answer), (Some(*reason), answer));
        assert_eq!(open.onward, None);
        officer.press(&reference, "reopen", &[]).await;
    }
}

#[tokio::test]
async fn closing_without_a_decision_has_its_own_reasons() {
    let kit = Kit::new().await;
    let (mut person_s, reference) = sent(&kit, Way::CannotRegister, &person(1), EMAIL).await;
    let mut officer = clerk(&kit, "amina", Role::Registry).await;
    officer.take(&reference).await;
    kit.new_letters().await;
    for reason in ["", "other", "withdrawn", "stopped"] {
        let seen = officer
            .press(&reference, "close", &[("reason", reason)])
            .await;
        assert_eq!(
            (seen.problems, seen.case.state),
            (vec!["E105"], ComplaintState::InReview)
        );
    }
    for reason in [CloseReason::Duplicate, CloseReason::NotCompetent] {
        let seen = officer
            .press(&reference, "close", &[("reason", reason.name())])
            .await;
        assert_eq!(
            (seen.case.state, seen.case.closed),
            (ComplaintState::Closed, Some(reason))
        );
        let letters = kit.new_letters().await;
        assert_eq!(
            decided(&letters[0]),
            (Decision::Closed(reason), String::new())
        );
        let open = follow(person_s.reload().await).open.unwrap();
        assert_eq!((open.closed, open.refused), (Some(reason), None));
        officer.press(&reference, "reopen", &[]).await;
    }
}

#[tokio::test]
async fn what_was_reopened_belongs_to_whoever_did_and_begins_anew() {
    let kit = Kit::new().await;
    let (mut person_s, reference) = sent(&kit, Way::CannotRegister, &person(1), EMAIL).await;
    let mut first = clerk(&kit, "amina", Role::Registry).await;
    first.take(&reference).await;
    let no = [("reason", "proof_missing"), ("answer", "Send the slip.")];
    first.press(&reference, "refuse", &no).await;
    let mut second = clerk(&kit, "brahim", Role::Registry).await;
    let seen = second.press(&reference, "reopen", &[]).await;
    assert_eq!((seen.case.mine, seen.case.refused), (true, None));
    assert_eq!(seen.case.papers.len(), 3, "its documents are still there");
    let open = follow(person_s.reload().await).open.unwrap();
    assert_eq!((open.state, open.refused), (ComplaintState::InReview, None));
    let steps: Vec<_> = open.steps.iter().map(|step| step.what).collect();
    use FollowWhat::{Refused, Reopened, Submitted, Taken};
    assert_eq!(steps, [Submitted, Taken, Refused, Reopened]);
    let place = [
        ("add", "1"),
        ("programme", "Droit"),
        ("year", "S1"),
        ("status", "enrolled"),
    ];
    let seen = second.press(&reference, "complete", &place).await;
    assert_eq!(seen.case.state, ComplaintState::Completed);
    assert_eq!(seen.case.may, []);
}

#[tokio::test]
async fn history_names_its_officers_to_the_desk_alone() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    let (mut person_s, reference) = sent(&kit, Way::WrongData, &person(1), EMAIL).await;
    let mut first = clerk(&kit, "amina", Role::Registry).await;
    let mut second = clerk(&kit, "brahim", Role::Administrator).await;
    first.take(&reference).await;
    second.press(&reference, "release", &[]).await;
    second.take(&reference).await;
    second
        .correct(&reference, "R000000001", &["birth_date"])
        .await;
    let case = second.open(&reference).await.case;
    let history: Vec<_> = case
        .history
        .iter()
        .map(|act| (act.act.as_str(), act.by.as_deref()))
        .collect();
    assert_eq!(
        history,
        [
            ("complaint_submitted", None),
            ("complaint_taken", Some("amina")),
            ("complaint_released", Some("brahim")),
            ("complaint_taken", Some("brahim")),
            ("complaint_completed", Some("brahim")),
        ]
    );
    let complaint = kit.complaint(&reference).await;
    let told = kit.told(&Subject::complaint(&complaint.id)).await;
    let id = second.account.id.as_str();
    assert_eq!(told[4].by(), Some(id));
    assert_eq!(told[4].values["fields"], serde_json::json!(["birth_date"]));
    let shown = format!("{:?}", follow(person_s.reload().await));
    assert!(!shown.contains("amina") && !shown.contains(id), "{shown}");
}

#[tokio::test]
async fn a_removed_officer_s_complaint_is_released_and_their_name_stays() {
    let kit = Kit::new().await;
    let (_, reference) = sent(&kit, Way::CannotRegister, &person(1), EMAIL).await;
    let mut gone = clerk(&kit, "amina", Role::Registry).await;
    gone.take(&reference).await;
    let store = kit.portal.store.as_ref();
    miftah_portal::staff::remove(store, (&kit.portal).into(), "amina@desk.example")
        .await
        .unwrap();
    let mut administrator = clerk(&kit, "badr", Role::Administrator).await;
    let case = administrator.open(&reference).await.case;
    assert_eq!(
        (case.officer.as_deref(), case.may),
        (Some("amina"), vec![ComplaintEvent::Release])
    );
    administrator.press(&reference, "release", &[]).await;
    let case = administrator.take(&reference).await;
    assert_eq!(case.history[1].by.as_deref(), Some("amina"));
}

#[tokio::test]
async fn letters_to_an_unconfirmed_address_hold_no_link_that_opens_anything() {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    let (_, reference) = sent_unconfirmed(&kit, Way::WrongData, &person(1), EMAIL).await;
    let mut officer = clerk(&kit, "amina", Role::Registry).await;
    let case = officer.take(&reference).await;
    assert!(!case.email_confirmed);
    kit.deliver().await;
    officer.correct(&reference, "R000000001", &[]).await;
    let letters = kit.deliver().await;
    assert_eq!((letters.len(), letters[0].to.as_str()), (1, EMAIL));
    assert!(
        letters[0]
            .text
            .contains(&Place::Complaint(reference).path())
    );
    assert!(!letters[0].text.contains("?k="), "{}", letters[0].text);
}

#[tokio::test]
async fn other_complaints_about_the_number_are_beside_it() {
    let kit = Kit::new().await;
    let (_, first) = sent(&kit, Way::CannotRegister, &person(1), EMAIL).await;
    let (_, second) = sent(&kit, Way::CannotRegister, &person(1), "m@example.ma").await;
    sent(&kit, Way::CannotRegister, &person(2), EMAIL).await;
    let mut officer = clerk(&kit, "amina", Role::Registry).await;
    let case = officer.take(&first).await;
    let others: Vec<_> = case
        .others
        .iter()
        .map(|row| row.reference.as_str())
        .collect();
    assert_eq!(others, [second]);
}
