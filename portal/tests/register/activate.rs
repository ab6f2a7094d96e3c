//! Norm 3: the link of an activation letter. Opening it changes nothing; its button counts in the browser
//! that began, or together with a password.

use std::sync::Arc;

use miftah_portal::id::JourneyId;
use miftah_portal::letter::{ACTIVATE, activate_about};
use miftah_rules::Place;
use miftah_rules::view::{ActivateState, ActivateView, Page, RegisterStep};

use crate::kit::{Browser, Kit, PASSWORD, activate, codes, institution, person};
use crate::steps::{EMAIL, at_code, send, send_password};

const HOUR: i64 = 3_600_000;
const TWICE: [(&str, &str); 2] = [("password", PASSWORD), ("password_again", PASSWORD)];

/// An institution that sends links, and person 1.
async fn kit() -> Kit {
    let mut kit = Kit::new().await;
    let mut institution = institution();
    institution.registration.activation_link = true;
    kit.portal.institution = Arc::new(institution);
    kit.load([person(1)]).await;
    kit
}

/// The link beside code number `counter`.
fn link(kit: &Kit, browser: &Browser<'_>, counter: i64) -> Place {
    let about = activate_about(&JourneyId(browser.journey()), counter);
    Place::Activate(kit.portal.key.link(ACTIVATE, &about))
}

async fn look(browser: &mut Browser<'_>, link: &Place) -> ActivateView {
    activate(browser.open(link.clone(), "").await)
}

#[tokio::test]
async fn norm_3_the_browser_that_began_goes_on_with_a_press() {
    let kit = kit().await;
    let mut browser = at_code(&kit).await;
    let link = link(&kit, &browser, 1);
    // Hours later: the code beside it has run out, the link has not.
    kit.wait(20 * HOUR);
    let view = look(&mut browser, &link).await;
    assert_eq!(
        (view.state, view.email.as_str()),
        (ActivateState::Here, EMAIL)
    );
    assert!(view.first_name.is_some());
    assert_eq!(
        kit.account_of(&person(1)).await,
        None,
        "a look changes nothing"
    );
    let page = browser.submit(&[]).await;
    assert!(matches!(page, Page::Register(view) if view.step == RegisterStep::Password));
    send_password(&mut browser).await;
    assert_eq!(browser.place, Place::Home);
    assert_eq!(kit.account_of(&person(1)).await.unwrap().email, EMAIL);
    assert_eq!(look(&mut browser, &link).await.state, ActivateState::Over);
}

#[tokio::test]
async fn norm_3_elsewhere_a_password_goes_with_the_button() {
    let kit = kit().await;
    let begun = at_code(&kit).await;
    let link = link(&kit, &begun, 1);
    let mut other = kit.browser();
    let view = look(&mut other, &link).await;
    assert_eq!(view.state, ActivateState::Elsewhere);
    assert_eq!(view.first_name, None, "who it is, is told to nobody else");
    // As mail scanners do it.
    let view = activate(other.submit(&[]).await);
    assert_eq!(codes(&view.problems), ["E105"]);
    let view = activate(other.submit(&[TWICE[0], ("password_again", "x")]).await);
    assert_eq!(codes(&view.problems), ["E404"]);
    let short = [("password", "short"), ("password_again", "short")];
    assert_eq!(
        codes(&activate(other.submit(&short).await).problems),
        ["E401"]
    );
    assert_eq!(kit.account_of(&person(1)).await, None);
    assert!(matches!(other.submit(&TWICE).await, Page::Home(_)));
    assert!(other.session.is_some());
    assert_eq!(kit.account_of(&person(1)).await.unwrap().email, EMAIL);
    // Once.
    let mut third = kit.browser();
    assert_eq!(look(&mut third, &link).await.state, ActivateState::Over);
    assert_eq!(
        activate(third.submit(&TWICE).await).state,
        ActivateState::Over
    );
    assert!(third.session.is_none());
}

#[tokio::test]
async fn norm_3_a_link_ends_with_its_time_its_code_and_its_successor() {
    let kit = kit().await;
    let mut browser = at_code(&kit).await;
    let first = link(&kit, &browser, 1);
    kit.wait(60_000);
    send(&mut browser, "code", &[("action", "resend")]).await;
    let second = link(&kit, &browser, 2);
    let mut other = kit.browser();
    assert_eq!(look(&mut other, &first).await.state, ActivateState::Over);
    assert_eq!(
        look(&mut other, &second).await.state,
        ActivateState::Elsewhere
    );
    // A link that nobody was sent, and one with another's proof.
    let Place::Activate(token) = &second else {
        panic!("no link")
    };
    for forged in ["", "x", "_1", "x_1.00", &token.replacen("_2.", "_3.", 1)] {
        let forged = Place::Activate(forged.to_owned());
        assert_eq!(look(&mut other, &forged).await.state, ActivateState::Over);
        other.submit(&TWICE).await;
        assert!(other.session.is_none());
    }
    kit.wait(24 * HOUR);
    assert_eq!(look(&mut other, &second).await.state, ActivateState::Over);
    other.submit(&TWICE).await;
    assert_eq!(kit.account_of(&person(1)).await, None);
}

#[tokio::test]
async fn norm_3_a_typed_code_uses_the_link_up_and_the_other_way_round() {
    let kit = kit().await;
    let mut browser = at_code(&kit).await;
    let link = link(&kit, &browser, 1);
    let code = kit.code(&browser.journey(), 1);
    let mut other = browser.clone();
    let view = send(&mut browser, "code", &[("code", &code)]).await;
    assert_eq!(view.step, RegisterStep::Password);
    assert_eq!(look(&mut other, &link).await.state, ActivateState::Over);

    let kit = self::kit().await;
    let mut browser = at_code(&kit).await;
    let link = self::link(&kit, &browser, 1);
    let code = kit.code(&browser.journey(), 1);
    let mut tab = browser.clone();
    look(&mut tab, &link).await;
    tab.submit(&[]).await;
    let view = send(&mut browser, "code", &[("code", &code)]).await;
    assert_eq!(view.step, RegisterStep::Password, "it stands where it is");
}

#[tokio::test]
async fn norm_3_no_link_where_the_institution_sends_none() {
    let kit = crate::steps::kit().await;
    let mut browser = at_code(&kit).await;
    let link = link(&kit, &browser, 1);
    let journey = browser.query.clone();
    kit.wait(2 * HOUR);
    assert_eq!(look(&mut browser, &link).await.state, ActivateState::Over);
    let page = browser.open(Place::Register, &journey).await;
    assert!(matches!(page, Page::Register(view) if codes(&view.problems) == ["E306"]));
}
