//! An institution whose accounts are open to everybody, and somebody's way in there (S2.1).

use miftah_portal::model::{Account, Person};
use miftah_rules::Place;
use miftah_rules::profile::{Institution, RobotProfile};
use miftah_rules::view::{Page, RegisterStep};

use super::{Browser, Kit, PASSWORD, register};

/// What somebody says of themselves, and the phone.
pub const SAID: [(&str, &str); 7] = [
    ("last_name_ar", "زروقي"),
    ("first_name_ar", "إيناس"),
    ("last_name_latin", "Zerrouki"),
    ("first_name_latin", "Inès"),
    ("birth_date", "12/04/1998"),
    ("birth_place", "مستغانم"),
    ("national_id", "1099 8041 2000 1234 56"),
];
pub const MAILBOX: &str = "ines.z@example.com";

/// The shipped profile, but that it does not ask whether somebody is a robot: that has stories of its
/// own.
pub fn open_institution() -> Institution {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../institutions/progres/institution.toml"
    );
    let text = std::fs::read_to_string(path).expect("the profile is there");
    let whole: Institution = toml::from_str(&text).expect("the profile is whole");
    Institution {
        robot: RobotProfile::default(),
        ..whole
    }
}

/// The same with one answer changed.
pub fn said_but<'a>(field: &str, value: &'a str) -> Vec<(&'static str, &'a str)> {
    SAID.iter()
        .map(|(name, said)| (*name, if *name == field { value } else { *said }))
        .collect()
}

impl Kit {
    /// Nobody is there, and everybody may open an account.
    pub async fn open_to_all() -> Self {
        let mut kit = Self::on_disk().await;
        kit.portal.institution = std::sync::Arc::new(open_institution());
        kit
    }

    /// A browser at the step where the code is typed.
    pub async fn newcomer(&self, email: &str) -> Browser<'_> {
        let mut browser = self.browser();
        browser.open(Place::Register, "").await;
        let mut fields = vec![("step", "who")];
        fields.extend(SAID);
        let view = register(browser.submit(&fields).await);
        assert_eq!(view.step, RegisterStep::Contact, "{:?}", view.problems);
        let contact = [
            ("step", "contact"),
            ("email", email),
            ("phone", "0551234567"),
            ("terms", "yes"),
        ];
        let view = register(browser.submit(&contact).await);
        assert_eq!(view.step, RegisterStep::Code, "{:?}", view.problems);
        browser
    }

    /// The account with an address, and whose it is.
    pub async fn opened(&self, email: &str) -> Option<(Account, Person)> {
        let store = &self.portal.store;
        let account = store.account_by_email(email).await.expect("an answer")?;
        let id = account.holder.person().expect("no officer's");
        let person = store.person(id).await.expect("an answer");
        Some((account, person.expect("an account has its holder")))
    }

    /// The same once the account is open.
    pub async fn settler(&self, email: &str) -> Browser<'_> {
        let mut browser = self.newcomer(email).await;
        let code = self.code(&browser.journey(), 1);
        browser.submit(&[("step", "code"), ("code", &code)]).await;
        let chosen = [
            ("step", "password"),
            ("password", PASSWORD),
            ("password_again", PASSWORD),
        ];
        let page = browser.submit(&chosen).await;
        assert!(matches!(page, Page::Home(_)), "{page:?}");
        browser
    }
}
