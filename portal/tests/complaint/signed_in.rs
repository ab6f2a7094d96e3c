//! S0.9 for somebody who is signed in: what is known is there, and only what is wrong is typed.

use miftah_rules::view::ComplainStep;
use miftah_rules::{Field, Place, Role};

use crate::assisted::{OLD, PHONE, owner};
use crate::kit::{Browser, Kit, codes, complain, person};
use crate::office::clerk;
use crate::way::{EMAIL, FILES, Way, at_reach, attach, confirm, send, send_data, typed};

/// A browser in which person 1 is signed in, with a phone that was confirmed or not.
async fn student(kit: &Kit, confirmed: bool) -> Browser<'_> {
    kit.load([owner()]).await;
    kit.open_account_with(&owner(), OLD, |account| {
        account.phone = Some(PHONE.into());
        account.phone_confirmed = confirmed;
    })
    .await;
    let mut browser = kit.browser();
    browser.sign_in(OLD).await;
    kit.new_letters().await;
    browser
}

#[tokio::test]
async fn s0_9_what_the_roll_says_is_there_to_be_changed() {
    for confirmed in [true, false] {
        let kit = Kit::new().await;
        let mut browser = student(&kit, confirmed).await;
        let view = complain(browser.open(Place::Complain, "").await);
        for (field, value) in [
            (Field::StudentNumber, "R000000001"),
            (Field::BirthDate, "2004-02-29"),
            (Field::LastNameLatin, "El Alaoui"),
            (Field::Email, OLD),
            (Field::Phone, if confirmed { PHONE } else { "" }),
        ] {
            assert_eq!(typed(&view, field), value, "{field:?}");
        }
        let mut renamed = owner();
        renamed.last_name_latin = "Alaoui".into();
        let view = send_data(&mut browser, Way::WrongData, &renamed).await;
        assert_eq!(view.step, ComplainStep::Reach, "{:?}", view.problems);
        let view = send(&mut browser, "reach", &[("email", OLD)]).await;
        assert_eq!((view.step, view.unconfirmed), (ComplainStep::Papers, false));
        assert!(
            kit.new_letters().await.is_empty(),
            "a code came back from there long ago"
        );
        attach(&mut browser, "", &FILES).await;
        let stored = kit.complaint(&confirm(&mut browser).await.reference).await;
        assert_eq!((stored.email.as_str(), stored.email_confirmed), (OLD, true));
        assert_eq!(
            stored.claim.get(&Field::LastNameLatin).map(String::as_str),
            Some("Alaoui")
        );
    }
}

#[tokio::test]
async fn another_address_is_confirmed_as_ever() {
    let kit = Kit::new().await;
    let mut browser = student(&kit, true).await;
    browser.open(Place::Complain, "").await;
    send_data(&mut browser, Way::WrongData, &owner()).await;
    let view = send(&mut browser, "reach", &[("email", EMAIL)]).await;
    assert_eq!((view.step, view.unconfirmed), (ComplainStep::Code, true));
    assert_eq!(kit.new_letters().await.len(), 1);
    let view = send(&mut browser, "code", &[("action", "change")]).await;
    assert_eq!(view.step, ComplainStep::Reach);
}

#[tokio::test]
async fn nobody_else_is_shown_anything_or_spared_the_code() {
    let kit = Kit::new().await;
    student(&kit, true).await;
    let mut stranger = kit.browser();
    let view = complain(stranger.open(Place::Complain, "").await);
    assert!(view.typed.is_empty());
    let mut officer = clerk(&kit, "amina", Role::Registry).await;
    let view = complain(officer.browser.open(Place::Complain, "").await);
    assert!(view.typed.is_empty(), "officers are not on the roll");
    let mut stranger = at_reach(&kit, Way::WrongData, &owner()).await;
    let view = send(&mut stranger, "reach", &[("email", OLD)]).await;
    assert_eq!((view.step, view.unconfirmed), (ComplainStep::Code, true));
    // The page for whoever has lost everything asks everything.
    let mut browser = kit.browser();
    browser.sign_in(OLD).await;
    let view = complain(browser.open(Place::Assisted, "").await);
    assert!(view.typed.is_empty());
    let view = send_data(&mut browser, Way::Assisted, &person(2)).await;
    assert_eq!(codes(&view.problems), ["E301"]);
}
