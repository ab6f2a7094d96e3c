//! The way through the journey that most stories begin with.

use super::kit::{Browser, Kit, body, codes, recover};
use miftah_portal::letter::{Body, Change};
use miftah_portal::model::{Account, Letter, Person};
use miftah_rules::Place;
use miftah_rules::view::{Channel, RecoverStep, RecoverView};

pub(super) const EMAIL: &str = "amal.idrissi@example.ma";
pub(super) const PHONE: &str = "+212612345678";
pub(super) const NEW_PASSWORD: &str = "une barque bleue sur le lac";

/// An account with e-mail and confirmed phone.
pub(super) async fn open_account(kit: &Kit, person: &Person) -> Account {
    kit.open_account_with(person, EMAIL, |account| {
        account.phone = Some(PHONE.into());
        account.phone_confirmed = true;
    })
    .await
}

/// Posts to the recovery page and shows what follows.
pub(super) async fn send(browser: &mut Browser<'_>, fields: &[(&str, &str)]) -> RecoverView {
    recover(browser.submit(fields).await)
}

/// A new browser on the recovery page.
pub(super) async fn begin(kit: &Kit) -> Browser<'_> {
    let mut browser = kit.browser();
    browser.open(Place::Recover, "").await;
    browser
}

pub(super) async fn give_data(browser: &mut Browser<'_>, person: &Person) -> RecoverView {
    let fields = [
        ("student_number", person.number.as_str()),
        ("national_id", &person.national_id),
        ("birth_date", &person.birth_date),
    ];
    send(browser, &fields).await
}

/// All personal data given: at the choice of an address.
pub(super) async fn located<'k>(kit: &'k Kit, person: &Person) -> Browser<'k> {
    let mut browser = begin(kit).await;
    let view = give_data(&mut browser, person).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Destination, vec![])
    );
    browser
}

/// A code is on its way by `channel`.
pub(super) async fn waiting<'k>(kit: &'k Kit, person: &Person, channel: Channel) -> Browser<'k> {
    let mut browser = located(kit, person).await;
    let name = match channel {
        Channel::Email => "email",
        Channel::Phone => "phone",
    };
    let view = send(&mut browser, &[("step", "destination"), ("channel", name)]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Code, vec![])
    );
    browser
}

/// The account is proved: at the new password.
pub(super) async fn proved<'k>(kit: &'k Kit, person: &Person, channel: Channel) -> Browser<'k> {
    let mut browser = waiting(kit, person, channel).await;
    let code = kit.code(&browser.journey(), 1);
    let view = send(&mut browser, &[("step", "code"), ("code", &code)]).await;
    assert_eq!(
        (view.step, codes(&view.problems)),
        (RecoverStep::Password, vec![])
    );
    browser
}

/// Kind and address of letters, sorted: letters of one moment have no order.
pub(super) fn sent(letters: &[Letter]) -> Vec<(&str, &str)> {
    let mut sent: Vec<_> = letters
        .iter()
        .map(|letter| (letter.kind.as_str(), letter.to.as_str()))
        .collect();
    sent.sort_unstable();
    sent
}

/// Where letters about a change went, sorted.
pub(super) fn told(letters: &[Letter], change: Change) -> Vec<&str> {
    let about = |letter: &&Letter| matches!(body(letter), Body::Notice { change: told, .. } if told == change);
    let mut to: Vec<_> = letters
        .iter()
        .filter(about)
        .map(|letter| letter.to.as_str())
        .collect();
    to.sort_unstable();
    to
}
