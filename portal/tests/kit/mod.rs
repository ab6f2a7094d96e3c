//! What every story needs: a portal on a real store, a clock that is set, people on the roll, and
//! browsers that post forms and follow redirects.
//!
//! A test file takes it in by `#[cfg(test)] #[expect(dead_code, reason = "…")] mod kit;`.

use std::sync::Arc;

use miftah_portal::Portal;
use miftah_portal::act::Subject;
use miftah_portal::id::{AccountId, ImportId, JourneyId, PersonId};
use miftah_portal::key::ServerKey;
use miftah_portal::letter::Body;
use miftah_portal::model::{Account, Letter, Person};
use miftah_portal::ports::{Clock, Millis};
use miftah_portal::roll::good_line;
use miftah_portal::store::{Absent, Import, ImportCounts, Write};
use miftah_portal::testing::{FixedClock, MemoryFiles, PassingCleaner, SeededRandom};
use miftah_rules::Lang;
use miftah_rules::code::CodeForm;
use miftah_rules::email::Email;
use miftah_rules::profile::{Institution, NationalIdKind};
use miftah_rules::view::Channel;
use miftah_store::testing::{Engine, Place as Database, temporary};

mod browser;
mod hasher;
mod office;
pub mod open;

pub use browser::*;
pub use hasher::CheapHasher;

/// A moment to count from: 2026-09-01T08:00Z.
pub const NOW: Millis = Millis(1_788_249_600_000);
pub const SECOND: i64 = 1000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// A password that no rule refuses.
pub const PASSWORD: &str = "quatre pommes sous la pluie";

/// A portal for one story.
#[derive(Debug)]
pub struct Kit {
    pub portal: Portal,
    pub clock: Arc<FixedClock>,
    pub hasher: Arc<CheapHasher>,
    pub cleaner: Arc<PassingCleaner>,
    pub files: Arc<MemoryFiles>,
    database: Option<Database>,
}

impl Kit {
    /// In memory.
    pub async fn new() -> Self {
        Self::with(temporary().await, None)
    }

    /// In a file, for stories that look at what is stored; call [`Kit::remove`] at the end.
    pub async fn on_disk() -> Self {
        Self::on(Engine::Sqlite).await
    }

    /// On a database as in production; call [`Kit::remove`] at the end.
    pub async fn on(engine: Engine) -> Self {
        let database = Database::make(engine).await;
        let store = database.open().await;
        Self::with(store, Some(database))
    }

    fn with(store: Arc<dyn miftah_portal::store::Store>, database: Option<Database>) -> Self {
        let clock = Arc::new(FixedClock::at(NOW));
        let hasher = Arc::new(CheapHasher::default());
        let cleaner = Arc::new(PassingCleaner::default());
        let files = Arc::new(MemoryFiles::default());
        let portal = Portal {
            store,
            clock: clock.clone(),
            random: Arc::new(SeededRandom::new(7)),
            hasher: hasher.clone(),
            cleaner: cleaner.clone(),
            files: files.clone(),
            key: ServerKey::new([7; 32]),
            institution: Arc::new(institution()),
            newcomers: Arc::default(),
            ways: miftah_portal::portal::Ways { sms: true },
            public_url: "https://portal.example".into(),
        };
        Self {
            portal,
            clock,
            hasher,
            cleaner,
            files,
            database,
        }
    }

    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    pub fn wait(&self, ms: i64) {
        self.clock.advance_ms(ms);
    }

    /// Puts persons on the roll.
    pub async fn load(&self, persons: impl IntoIterator<Item = Person>) {
        let lines: Vec<_> = persons
            .into_iter()
            .zip(2..)
            .map(|(person, line)| good_line(line, person))
            .collect();
        let import = Import {
            id: ImportId::new(self.portal.clock.as_ref(), self.portal.random.as_ref()),
            file_name: "roll.csv".into(),
            at: self.now(),
        };
        let (store, at) = (&self.portal.store, self.now());
        let ticket = store.begin_roll(&import, at).await.expect("a ticket");
        store
            .stage_roll(ticket, at, &lines, Absent::default())
            .await
            .expect("the lines are staged");
        store
            .publish_roll(ticket, at, &ImportCounts::default())
            .await
            .expect("the roll is loaded");
    }

    /// The account of a person on the roll, with [`PASSWORD`].
    pub async fn open_account(&self, person: &Person, email: &str) -> Account {
        self.open_account_with(person, email, |_| {}).await
    }

    /// The same with something changed before it is opened: state, phone, language.
    pub async fn open_account_with(
        &self,
        person: &Person,
        email: &str,
        change: impl FnOnce(&mut Account),
    ) -> Account {
        let mut account = Account::opened(
            AccountId::new(self.portal.clock.as_ref(), self.portal.random.as_ref()),
            miftah_portal::model::Holder::Person(person.id.clone()),
            &Email::parse(email).expect("an address"),
            CheapHasher::phc(PASSWORD),
            Lang::Ar,
            &self.portal.institution.terms.version,
            self.now(),
        );
        // As it was written when the account was opened.
        account.email = email.to_owned();
        change(&mut account);
        let open = vec![Write::OpenAccount(account.clone())];
        self.portal
            .store
            .commit(open)
            .await
            .expect("the account is opened");
        account
    }

    /// The open or frozen account of a person.
    pub async fn account_of(&self, person: &Person) -> Option<Account> {
        self.portal
            .store
            .account_by_person(&person.id)
            .await
            .expect("the store answers")
    }

    /// Who has this number on the roll.
    pub async fn on_roll(&self, number: &str) -> Person {
        let found = self.portal.store.person_by_number(number).await;
        found.expect("the store answers").expect("on the roll")
    }

    /// A new browser without any cookie.
    pub fn browser(&self) -> Browser<'_> {
        Browser::new(self)
    }

    /// The letters queued since the last call, decoys too; oldest first.
    pub async fn new_letters(&self) -> Vec<Letter> {
        let store = &self.portal.store;
        let mut letters = Vec::new();
        for channel in [Channel::Email, Channel::Phone] {
            let taken = store.take_letters(channel, self.now(), MINUTE, 1000).await;
            letters.extend(taken.expect("letters"));
        }
        letters.sort_by(|a, b| (a.created_at, &a.id).cmp(&(b.created_at, &b.id)));
        for letter in &letters {
            store
                .letter_sent(&letter.id, self.now())
                .await
                .expect("the letter is marked");
        }
        letters
    }

    /// The code that a journey's letter number `counter` would carry.
    pub fn code(&self, journey: &str, counter: i64) -> String {
        self.portal.key.code(journey, counter, CodeForm::Digits)
    }

    /// The same where codes are letters.
    pub fn letters_code(&self, journey: &str, counter: i64) -> String {
        self.portal.key.code(journey, counter, CodeForm::Letters)
    }

    /// The code in a queued code letter.
    pub fn code_in(&self, letter: &Letter) -> String {
        let (JourneyId(journey), counter) = letter.journey.as_ref().expect("a code letter");
        let Body::Code { form, .. } = body(letter) else {
            panic!("no code letter: {}", letter.kind);
        };
        self.portal.key.code(journey, *counter, form)
    }

    /// Names of the acts of an account besides signing in and out, oldest first.
    pub async fn acts(&self, account: &Account) -> Vec<String> {
        let mut acts = self.all_acts(account).await;
        acts.retain(|name| name != "signed_in" && name != "signed_out");
        acts
    }

    /// Names of all acts of an account, oldest first.
    pub async fn all_acts(&self, account: &Account) -> Vec<String> {
        let subject = Subject::account(&account.id);
        let acts = self
            .portal
            .store
            .acts(subject.as_str())
            .await
            .expect("the store answers");
        acts.into_iter().map(|sealed| sealed.act.kind).collect()
    }

    /// Whether `needle` stands anywhere in the files of the database. Only for [`Kit::on_disk`].
    pub fn stores(&self, needle: &str) -> bool {
        let url = self.database.as_ref().expect("a database on disk").url();
        let file = url.strip_prefix("sqlite://").expect("a file");
        ["", "-wal"].iter().any(|suffix| {
            let bytes = std::fs::read(format!("{file}{suffix}")).unwrap_or_default();
            bytes
                .windows(needle.len())
                .any(|window| window == needle.as_bytes())
        })
    }

    /// How often each table was written, in one line a table: two stories that must look alike
    /// must raise the same numbers. Only for [`Kit::on_disk`].
    pub async fn tally(&self) -> Vec<String> {
        let database = self.database.as_ref().expect("a database on disk");
        database
            .texts(
                "select 'journey ' || coalesce(sum(version), 0) || ' of ' || count(*) from journey \
                union all select 'letter ' || count(*) from letter \
                union all select 'throttle ' || coalesce(sum(failures), 0) from throttle \
                union all select 'act ' || count(*) from act \
                union all select 'account ' || coalesce(sum(version), 0) || ' of ' || count(*) \
                from account \
                union all select 'session ' || count(*) from session",
            )
            .await
    }

    /// Removes the files of a story on disk.
    pub async fn remove(self) {
        if let Some(database) = self.database {
            database.remove().await;
        }
    }
}

/// What a letter says.
pub fn body(letter: &Letter) -> Body {
    serde_json::from_str(&letter.params).expect("a letter's parameters")
}

/// The faculty's own profile, as it is shipped.
pub fn institution() -> Institution {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../institutions/fsjes/institution.toml"
    );
    let text = std::fs::read_to_string(path).expect("the profile is there");
    toml::from_str(&text).expect("the profile is whole")
}

/// A person number `n` of the roll: R00000000n, born 2004-02-29, without addresses on record.
pub fn person(n: u32) -> Person {
    Person {
        id: PersonId(format!("person-{n}")),
        number: format!("R{n:09}"),
        national_id_kind: NationalIdKind::Cin,
        national_id: format!("JB{:06}", 400_000 + n),
        last_name_ar: "العلوي".into(),
        first_name_ar: "مريم".into(),
        last_name_latin: "El Alaoui".into(),
        first_name_latin: "Meryem".into(),
        birth_date: "2004-02-29".into(),
        pension_number: None,
        email: None,
        phone: None,
        programme: "القانون الخاص".into(),
        year: "S3".into(),
        status: "enrolled".into(),
        further: std::collections::BTreeMap::new(),
    }
}
