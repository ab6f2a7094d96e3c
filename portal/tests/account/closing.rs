//! Closing the account for good.

use miftah_portal::letter::Change;
use miftah_portal::model::AccountState;
use miftah_rules::Place;
use miftah_rules::view::Page;

use crate::kit::{EMAIL, Kit, PASSWORD, PHONE, close, codes, contact, login, person, told};

const FORM: [(&str, &str); 2] = [("current_password", PASSWORD), ("consent", "yes")];

#[tokio::test]
async fn closing_ends_everything_tells_every_address_and_forgets_them() {
    let (kit, meryem) = Kit::with_account_like(
        |person| person.email = Some("record@example.ma".into()),
        |account| {
            account.phone = Some(PHONE.into());
            account.phone_confirmed = true;
        },
    )
    .await;
    let mut browser = kit.signed_in(EMAIL).await;
    let mut other = kit.signed_in(EMAIL).await;
    browser.open(Place::CloseAccount, "").await;
    let view = login(browser.submit(&FORM).await);
    assert!(view.closed && !view.session_ended);
    assert!(browser.session.is_none());
    assert!(matches!(
        other.open(Place::Account, "").await,
        Page::Login(_)
    ));

    let letters = kit.new_letters().await;
    assert_eq!(
        told(&letters, Change::Closed),
        [PHONE, EMAIL, "record@example.ma"]
    );
    let closed = kit.reread(&meryem).await;
    assert_eq!(closed.state, AccountState::Closed);
    assert_eq!((closed.email.as_str(), closed.email_key.as_str()), ("", ""));
    assert_eq!((closed.phone, closed.password.as_str()), (None, ""));
    assert_eq!(kit.acts(&meryem).await, ["account_closed"]);

    let page = browser
        .submit(&[("handle", EMAIL), ("password", PASSWORD)])
        .await;
    assert_eq!(codes(&login(page).problems), ["E201"], "it opens no more");
}

#[tokio::test]
async fn closing_frees_the_email_and_the_student_number() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    browser.open(Place::CloseAccount, "").await;
    browser.submit(&FORM).await;
    let store = &kit.portal.store;
    assert_eq!(
        store.account_by_email(EMAIL).await.expect("an answer"),
        None
    );
    assert_eq!(kit.account_of(&person(1)).await, None);
    let again = kit.open_account(&person(1), EMAIL).await;
    assert_ne!(again.id, meryem.id);
    let mut second = kit.signed_in(EMAIL).await;
    second.open(Place::CloseAccount, "").await;
    login(second.submit(&FORM).await);
    // A person may close as often as they open.
    kit.open_account(&person(1), EMAIL).await;
}

#[tokio::test]
async fn neither_the_tick_nor_the_password_can_be_left_out() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    for (form, problems) in [
        (vec![], vec!["E105", "E105"]),
        (vec![("consent", "yes")], vec!["E105"]),
        (vec![("current_password", PASSWORD)], vec!["E105"]),
        (
            vec![("current_password", "wrong"), ("consent", "yes")],
            vec!["E406"],
        ),
    ] {
        browser.open(Place::CloseAccount, "").await;
        let view = close(browser.submit(&form).await);
        assert_eq!(codes(&view.problems), problems, "{form:?}");
        assert_eq!(
            codes(&close(browser.reload().await).problems),
            problems,
            "after a reload"
        );
    }
    assert_eq!(kit.reread(&meryem).await, meryem);
    assert!(kit.new_letters().await.is_empty());
}

#[tokio::test]
async fn a_double_click_closes_once() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    browser.open(Place::CloseAccount, "").await;
    browser.post(&FORM).await.expect("the first click");
    login(browser.submit(&FORM).await);
    assert_eq!(kit.acts(&meryem).await, ["account_closed"]);
    assert_eq!(kit.new_letters().await.len(), 1);
}

#[tokio::test]
async fn a_code_on_its_way_cannot_reopen_what_is_closed() {
    let (kit, meryem) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    browser.open(Place::Contact, "change=email").await;
    let page = browser.submit(&[("email", "new@example.ma")]).await;
    assert!(contact(page).code.is_some());
    let (journey, mut tab) = (browser.journey(), browser.clone());
    browser.open(Place::CloseAccount, "").await;
    browser.submit(&FORM).await;
    let code = kit.code(&journey, 1);
    login(tab.submit(&[("step", "code"), ("code", &code)]).await);
    assert_eq!(kit.reread(&meryem).await.email, "");
}
