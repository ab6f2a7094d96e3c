//! Home of a signed-in person: what needs them now.

use miftah_rules::view::{HomeView, News, Standing, Todo};
use miftah_rules::{Lang, Place};

use crate::kit::{Browser, EMAIL, Kit, PHONE, home};

async fn look(browser: &mut Browser<'_>, query: &str) -> (Standing, Vec<Todo>, Option<News>) {
    match home(browser.open(Place::Home, query).await) {
        HomeView::SignedIn {
            standing,
            todos,
            news,
            ..
        } => (standing, todos, news),
        HomeView::Anonymous => panic!("the person is signed in"),
    }
}

#[tokio::test]
async fn a_phone_is_asked_for_until_it_is_confirmed() {
    for (phone, confirmed, todos) in [
        (None, false, vec![Todo::AddPhone]),
        (Some(PHONE), false, vec![Todo::ConfirmPhone]),
        (Some(PHONE), true, vec![]),
    ] {
        let (kit, _) = Kit::with_account_like(
            |_| {},
            |account| {
                account.phone = phone.map(str::to_owned);
                account.phone_confirmed = confirmed;
            },
        )
        .await;
        let mut browser = kit.signed_in(EMAIL).await;
        assert_eq!(
            look(&mut browser, "").await,
            (Standing::Listed, todos, None)
        );
    }
}

#[tokio::test]
async fn news_is_told_once_and_only_what_we_say() {
    let (kit, _) = Kit::with_account().await;
    let mut browser = kit.signed_in(EMAIL).await;
    let (_, _, news) = look(&mut browser, "news=account_opened").await;
    assert_eq!(news, Some(News::AccountOpened));
    let (_, _, news) = look(&mut browser, "news=%3Cscript%3E").await;
    assert_eq!(news, None);
}

#[tokio::test]
async fn whoever_left_the_lists_keeps_the_account_and_is_told() {
    let (kit, _) = Kit::with_account_like(|person| person.status = "left".into(), |_| {}).await;
    let mut browser = kit.signed_in(EMAIL).await;
    assert_eq!(look(&mut browser, "").await.0, Standing::NotListed);
    browser.lang = Lang::Fr;
    match home(browser.open(Place::Home, "").await) {
        HomeView::SignedIn { name, .. } => assert_eq!(name, "Meryem"),
        HomeView::Anonymous => panic!("the person is signed in"),
    }
}
