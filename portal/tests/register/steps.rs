//! A student's way through the steps, for stories that begin later.

use miftah_portal::model::Person;
use miftah_rules::Place;
use miftah_rules::view::{Page, RegisterStep, RegisterView};

use crate::kit::{Browser, Kit, PASSWORD, person, register};

pub(crate) const EMAIL: &str = "Meryem.A@example.ma";

/// What the first form holds for person `n` of the kit.
pub(crate) fn data(person: &Person) -> [(&'static str, String); 3] {
    [
        ("student_number", person.number.clone()),
        ("national_id", person.national_id.clone()),
        ("birth_date", person.birth_date.clone()),
    ]
}

/// Posts a step's form with its `step`.
pub(crate) async fn send(
    browser: &mut Browser<'_>,
    step: &str,
    fields: &[(&str, &str)],
) -> RegisterView {
    register(send_any(browser, step, fields).await)
}

pub(crate) async fn send_any(
    browser: &mut Browser<'_>,
    step: &str,
    fields: &[(&str, &str)],
) -> Page {
    let mut all = vec![("step", step)];
    all.extend_from_slice(fields);
    browser.submit(&all).await
}

pub(crate) async fn send_who(browser: &mut Browser<'_>, person: &Person) -> RegisterView {
    let data = data(person);
    let fields: Vec<_> = data
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    send(browser, "who", &fields).await
}

pub(crate) async fn send_email(browser: &mut Browser<'_>, email: &str) -> RegisterView {
    send(browser, "contact", &[("email", email), ("terms", "yes")]).await
}

pub(crate) async fn send_password(browser: &mut Browser<'_>) -> Page {
    let twice = [("password", PASSWORD), ("password_again", PASSWORD)];
    send_any(browser, "password", &twice).await
}

/// A browser at the contact step of person 1.
pub(crate) async fn at_contact(kit: &Kit) -> Browser<'_> {
    let mut browser = kit.browser();
    browser.open(Place::Register, "").await;
    let view = send_who(&mut browser, &person(1)).await;
    assert_eq!(view.step, RegisterStep::Contact);
    browser
}

/// The same at the code step, with [`EMAIL`].
pub(crate) async fn at_code(kit: &Kit) -> Browser<'_> {
    let mut browser = at_contact(kit).await;
    let view = send_email(&mut browser, EMAIL).await;
    assert_eq!(view.step, RegisterStep::Code);
    browser
}

/// The same at the password step.
pub(crate) async fn at_password(kit: &Kit) -> Browser<'_> {
    let mut browser = at_code(kit).await;
    let code = kit.code(&browser.journey(), 1);
    let view = send(&mut browser, "code", &[("code", &code)]).await;
    assert_eq!(view.step, RegisterStep::Password);
    browser
}

/// A kit with person 1 on the roll.
pub(crate) async fn kit() -> Kit {
    let kit = Kit::new().await;
    kit.load([person(1)]).await;
    kit
}
