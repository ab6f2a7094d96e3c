//! Norm 1, `record_address`: where the profile wants it, only an address on the roll opens an account,
//! and the page does not tell which one that is.

use std::sync::Arc;

use miftah_portal::model::Person;
use miftah_rules::Place;
use miftah_rules::profile::FirstClaim;
use miftah_rules::view::RegisterStep;

use crate::kit::{Kit, SECOND, codes, institution, person, register};
use crate::steps::{EMAIL, at_code, at_contact, send, send_email, send_password};

const OTHER: &str = "thief.of@example.ma";

/// A faculty that knows its students' addresses, and person 1 with this one on the roll.
async fn kit(on_record: Option<&str>) -> Kit {
    let mut kit = Kit::on_disk().await;
    let mut institution = institution();
    institution.registration.first_claim = FirstClaim::RecordAddress;
    kit.portal.institution = Arc::new(institution);
    let student = Person {
        email: on_record.map(str::to_owned),
        ..person(1)
    };
    kit.load([student]).await;
    kit
}

#[tokio::test]
async fn norm_1_the_address_on_record_opens_the_account_however_it_is_written() {
    let kit = kit(Some("MERYEM.A@Example.ma")).await;
    let mut browser = at_code(&kit).await;
    let letters = kit.new_letters().await;
    assert_eq!(letters.len(), 1);
    assert!(!letters[0].decoy);
    let code = kit.code_in(&letters[0]);
    let view = send(&mut browser, "code", &[("code", &code)]).await;
    assert_eq!(view.step, RegisterStep::Password);
    send_password(&mut browser).await;
    assert_eq!(browser.place, Place::Home);
    assert_eq!(kit.account_of(&person(1)).await.unwrap().email, EMAIL);
    kit.remove().await;
}

/// Of a code that nobody gets there is nothing to tell, so nothing is told of one that goes out.
#[tokio::test]
async fn norm_2_what_became_of_the_message_is_not_told() {
    let kit = kit(Some(EMAIL)).await;
    for email in [EMAIL, OTHER] {
        let mut browser = at_contact(&kit).await;
        let view = send_email(&mut browser, email).await;
        assert_eq!(view.code.unwrap().delivery, None, "{email}");
        kit.new_letters().await;
        let view = register(browser.reload().await);
        assert_eq!(view.code.unwrap().delivery, None, "{email}");
    }
    kit.remove().await;
}

#[tokio::test]
async fn norm_1_no_code_opens_an_account_for_another_address() {
    for on_record in [Some(EMAIL), None] {
        let kit = kit(on_record).await;
        let mut browser = at_contact(&kit).await;
        send_email(&mut browser, OTHER).await;
        for counter in 1..=3 {
            let letters = kit.new_letters().await;
            assert!(letters.iter().all(|letter| letter.decoy), "{letters:?}");
            let code = kit.code(&browser.journey(), counter);
            let view = send(&mut browser, "code", &[("code", &code)]).await;
            assert_eq!(codes(&view.problems), ["E303"], "not even the right one");
            kit.wait(31 * SECOND);
            send(&mut browser, "code", &[("action", "resend")]).await;
        }
        assert!(kit.account_of(&person(1)).await.is_none());
        // Another way from the same journey, once the address is found out.
        if on_record.is_some() {
            send(&mut browser, "code", &[("action", "change")]).await;
            send_email(&mut browser, EMAIL).await;
            let letters = kit.new_letters().await;
            let code = kit.code_in(letters.last().unwrap());
            let view = send(&mut browser, "code", &[("code", &code)]).await;
            assert_eq!(view.step, RegisterStep::Password);
        }
        kit.remove().await;
    }
}

#[tokio::test]
async fn norm_2_which_address_is_on_record_is_not_told() {
    let mut seen = Vec::new();
    for on_record in [Some(EMAIL), Some(OTHER), None] {
        let kit = kit(on_record).await;
        let mut browser = at_contact(&kit).await;
        let mut story = Vec::new();
        let mut view = send_email(&mut browser, EMAIL).await;
        for typed in ["000000", "", "1"] {
            view.trail.journey = None;
            story.push((view, kit.tally().await));
            view = send(&mut browser, "code", &[("code", typed)]).await;
        }
        kit.wait(31 * SECOND);
        let mut view = send(&mut browser, "code", &[("action", "resend")]).await;
        view.trail.journey = None;
        story.push((view, kit.tally().await));
        seen.push(story);
        kit.remove().await;
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
}
