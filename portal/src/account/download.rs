//! The file with everything the portal keeps about a person: no hash, no token, no key.

use miftah_rules::date::Date;
use miftah_rules::{ActKind, Field, Place};
use serde_json::{Value, json};

use super::profile::ASK;
use super::{Owner, owner, sign_in_first};
use crate::bearer::Bearer;
use crate::charter;
use crate::fault::Fallible;
use crate::model::{Account, Person, SealedAct, Session};
use crate::portal::Portal;
use crate::ports::Millis;
use crate::query::Query;
use crate::visitor::{Outcome, Visitor};

/// What a request for the file answers.
#[derive(Debug)]
pub enum Download {
    File {
        /// How the browser is to call it.
        name: String,
        /// Pretty-printed JSON in UTF-8.
        json: String,
    },
    /// The password has to be typed first, or the person is not signed in.
    Elsewhere(Outcome),
}

/// Makes the file and notes in the history that it was taken: a copy of one's data in another's
/// hands is worth knowing.
///
/// # Errors
/// Only when the store fails.
pub async fn download(portal: &Portal, visitor: &Visitor) -> Fallible<Download> {
    let Some(owner) = owner(visitor) else {
        return Ok(Download::Elsewhere(sign_in_first(&Place::Account)));
    };
    if let Some(terms) = charter::first(portal, visitor, &Place::Account, &Query::new("")) {
        return Ok(Download::Elsewhere(terms));
    }
    if !portal.proved_recently(owner.signed_in) {
        let ask = Outcome::see(Place::Account).with_query(format!("{ASK}=1"));
        return Ok(Download::Elsewhere(ask));
    }
    let taken = json!({ "device": visitor.device });
    let act = portal.act(&owner.subject(), ActKind::DataDownloaded, &taken);
    portal.store.commit(vec![act]).await?;
    let account = owner.account();
    let now = portal.clock.now();
    let sessions = portal.store.sessions(&account.id, now).await?;
    let acts = portal.store.acts(owner.subject().as_str()).await?;
    let data = json!({
        "made_at": iso(now),
        "institution": portal.institution.name.get(visitor.lang),
        "person": bearer_json(portal.institution.number_field(), &owner.bearer),
        "account": account_json(account),
        "addresses": addresses_json(&owner),
        "sessions": sessions.iter().map(session_json).collect::<Vec<_>>(),
        "acts": acts.iter().map(act_json).collect::<Vec<_>>(),
    });
    Ok(Download::File {
        name: format!("{}-{}.json", portal.institution.id, day(now)),
        json: serde_json::to_string_pretty(&data)?,
    })
}

fn bearer_json(number: Field, bearer: &Bearer) -> Value {
    match bearer {
        Bearer::Person(person) => person_json(number, person),
        Bearer::Officer(officer) => json!({
            "name": officer.name,
            "role": officer.role.name(),
            "added_at": iso(officer.added_at),
        }),
    }
}

fn person_json(number: Field, person: &Person) -> Value {
    let mut data = json!({
        "national_id_kind": person.national_id_kind.name(),
        "national_id": person.national_id,
        "first_name_arabic": person.first_name_ar,
        "last_name_arabic": person.last_name_ar,
        "first_name_latin": person.first_name_latin,
        "last_name_latin": person.last_name_latin,
        "birth_date": person.birth_date,
        "programme": person.programme,
        "year": person.year,
        "status": person.status,
    });
    if let Some(data) = data.as_object_mut() {
        data.insert(number.name().to_owned(), json!(person.number));
        if let Some(pension) = &person.pension_number {
            data.insert(Field::PensionNumber.name().to_owned(), json!(pension));
        }
    }
    data
}

fn account_json(account: &Account) -> Value {
    json!({
        "state": account.state.name(),
        "opened_at": iso(account.created_at),
        "password_changed_at": iso(account.password_changed_at),
        "language_of_letters": account.lang.tag(),
        "terms_accepted": account.terms_version,
    })
}

/// The account's own, then those of the enrolment file.
fn addresses_json(owner: &Owner<'_>) -> Value {
    let account = owner.account();
    let mut all = vec![json!({
        "kind": "email", "of": "account", "value": account.email, "confirmed": true,
    })];
    all.extend(account.phone.iter().map(|phone| {
        json!({
            "kind": "phone", "of": "account", "value": phone,
            "confirmed": account.phone_confirmed,
        })
    }));
    let recorded = owner.bearer.addresses_on_record();
    all.extend(
        recorded.into_iter().map(
            |address| json!({ "kind": address.channel, "of": "enrolment", "value": address.to }),
        ),
    );
    Value::Array(all)
}

fn session_json(session: &Session) -> Value {
    json!({
        "device": session.device,
        "started_at": iso(session.started_at),
        "last_used_at": iso(session.last_seen_at),
        "ends_at": iso(session.expires_at),
    })
}

/// An act as it was told; salt, digest and chain are the portal's own proof and name nobody.
fn act_json(sealed: &SealedAct) -> Value {
    let values = serde_json::from_str(&sealed.act.values).unwrap_or(Value::Null);
    json!({ "at": iso(sealed.act.at), "act": sealed.act.kind, "values": values })
}

/// `2026-09-01T08:00:00Z`.
fn iso(at: Millis) -> String {
    let seconds = at.0.div_euclid(1000).rem_euclid(24 * 3600);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", day(at))
}

fn day(at: Millis) -> String {
    Date::at(at.0, 0)
        .map(|date| date.to_string())
        .unwrap_or_default()
}
