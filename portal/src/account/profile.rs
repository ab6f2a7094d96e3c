//! `/account`: the record as the roll has it, the addresses, the language of letters, and the
//! file with one's data.

use miftah_rules::form::Posted;
use miftah_rules::view::{AccountView, Done, ProfileKind, ProfileRow};
use miftah_rules::{Field, Lang, Place, Problem};

use super::refusal::{Form, refusal_at, refuse};
use super::{Owner, addresses, done, language, moved, own_data, told};
use crate::bearer::Bearer;
use crate::fault::Fallible;
use crate::model::Person;
use crate::portal::Portal;
use crate::prove::{Wanted, prove};
use crate::query::Query;
use crate::visitor::Outcome;

/// The query with which the file leads back here when the password has to be typed first.
pub(super) const ASK: &str = "ask";

/// The page.
///
/// # Errors
/// Only when the store fails.
pub(super) async fn show(
    portal: &Portal,
    owner: &Owner<'_>,
    query: &Query,
) -> Fallible<AccountView> {
    let account = owner.account();
    let sessions = portal
        .store
        .sessions(&account.id, portal.clock.now())
        .await?;
    let ask_password = !portal.proved_recently(owner.signed_in);
    let (trail, mut problems) = refusal_at(portal, owner, Form::Profile, query).await?;
    if ask_password && problems.is_empty() && query.has(ASK) {
        problems.push(Problem::SignInAgain.at(Field::CurrentPassword));
    }
    Ok(AccountView {
        trail,
        profile: rows(&owner.bearer),
        is_own: own_data::is_own(portal, owner),
        addresses: addresses(portal, account),
        sessions: u32::try_from(sessions.len()).unwrap_or(u32::MAX),
        letters_lang: account.lang,
        ask_password,
        problems,
        done: told(query),
    })
}

/// The forms of the page: the language of letters, and the password before the file.
///
/// # Errors
/// As the verbs say.
pub(super) async fn submit(
    portal: &Portal,
    owner: &Owner<'_>,
    query: &Query,
    posted: &Posted,
) -> Fallible<Outcome> {
    match posted.action() {
        "language" => language::change(portal, owner, posted).await,
        "prove" => open_file(portal, owner, query, posted).await,
        _ => Ok(moved(&Place::Account)),
    }
}

async fn open_file(
    portal: &Portal,
    owner: &Owner<'_>,
    query: &Query,
    posted: &Posted,
) -> Fallible<Outcome> {
    let proof = prove(portal, owner.here(), posted, Wanted::Recently).await?;
    if let Some(problem) = proof.problem {
        return refuse(
            portal,
            owner,
            Form::Profile,
            query,
            vec![problem],
            proof.writes,
        )
        .await;
    }
    portal.store.commit(proof.writes).await?;
    Ok(done(Place::Account, Done::PasswordProved))
}

fn rows(bearer: &Bearer) -> Vec<ProfileRow> {
    match bearer {
        Bearer::Person(person) => person_rows(person),
        Bearer::Officer(officer) => vec![ProfileRow {
            kind: ProfileKind::Name,
            value: officer.name.clone(),
        }],
    }
}

fn person_rows(person: &Person) -> Vec<ProfileRow> {
    let name = |first: &str, last: &str| format!("{first} {last}").trim().to_owned();
    [
        (ProfileKind::NameArabic, person.full_name(Lang::Ar)),
        (
            ProfileKind::NameLatin,
            name(&person.first_name_latin, &person.last_name_latin),
        ),
        (ProfileKind::Number, person.number.clone()),
        (
            ProfileKind::NationalId,
            Some(person.national_id.clone())
                .filter(|document| *document != person.number)
                .unwrap_or_default(),
        ),
        (ProfileKind::BirthDate, person.birth_date.clone()),
        (ProfileKind::BirthPlace, person.value(Field::BirthPlace)),
        (ProfileKind::Programme, person.programme.clone()),
        (ProfileKind::Year, person.year.clone()),
        (
            ProfileKind::PensionNumber,
            person.pension_number.clone().unwrap_or_default(),
        ),
    ]
    .into_iter()
    // Not every institution has these.
    .filter(|(kind, value)| {
        !value.is_empty()
            || !matches!(
                kind,
                ProfileKind::NationalId
                    | ProfileKind::BirthPlace
                    | ProfileKind::Programme
                    | ProfileKind::Year
                    | ProfileKind::PensionNumber
            )
    })
    .map(|(kind, value)| ProfileRow { kind, value })
    .collect()
}
