//! The phone: adding, confirming, changing and removing it.

use miftah_portal::letter::Change;
use miftah_rules::view::{Channel, ContactChange, ContactStep, ContactView, Done};
use miftah_rules::{Field, Place};

use crate::kit::{
    Browser, EMAIL, Kit, MINUTE, PASSWORD, PHONE, TYPED_PHONE, codes, contact, person, told,
};

const OTHER: &str = "+212700000009";
const TYPED_OTHER: &str = "0700-00-00-09";

async fn ask(browser: &mut Browser<'_>, phone: &str) -> ContactView {
    browser.open(Place::Contact, "change=phone").await;
    contact(
        browser
            .submit(&[("step", "choose"), ("phone", phone)])
            .await,
    )
}

async fn confirm(kit: &Kit, browser: &mut Browser<'_>) -> ContactView {
    let code = kit.code(&browser.journey(), 1);
    contact(browser.submit(&[("step", "code"), ("code", &code)]).await)
}

async fn with_phone(confirmed: bool) -> (Kit, miftah_portal::model::Account) {
    Kit::with_account_like(
        |_| {},
        |account| {
            account.phone = Some(PHONE.into());
            account.phone_confirmed = confirmed;
        },
    )
    .await
}

#[tokio::test]
async fn a_phone_is_added_by_a_code_in_an_sms() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    let view = ask(&mut browser, TYPED_PHONE).await;
    assert_eq!(view.code.map(|code| code.channel), Some(Channel::Phone));
    let letters = kit.new_letters().await;
    let sent: Vec<_> = letters.iter().map(|l| (l.channel, l.to.as_str())).collect();
    assert_eq!(sent, [(Channel::Phone, PHONE)]);
    assert_eq!(kit.reread(&meryem).await.phone, None, "not before the code");
    assert_eq!(
        confirm(&kit, &mut browser).await.done,
        Some(Done::PhoneChanged)
    );
    let changed = kit.reread(&meryem).await;
    assert_eq!(
        (changed.phone.as_deref(), changed.phone_confirmed),
        (Some(PHONE), true)
    );
    assert_eq!(
        told(&kit.new_letters().await, Change::PhoneChanged),
        [PHONE, EMAIL]
    );
    assert_eq!(kit.acts(&meryem).await, ["phone_added"]);
}

#[tokio::test]
async fn a_number_that_waits_for_its_code_is_already_typed() {
    let (kit, meryem) = with_phone(false).await;
    let mut browser = kit.signed_in(EMAIL).await;
    let view = contact(browser.open(Place::Contact, "change=phone").await);
    assert_eq!(
        view.typed.get(&Field::Phone).map(String::as_str),
        Some(PHONE)
    );
    ask(&mut browser, PHONE).await;
    confirm(&kit, &mut browser).await;
    assert!(kit.reread(&meryem).await.phone_confirmed);
    assert_eq!(kit.acts(&meryem).await, ["phone_confirmed"]);
}

#[tokio::test]
async fn the_old_number_hears_of_the_new_one_if_it_was_ever_confirmed() {
    for (confirmed, hear) in [
        (true, vec![PHONE, OTHER, EMAIL]),
        (false, vec![OTHER, EMAIL]),
    ] {
        let (kit, meryem) = with_phone(confirmed).await;
        let mut browser = kit.signed_in(EMAIL).await;
        ask(&mut browser, TYPED_OTHER).await;
        confirm(&kit, &mut browser).await;
        assert_eq!(told(&kit.new_letters().await, Change::PhoneChanged), hear);
        assert_eq!(kit.acts(&meryem).await, ["phone_changed"]);
    }
}

#[tokio::test]
async fn removing_the_phone_needs_a_recent_password_and_tells_the_number() {
    let (kit, meryem) = with_phone(true).await;
    let mut browser = kit.signed_in(EMAIL).await;
    kit.wait(10 * MINUTE);
    let view = contact(browser.open(Place::Contact, "change=remove_phone").await);
    assert_eq!(view.change, Some(ContactChange::RemovePhone));
    assert_eq!(
        codes(&contact(browser.submit(&[]).await).problems),
        ["E206"]
    );
    assert_eq!(kit.reread(&meryem).await.phone.as_deref(), Some(PHONE));
    let view = contact(browser.submit(&[("current_password", PASSWORD)]).await);
    assert_eq!(view.done, Some(Done::PhoneRemoved));
    assert_eq!(kit.reread(&meryem).await.phone, None);
    assert_eq!(
        told(&kit.new_letters().await, Change::PhoneRemoved),
        [PHONE, EMAIL]
    );
    assert_eq!(kit.acts(&meryem).await, ["phone_removed"]);

    // Nothing is left to remove: the page is the list.
    let view = contact(browser.open(Place::Contact, "change=remove_phone").await);
    assert_eq!(view.change, None);
}

#[tokio::test]
async fn a_number_that_was_never_confirmed_may_be_anyones_and_hears_nothing() {
    let (kit, _) = with_phone(false).await;
    let mut browser = kit.signed_in(EMAIL).await;
    browser.open(Place::Contact, "change=remove_phone").await;
    contact(browser.submit(&[]).await);
    assert_eq!(
        told(&kit.new_letters().await, Change::PhoneRemoved),
        [EMAIL]
    );
}

#[tokio::test]
async fn a_change_of_address_ends_the_accounts_other_journeys() {
    let (kit, meryem) = with_phone(true).await;
    let mut browser = kit.signed_in(EMAIL).await;
    ask(&mut browser, TYPED_OTHER).await;
    let (mut tab, journey) = (browser.clone(), browser.journey());
    browser.open(Place::Contact, "change=email").await;
    browser.submit(&[("email", "new@example.ma")]).await;
    assert_eq!(
        confirm(&kit, &mut browser).await.done,
        Some(Done::EmailChanged)
    );
    let code = kit.code(&journey, 1);
    let view = contact(tab.submit(&[("step", "code"), ("code", &code)]).await);
    assert_eq!(codes(&view.problems), ["E306"]);
    assert_eq!(kit.reread(&meryem).await.phone.as_deref(), Some(PHONE));
}

#[tokio::test]
async fn a_form_that_cannot_be_read_keeps_what_was_typed() {
    let (kit, _) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    for (typed, problem) in [("", "E105"), ("0528 23 28 17", "E109"), ("06 12", "E109")] {
        let view = ask(&mut browser, typed).await;
        assert_eq!(codes(&view.problems), [problem]);
        assert_eq!(
            view.typed.get(&Field::Phone).map_or("", String::as_str),
            typed
        );
        assert_eq!(view.step, ContactStep::Choose);
    }
    assert!(kit.new_letters().await.is_empty());
}

#[tokio::test]
async fn another_browser_cannot_go_on_with_a_journey() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    ask(&mut browser, TYPED_PHONE).await;
    let mut elsewhere = kit.signed_in(EMAIL).await;
    elsewhere.place = Place::Contact;
    elsewhere.query = browser.query.clone();
    let view = confirm(&kit, &mut elsewhere).await;
    assert_eq!(codes(&view.problems), ["E306"]);
    assert_eq!(kit.reread(&meryem).await.phone, None);
}

#[tokio::test]
async fn looking_at_the_page_writes_nothing() {
    let kit = Kit::on_disk().await;
    kit.load([person(1)]).await;
    kit.open_account(&person(1), EMAIL).await;
    let mut browser = kit.signed_in(EMAIL).await;
    let before = kit.tally().await;
    for query in [
        "",
        "change=email",
        "change=phone",
        "change=remove_phone",
        "j=none",
    ] {
        browser.open(Place::Contact, query).await;
    }
    assert_eq!(kit.tally().await, before);
    kit.remove().await;
}
