//! Sample persons for `--dev`: an empty roll is filled from the institution's own `roll.csv`, and
//! a few of its persons have accounts, so that every journey can be walked at once.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use miftah_portal::Portal;
use miftah_portal::act::Subject;
use miftah_portal::fault::{Fallible, Fault};
use miftah_portal::id::{AccountId, hex};
use miftah_portal::model::{Account, AccountState, Act, Holder, Person, SealedAct};
use miftah_portal::ports::{Millis, Secret};
use miftah_portal::roll::Registry;
use miftah_portal::store::Write;
use miftah_rules::email::Email;
use miftah_rules::profile::NationalIdKind;
use miftah_rules::{ActKind, Field, Lang, Role};
use serde::Serialize;

use crate::import::{self, ImportFault, Wish, Words};
use crate::state::App;

/// The password of every sample account: long enough for the strictest profile, easy to type.
pub const PASSWORD: &str = "mint-tea-at-noon";

/// What the history of a sample account says of its opening, to tell it from one that somebody
/// opened with a password of their own.
const OPENED_HERE: &str = r#"{"by":"samples"}"#;

/// Persons of the roll that are looked at for accounts. The first five are the memorable ones of
/// the sample roll, one for each way of being reached; three of them stay without an account.
const WITH_ACCOUNTS: i64 = 21;
/// Persons that are looked at for the list, and how many of them are listed without an account.
const LOOKED_AT: i64 = 200;
const WITHOUT_ACCOUNT: usize = 40;

/// `GET /dev/samples.json` (contract, "Commands").
#[derive(Debug, Serialize)]
pub struct Samples {
    pub accounts: Vec<SampleAccount>,
    pub without_account: Vec<SamplePerson>,
    pub staff: Vec<SampleStaff>,
}

/// A member of staff. Two of the registry: assisted recovery takes two.
#[derive(Debug, Serialize)]
pub struct SampleStaff {
    pub name: String,
    pub email: String,
    pub role: Role,
    /// Nothing where somebody chose one since.
    pub password: Option<&'static str>,
}

/// What a person types to say who they are, and how the office knows them.
#[derive(Debug, Serialize)]
pub struct Identity {
    /// The number on the roll.
    #[serde(skip)]
    pub number: String,
    /// That, and others the roll has, under the names of their fields.
    #[serde(flatten)]
    pub numbers: BTreeMap<Field, String>,
    pub national_id_kind: NationalIdKind,
    pub national_id: String,
    pub birth_date: String,
    pub name_ar: String,
    pub name_latin: String,
    pub status: String,
    /// Whether the status may open an account.
    pub eligible: bool,
}

/// `email` and `phone` are those on record.
#[derive(Debug, Serialize)]
pub struct SamplePerson {
    #[serde(flatten)]
    pub identity: Identity,
    pub email: Option<String>,
    pub phone: Option<String>,
}

/// `email` and `phone` are the account's own.
#[derive(Debug, Serialize)]
pub struct SampleAccount {
    #[serde(flatten)]
    pub identity: Identity,
    pub email: String,
    pub phone: Option<String>,
    pub phone_confirmed: bool,
    /// Nothing where somebody chose one since.
    pub password: Option<&'static str>,
    pub state: AccountState,
}

/// Fills an empty roll and opens the sample accounts. A roll that has anybody is left alone.
///
/// # Errors
/// With one sentence for the operator: the roll is refused, the database does not answer.
pub async fn prepare(portal: &Portal, institution: &Path) -> io::Result<()> {
    let people = institution.join("people.csv");
    if portal.institution.is_open() && people.is_file() {
        if portal.store.roll_size().await.map_err(io::Error::other)? == 0 {
            people::open(portal, &people).await?;
            staff::add(portal, &institution.join("staff.csv")).await?;
        }
        return Ok(());
    }
    let file = institution.join("roll.csv");
    if portal.store.roll_size().await.map_err(io::Error::other)? > 0 || !file.is_file() {
        return Ok(());
    }
    let registry = Registry::from(portal);
    let wish = Wish::default();
    let mut refusals = Vec::new();
    let store = portal.store.as_ref();
    match import::load(store, registry, &file, &wish, &mut refusals).await {
        Ok(report) if report.refused == 0 => {}
        // Another server on the same database fills it.
        Err(ImportFault::Busy) => return Ok(()),
        Ok(_) => {
            let file = file.display();
            return Err(io::Error::other(format!(
                "{file} has refused lines: miftah import --dry-run {file} lists them"
            )));
        }
        Err(ImportFault::File(fault)) => {
            let words = Words::new(portal.institution.default_lang, &portal.institution);
            return Err(io::Error::other(words.file_fault(&file, &fault)));
        }
        Err(ImportFault::Portal(fault)) => return Err(io::Error::other(fault)),
    }
    open_accounts(portal).await.map_err(io::Error::other)?;
    staff::add(portal, &institution.join("staff.csv")).await
}

/// Who has an account and who has not, as things stand now.
///
/// # Errors
/// Only when the store fails.
pub async fn list(portal: &Portal) -> Fallible<Samples> {
    let mut samples = Samples {
        accounts: Vec::new(),
        without_account: Vec::new(),
        staff: staff::list(portal).await?,
    };
    for person in portal.store.first_persons(LOOKED_AT).await? {
        match portal.store.account_by_person(&person.id).await? {
            Some(account) => samples
                .accounts
                .push(with_account(portal, person, account).await?),
            None if samples.without_account.len() < WITHOUT_ACCOUNT => {
                samples
                    .without_account
                    .push(without_account(portal, person));
            }
            None => {}
        }
    }
    Ok(samples)
}

pub(super) async fn serve(State(app): State<App>) -> Response {
    match list(&app.portal).await {
        Ok(samples) => Json(samples).into_response(),
        Err(fault) => {
            tracing::error!(%fault, "samples");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// What becomes of a person of the sample roll, by their place on it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sample {
    /// E-mail and, where one is on record, phone; both confirmed.
    Reachable,
    EmailOnly,
    Frozen,
    /// Left for registration.
    None,
}

const fn sample(place: usize) -> Sample {
    match place {
        1 => Sample::EmailOnly,
        2..=4 => Sample::None,
        5 => Sample::Frozen,
        _ => Sample::Reachable,
    }
}

async fn open_accounts(portal: &Portal) -> Fallible<()> {
    let persons = portal.store.first_persons(WITH_ACCOUNTS).await?;
    for (place, person) in persons.into_iter().enumerate() {
        let sample = sample(place);
        let may = portal
            .institution
            .registration
            .eligible
            .contains(&person.status);
        let email = person
            .email
            .as_deref()
            .and_then(|email| Email::parse(email).ok());
        if let (true, Some(email)) = (may && sample != Sample::None, email) {
            open_account(portal, &person, &email, sample).await?;
        }
    }
    Ok(())
}

/// Whether a sample account still has its password.
fn is_unchanged(account: &Account, acts: &[SealedAct]) -> bool {
    let ours = acts
        .first()
        .is_some_and(|first| first.act.values == OPENED_HERE);
    ours && account.password_changed_at == account.created_at
}

async fn open_account(
    portal: &Portal,
    person: &Person,
    email: &Email,
    sample: Sample,
) -> Fallible<()> {
    let now = portal.clock.now();
    let phone = person.phone.clone().filter(|_| sample != Sample::EmailOnly);
    let id = AccountId::new(portal.clock.as_ref(), portal.random.as_ref());
    let subject = Subject::account(&id);
    let holder = Holder::Person(person.id.clone());
    let account = Account {
        state: match sample {
            Sample::Frozen => AccountState::Frozen,
            Sample::Reachable | Sample::EmailOnly | Sample::None => AccountState::Active,
        },
        phone_confirmed: phone.is_some(),
        phone,
        ..opened(portal, id, holder, email).await?
    };
    let mut writes = vec![
        Write::OpenAccount(account),
        act(portal, &subject, ActKind::AccountOpened, now),
    ];
    if sample == Sample::Frozen {
        writes.push(act(portal, &subject, ActKind::AccountFrozen, now));
    }
    portal.store.commit(writes).await.map_err(Fault::from)
}

/// An account with [`PASSWORD`].
async fn opened(
    portal: &Portal,
    id: AccountId,
    holder: Holder,
    email: &Email,
) -> Fallible<Account> {
    let password = Secret::new(PASSWORD.to_owned());
    Ok(Account::opened(
        id,
        holder,
        email,
        portal.hasher.hash(&password).await?,
        portal.institution.default_lang,
        &portal.institution.terms.version,
        portal.clock.now(),
    ))
}

fn act(portal: &Portal, subject: &Subject, kind: ActKind, at: Millis) -> Write {
    let mut salt = [0; 16];
    portal.random.fill(&mut salt);
    Write::Record(Act {
        subject: subject.as_str().to_owned(),
        kind: kind.name().to_owned(),
        at,
        values: OPENED_HERE.to_owned(),
        salt: hex(&salt),
    })
}

async fn with_account(
    portal: &Portal,
    person: Person,
    account: Account,
) -> Fallible<SampleAccount> {
    let acts = portal
        .store
        .acts(Subject::account(&account.id).as_str())
        .await?;
    let unchanged = is_unchanged(&account, &acts);
    Ok(SampleAccount {
        identity: identity(portal, person),
        email: account.email,
        phone: account.phone,
        phone_confirmed: account.phone_confirmed,
        password: unchanged.then_some(PASSWORD),
        state: account.state,
    })
}

fn without_account(portal: &Portal, person: Person) -> SamplePerson {
    SamplePerson {
        email: person.email.clone(),
        phone: person.phone.clone(),
        identity: identity(portal, person),
    }
}

fn identity(portal: &Portal, person: Person) -> Identity {
    let mut numbers = BTreeMap::new();
    // The document is said below.
    if !portal.institution.is_by_document() {
        numbers.insert(portal.institution.number_field(), person.number.clone());
    }
    if let Some(pension) = &person.pension_number {
        numbers.insert(Field::PensionNumber, pension.clone());
    }
    Identity {
        numbers,
        name_ar: person.full_name(Lang::Ar),
        name_latin: person.full_name(Lang::Fr),
        eligible: portal
            .institution
            .registration
            .eligible
            .contains(&person.status),
        number: person.number,
        national_id_kind: person.national_id_kind,
        national_id: person.national_id,
        birth_date: person.birth_date,
        status: person.status,
    }
}

mod people;
mod staff;
#[cfg(test)]
mod tests;
