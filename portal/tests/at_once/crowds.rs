//! Looking before leaping is not enough when a hundred look at once: what is allowed is counted where
//! it is written.

use std::sync::Arc;

use async_trait::async_trait;
use miftah_portal::Portal;
use miftah_portal::fault::Fallible;
use miftah_portal::model::{Account, Letter};
use miftah_portal::pages::{self, Acted, Shown};
use miftah_portal::ports::{HashError, Hasher, Secret, Verified};
use miftah_portal::query::Query;
use miftah_portal::store::{Store, Write};
use miftah_portal::visitor::{Arrival, Outcome, SessionCookie};
use miftah_rules::Place;
use miftah_rules::form::Posted;
use miftah_rules::view::Page;
use tokio::task::JoinSet;

use crate::databases::on_each;
use crate::kit::{CheapHasher, Kit, PASSWORD, codes, login, person, recover};

const EMAIL: &str = "amal@example.ma";
const AT_ONCE: usize = 40;

async fn post(portal: Portal, place: Place, query: String, fields: Fields) -> Fallible<Outcome> {
    let arrival = Arrival {
        browser: Some("0123456789abcdef".into()),
        network: "192.0.2.1".into(),
        ..Arrival::default()
    };
    let visitor = portal.receive(arrival).await?;
    let query = Query::new(&query);
    match pages::act(&portal, &visitor, &place, &query, &Posted::new(fields)).await? {
        Acted::Done(outcome) => Ok(*outcome),
        Acted::Missing => panic!("{place:?} takes no posts"),
    }
}

type Fields = Vec<(String, String)>;

fn form(fields: &[(&str, &str)]) -> Fields {
    fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// Posts them all in the same moment; the answers, in any order.
async fn all_at_once(kit: &Kit, place: &Place, forms: Vec<Fields>) -> Vec<Outcome> {
    let mut posts = JoinSet::new();
    for fields in forms {
        posts.spawn(post(
            kit.portal.clone(),
            place.clone(),
            String::new(),
            fields,
        ));
    }
    let mut outcomes = Vec::new();
    while let Some(outcome) = posts.join_next().await {
        outcomes.push(outcome.expect("no panic").expect("an answer"));
    }
    outcomes
}

/// The pages that answers lead to.
async fn pages_of(kit: &Kit, outcomes: &[Outcome]) -> Vec<Page> {
    let mut pages = Vec::new();
    for outcome in outcomes {
        let arrival = Arrival {
            browser: Some("0123456789abcdef".into()),
            ..Arrival::default()
        };
        let visitor = kit.portal.receive(arrival).await.expect("a visitor");
        let query = Query::new(&outcome.query);
        match pages::show(&kit.portal, &visitor, &outcome.place, &query).await {
            Ok(Shown::Page(page)) => pages.push(*page),
            other => panic!("no page: {other:?}"),
        }
    }
    pages
}

on_each! {
    norm_5_passwords_tried_at_once_are_held_back_like_those_one_after_the_other
    norm_2_birth_dates_tried_at_once_are_five_a_day
    norm_5_codes_asked_for_at_once_are_ten
    s0_1_a_double_click_on_a_second_try_signs_in
    norm_6_no_session_outlives_the_password_that_opened_it
}

async fn with_account(kit: &Kit) -> Account {
    kit.load([person(1)]).await;
    kit.open_account(&person(1), EMAIL).await
}

async fn norm_5_passwords_tried_at_once_are_held_back_like_those_one_after_the_other(kit: &Kit) {
    with_account(kit).await;
    let tries =
        (0..AT_ONCE).map(|n| form(&[("handle", EMAIL), ("password", &format!("wrong {n}"))]));
    let outcomes = all_at_once(kit, &Place::Login, tries.collect()).await;
    let pages = pages_of(kit, &outcomes).await;
    let refused = pages
        .into_iter()
        .filter(|page| codes(&login(page.clone()).problems) == ["E201"]);
    assert_eq!(refused.count(), 5);
    let right = form(&[("handle", EMAIL), ("password", PASSWORD)]);
    let outcomes = all_at_once(kit, &Place::Login, vec![right]).await;
    assert_eq!(outcomes[0].session, SessionCookie::Keep);
}

async fn norm_2_birth_dates_tried_at_once_are_five_a_day(kit: &Kit) {
    with_account(kit).await;
    let tries = (1..=AT_ONCE).map(|n| {
        form(&[
            ("student_number", "R000000001"),
            ("national_id", "JB400001"),
            ("birth_date", &format!("{}-03-01", 1970 + n)),
        ])
    });
    let outcomes = all_at_once(kit, &Place::Recover, tries.collect()).await;
    let pages = pages_of(kit, &outcomes).await;
    let told = pages
        .into_iter()
        .filter(|page| codes(&recover(page.clone()).problems) == ["E301"]);
    assert_eq!(told.count(), 5);
}

async fn norm_5_codes_asked_for_at_once_are_ten(kit: &Kit) {
    with_account(kit).await;
    let asks = vec![form(&[("handle", EMAIL), ("action", "handle")]); AT_ONCE];
    all_at_once(kit, &Place::Recover, asks).await;
    let letters: Vec<Letter> = kit.new_letters().await;
    assert_eq!(letters.len(), 10);
}

async fn s0_1_a_double_click_on_a_second_try_signs_in(kit: &Kit) {
    with_account(kit).await;
    let wrong = form(&[("handle", EMAIL), ("password", "something else")]);
    let refused = all_at_once(kit, &Place::Login, vec![wrong]).await;
    let right = form(&[("handle", EMAIL), ("password", PASSWORD)]);
    let mut clicks = JoinSet::new();
    for _ in 0..2 {
        let query = refused[0].query.clone();
        clicks.spawn(post(kit.portal.clone(), Place::Login, query, right.clone()));
    }
    while let Some(outcome) = clicks.join_next().await {
        let outcome = outcome.expect("no panic").expect("no fault");
        assert!(matches!(outcome.session, SessionCookie::Set { .. }));
    }
}

/// While it compares the old password, the owner's reset comes through.
struct Overtaken {
    store: Arc<dyn Store>,
    account: Account,
}

#[async_trait]
impl Hasher for Overtaken {
    async fn hash(&self, password: &Secret) -> Result<String, HashError> {
        Ok(CheapHasher::phc(password.expose()))
    }

    async fn verify(&self, password: &Secret, phc: Option<&str>) -> Result<Verified, HashError> {
        let same = phc == Some(CheapHasher::phc(password.expose()).as_str());
        let reset = vec![
            Write::ChangeAccount(Account {
                password: CheapHasher::phc("another password"),
                ..self.account.clone()
            }),
            Write::EndSessions {
                account: self.account.id.clone(),
                except: None,
            },
        ];
        // The second time it has happened already.
        let _ = self.store.commit(reset).await;
        Ok(if same { Verified::Yes } else { Verified::No })
    }

    fn is_common(&self, _: &str) -> bool {
        false
    }
}

async fn norm_6_no_session_outlives_the_password_that_opened_it(kit: &Kit) {
    let account = with_account(kit).await;
    let hasher = Overtaken {
        store: kit.portal.store.clone(),
        account: account.clone(),
    };
    let portal = Portal {
        hasher: Arc::new(hasher),
        ..kit.portal.clone()
    };
    let old = form(&[("handle", EMAIL), ("password", PASSWORD)]);
    let outcome = post(portal, Place::Login, String::new(), old).await;
    assert_eq!(outcome.expect("an answer").session, SessionCookie::Keep);
    let sessions = kit.portal.store.sessions(&account.id, kit.now()).await;
    assert_eq!(sessions.expect("sessions"), []);
}
