//! The last question and the receipt: sent once, with consent, and with a code where one is needed.

use miftah_rules::complaint::ComplaintState;
use miftah_rules::view::ComplainStep;
use miftah_rules::{Field, Place, Problem};

use crate::kit::{HOUR, Kit, SECOND, codes, complain, follow, person};
use crate::way::{
    EMAIL, FILES, Way, at_check, at_code, at_reach, attach, confirm, send, sent, sent_unconfirmed,
};

/// A kit on whose roll person 1 is, with an account.
async fn campus() -> Kit {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    kit.open_account(&person(1), "amal@example.ma").await;
    kit
}

#[tokio::test]
async fn only_a_ticked_consent_sends_it() {
    let kit = campus().await;
    let mut browser = at_check(&kit, Way::WrongData, &person(1), EMAIL).await;
    kit.new_letters().await;
    let view = send(&mut browser, "check", &[]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (ComplainStep::Check, vec!["E105"])
    );
    assert_eq!(view.problems[0].field, Some(Field::Consent));
    let missing = kit.new_letters().await;
    assert!(missing.is_empty());
    let queue = kit.portal.store.count_complaints(ComplaintState::Submitted);
    assert_eq!(queue.await.unwrap(), 0);
}

#[tokio::test]
async fn what_was_sent_is_sent_once_and_leads_to_its_receipt() {
    let kit = campus().await;
    let mut browser = at_check(&kit, Way::WrongData, &person(1), EMAIL).await;
    let form = browser.clone();
    let first = confirm(&mut browser).await;
    let mut again = form;
    let second = confirm(&mut again).await;
    assert_eq!(
        (&second.reference, &second.open),
        (&first.reference, &first.open)
    );
    let view = complain(
        again
            .open(Place::Complain, &at_journey(&first.trail.journey))
            .await,
    );
    assert_eq!(
        codes(&view.problems),
        ["E306"],
        "the receipt is no complaint to be written"
    );
    let found = kit.complaint(&first.reference).await;
    assert_eq!(
        kit.case_acts(&found.reference).await,
        ["complaint_submitted"]
    );
}

fn at_journey(id: &Option<String>) -> String {
    format!("j={}", id.as_deref().unwrap_or_default())
}

#[tokio::test]
async fn an_unconfirmed_address_will_do_for_a_complaint() {
    let kit = Kit::new().await;
    let (mut browser, reference) =
        sent_unconfirmed(&kit, Way::CannotRegister, &person(1), EMAIL).await;
    let shown = follow(browser.reload().await).open.unwrap();
    assert!(shown.unconfirmed);
    let secret = shown.code.expect("the page shows it");
    let letters = kit.deliver().await;
    let receipts: Vec<_> = letters
        .iter()
        .filter(|letter| letter.text.contains(&reference))
        .collect();
    assert_eq!(receipts.len(), 1);
    assert!(
        !receipts[0].text.contains(&secret),
        "nobody has shown whose mailbox it is"
    );
    let stored = kit.complaint(&reference).await;
    assert_eq!(
        (stored.email.as_str(), stored.email_confirmed),
        (EMAIL, false)
    );
    // A link in a letter about it asks for the code, too.
    assert!(letters.iter().all(|letter| !letter.text.contains("?k=")));
}

#[tokio::test]
async fn s0_3_an_unconfirmed_address_is_stored_as_it_was_read() {
    let kit = Kit::new().await;
    let way = Way::CannotRegister;
    let mut browser = at_reach(&kit, way, &person(1)).await;
    send(
        &mut browser,
        "reach",
        &[("email", "\u{200f}meryem.a @Example.MA.")],
    )
    .await;
    send(&mut browser, "code", &[("action", "skip")]).await;
    attach(&mut browser, "", &FILES).await;
    let reference = confirm(&mut browser).await.reference;
    assert_eq!(kit.complaint(&reference).await.email, EMAIL);
}

#[tokio::test]
async fn s0_12_an_assisted_recovery_is_never_sent_without_its_code() {
    let kit = campus().await;
    let mut browser = at_code(&kit, Way::Assisted, &person(1), EMAIL).await;
    for fields in [
        vec![("action", "skip")],
        vec![("action", "skip"), ("code", "000000")],
        vec![("action", "add")],
    ] {
        let view = send(&mut browser, "code", &fields).await;
        assert_eq!(
            (view.step, view.unconfirmed),
            (ComplainStep::Code, true),
            "{fields:?}"
        );
    }
}

#[tokio::test]
async fn the_sixth_complaint_about_a_number_waits() {
    let kit = Kit::new().await;
    for n in 0..5 {
        sent(
            &kit,
            Way::CannotRegister,
            &person(1),
            &format!("m{n}@example.ma"),
        )
        .await;
        kit.wait(SECOND);
    }
    let mut browser = at_check(&kit, Way::CannotRegister, &person(1), EMAIL).await;
    let view = send(&mut browser, "check", &[("consent", "yes")]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (ComplainStep::Check, vec!["E202"])
    );
    kit.wait(HOUR - SECOND);
    let view = follow(
        browser
            .submit(&[("step", "check"), ("consent", "yes")])
            .await,
    );
    assert!(view.open.is_some(), "an hour later it goes");
    let stored = kit.complaint(&view.reference).await;
    assert_eq!(stored.problem, None::<Problem>);
}
