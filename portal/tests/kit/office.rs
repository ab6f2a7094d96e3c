//! The office: officers with their accounts, complaints and histories as they are stored, and a next
//! server that keeps what it is given.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use miftah_portal::act::{Subject, first_break};
use miftah_portal::deliver::{Carriers, deliver, take_due};
use miftah_portal::dossier::Complaint;
use miftah_portal::id::{AccountId, OfficerId};
use miftah_portal::model::{Account, Holder, Officer};
use miftah_portal::ports::{Mail, Rendered, SendError, Sms};
use miftah_portal::store::Write;
use miftah_rules::email::Email;
use miftah_rules::view::Channel;
use miftah_rules::{Lang, Role};
use serde_json::Value;

use super::{CheapHasher, Kit, PASSWORD};

#[derive(Debug, Default)]
struct NextServer(Mutex<Vec<Rendered>>);

impl NextServer {
    fn take(&self, letter: &Rendered) {
        self.0.lock().expect("the letters").push(letter.clone());
    }
}

#[async_trait]
impl Mail for NextServer {
    async fn send(&self, letter: &Rendered) -> Result<(), SendError> {
        self.take(letter);
        Ok(())
    }
}

#[async_trait]
impl Sms for NextServer {
    async fn send(&self, letter: &Rendered) -> Result<(), SendError> {
        self.take(letter);
        Ok(())
    }
}

/// One act of a history: its name, and what it says.
#[derive(Clone, Debug)]
pub struct Told {
    pub act: String,
    pub values: Value,
}

impl Told {
    /// The account of the officer whom the act names.
    pub fn by(&self) -> Option<&str> {
        self.values.get("by").and_then(Value::as_str)
    }
}

impl Kit {
    /// A member of staff with an account and [`PASSWORD`], as if the invitation had been followed.
    pub async fn officer(&self, name: &str, email: &str, role: Role) -> Account {
        let (clock, random) = (self.portal.clock.as_ref(), self.portal.random.as_ref());
        let officer = Officer {
            id: OfficerId::new(clock, random),
            name: name.to_owned(),
            role,
            added_at: self.now(),
        };
        let account = Account::opened(
            AccountId::new(clock, random),
            Holder::Officer(officer.id.clone()),
            &Email::parse(email).expect("an address"),
            CheapHasher::phc(PASSWORD),
            Lang::Ar,
            &self.portal.institution.terms.version,
            self.now(),
        );
        let writes = vec![
            Write::AddOfficer(officer),
            Write::OpenAccount(account.clone()),
        ];
        let added = self.portal.store.commit(writes).await;
        added.expect("the officer is added");
        account
    }

    /// The complaint with a reference.
    pub async fn complaint(&self, reference: &str) -> Complaint {
        let found = self.portal.store.complaint_by_reference(reference).await;
        found.expect("the store answers").expect("a complaint")
    }

    /// The history of a subject, oldest first; its chain holds.
    pub async fn told(&self, subject: &Subject) -> Vec<Told> {
        let acts = self.portal.store.acts(subject.as_str()).await;
        let acts = acts.expect("the store answers");
        assert_eq!(first_break(&acts), None, "{subject:?}");
        acts.into_iter()
            .map(|sealed| Told {
                values: serde_json::from_str(&sealed.act.values).expect("JSON"),
                act: sealed.act.kind,
            })
            .collect()
    }

    /// Names of the acts of a complaint, oldest first.
    pub async fn case_acts(&self, reference: &str) -> Vec<String> {
        let complaint = self.complaint(reference).await;
        let told = self.told(&Subject::complaint(&complaint.id)).await;
        told.into_iter().map(|told| told.act).collect()
    }

    /// Hands over every letter that is due, and answers what the next server was given.
    pub async fn deliver(&self) -> Vec<Rendered> {
        let server = Arc::new(NextServer::default());
        let carriers = Carriers {
            mail: server.clone(),
            sms: server.clone(),
        };
        for channel in [Channel::Email, Channel::Phone] {
            let due = take_due(&self.portal, channel, 1000).await;
            for letter in due.expect("letters") {
                let fate = deliver(&self.portal, &carriers, &letter).await;
                fate.expect("the letter is handed over");
            }
        }
        let given = server.0.lock().expect("the letters");
        given.clone()
    }
}
