//! Stories of the account pages: people who are signed in, and what their letters say.

use miftah_portal::letter::{Body, Change};
use miftah_portal::model::{Account, Letter, Person};
use miftah_rules::Place;
use miftah_rules::view::{CloseView, Page};

use crate::stories::{Browser, Kit, PASSWORD, body, person};

/// The address of person 1.
pub const EMAIL: &str = "meryem@example.ma";
/// A phone as it is stored, and as people type it.
pub const PHONE: &str = "+212612345678";
pub const TYPED_PHONE: &str = "06 12 34 56 78";
/// A second password that no rule refuses.
pub const OTHER_PASSWORD: &str = "sept lunes au dessus du puits";

impl Kit {
    /// Person 1 on the roll with an open account.
    pub async fn with_account() -> (Self, Account) {
        Self::with_account_like(|_| {}, |_| {}).await
    }

    /// The same with something changed on the roll or in the account.
    pub async fn with_account_like(
        on_roll: impl FnOnce(&mut Person),
        in_account: impl FnOnce(&mut Account),
    ) -> (Self, Account) {
        let kit = Self::new().await;
        let mut meryem = person(1);
        on_roll(&mut meryem);
        kit.load([meryem.clone()]).await;
        let account = kit.open_account_with(&meryem, EMAIL, in_account).await;
        (kit, account)
    }

    /// A browser with a session of the account with this e-mail.
    pub async fn signed_in(&self, email: &str) -> Browser<'_> {
        let mut browser = self.browser();
        browser.open(Place::Login, "").await;
        browser
            .submit(&[("handle", email), ("password", PASSWORD)])
            .await;
        assert!(browser.session.is_some(), "{email} signs in");
        browser
    }

    /// The account as it is now.
    pub async fn reread(&self, account: &Account) -> Account {
        let found = self
            .portal
            .store
            .account(&account.id)
            .await
            .expect("the store answers");
        found.expect("accounts are never deleted")
    }
}

/// Whom letters told about a change, in order of their addresses.
pub fn told(letters: &[Letter], what: Change) -> Vec<&str> {
    let mut to: Vec<_> = letters
        .iter()
        .filter(|letter| matches!(body(letter), Body::Notice { change, .. } if change == what))
        .map(|letter| letter.to.as_str())
        .collect();
    to.sort_unstable();
    to
}

/// The view of the closing page.
pub fn close(page: Page) -> CloseView {
    match page {
        Page::Close(view) => view,
        other => panic!("another page: {other:?}"),
    }
}
