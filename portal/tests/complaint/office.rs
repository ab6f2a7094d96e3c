//! Officers at the desk, for stories about what they do.

use miftah_portal::model::Account;
use miftah_rules::view::{CaseView, Page, QueueView, StaffContent};
use miftah_rules::{Place, Role};

use crate::kit::{Browser, Kit, codes, staff};

/// What an officer sees after pressing something.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) problems: Vec<&'static str>,
    pub(crate) case: CaseView,
}

/// An officer who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Clerk<'k> {
    pub(crate) account: Account,
    pub(crate) browser: Browser<'k>,
}

/// The officer `name@desk.example`, signed in.
pub(crate) async fn clerk<'k>(kit: &'k Kit, name: &str, role: Role) -> Clerk<'k> {
    let email = format!("{name}@desk.example");
    let account = kit.officer(name, &email, role).await;
    Clerk {
        browser: signed_in(kit, &account).await,
        account,
    }
}

/// A browser of an officer.
pub(crate) async fn signed_in<'k>(kit: &'k Kit, account: &Account) -> Browser<'k> {
    let mut browser = kit.browser();
    browser.sign_in(&account.email).await;
    assert_eq!(
        browser.place,
        Place::Staff,
        "what officers do is on their desk"
    );
    browser
}

fn seen(page: Page) -> Seen {
    let view = staff(page);
    let problems = codes(&view.problems);
    match view.content {
        StaffContent::Case(case) => Seen {
            problems,
            case: *case,
        },
        other => panic!("no complaint: {other:?}"),
    }
}

impl Clerk<'_> {
    /// Opens a complaint.
    pub(crate) async fn open(&mut self, reference: &str) -> Seen {
        self.open_with(reference, "").await
    }

    async fn open_with(&mut self, reference: &str, query: &str) -> Seen {
        let place = Place::StaffComplaint(reference.to_owned());
        seen(self.browser.open(place, query).await)
    }

    /// Opens a complaint and presses a button there.
    pub(crate) async fn press(
        &mut self,
        reference: &str,
        action: &str,
        more: &[(&str, &str)],
    ) -> Seen {
        let version = self.open(reference).await.case.version;
        self.press_at(reference, action, version, more).await
    }

    /// Presses a button on a page that shows some version.
    pub(crate) async fn press_at(
        &mut self,
        reference: &str,
        action: &str,
        version: i64,
        more: &[(&str, &str)],
    ) -> Seen {
        let version = version.to_string();
        let mut fields = vec![("version", version.as_str()), ("action", action)];
        fields.extend_from_slice(more);
        self.browser.place = Place::StaffComplaint(reference.to_owned());
        self.browser.query.clear();
        let outcome = self.browser.post(&fields).await.expect("an answer");
        self.open_with(reference, &outcome.query).await
    }

    pub(crate) async fn take(&mut self, reference: &str) -> CaseView {
        let seen = self.press(reference, "take", &[]).await;
        assert!(seen.case.mine, "{:?}", seen.case.officer);
        seen.case
    }

    /// Corrects a record in one press.
    pub(crate) async fn correct(&mut self, reference: &str, record: &str, fields: &[&str]) -> Seen {
        let names: Vec<_> = fields.iter().map(|field| format!("fix_{field}")).collect();
        let mut more = vec![("record", record)];
        more.extend(names.iter().map(|name| (name.as_str(), "1")));
        self.press(reference, "complete", &more).await
    }

    /// The list under some query.
    pub(crate) async fn queue(&mut self, query: &str) -> QueueView {
        let view = staff(self.browser.open(Place::Staff, query).await);
        match view.content {
            StaffContent::Queue(queue) => queue,
            other => panic!("no list: {other:?}"),
        }
    }

    /// The references in a list.
    pub(crate) async fn listed(&mut self, query: &str) -> Vec<String> {
        let queue = self.queue(query).await;
        queue.rows.into_iter().map(|row| row.reference).collect()
    }
}
