//! Accounts. Two partial unique indexes keep the invariants: one open account a person, one an
//! e-mail; a version keeps two tabs from overwriting each other.

use miftah_portal::id::{AccountId, OfficerId, PersonId};
use miftah_portal::model::{Account, AccountState, Holder};
use miftah_portal::ports::Millis;
use miftah_portal::store::Conflict;
use miftah_rules::Lang;
use sqlx::Row as _;

use super::{Conn, Fault, QueryResult, Readers, Row};

macro_rules! select {
    ($condition:literal) => {
        concat!("select ", account!(), " from account a where ", $condition)
    };
}

statements! {
    BY_ID = select!("id = $1");
    BY_EMAIL = select!("email_key = $1 and email_key <> '' and state <> 'closed'");
    BY_PERSON = select!("person = $1 and state <> 'closed'");
    OPEN = "insert into account (id, person, officer, state, email, email_key, phone, phone_confirmed, \
        password, lang, terms_version, created_at, password_changed_at, version) \
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    /// Holder and creation are facts and never change.
    CHANGE = "update account set state = $3, email = $4, email_key = $5, phone = $6, \
        phone_confirmed = $7, password = $8, lang = $9, terms_version = $10, \
        password_changed_at = $11, version = version + 1 where id = $1 and version = $2";
}

pub(super) async fn by_id(pool: &Readers, id: &AccountId) -> Result<Option<Account>, Fault> {
    one(pool, BY_ID, id.as_str()).await
}

pub(super) async fn by_email(pool: &Readers, key: &str) -> Result<Option<Account>, Fault> {
    one(pool, BY_EMAIL, key).await
}

pub(super) async fn by_person(pool: &Readers, person: &PersonId) -> Result<Option<Account>, Fault> {
    one(pool, BY_PERSON, person.as_str()).await
}

pub(super) async fn open(conn: &mut Conn, account: &Account) -> Result<(), Fault> {
    let inserted = sqlx::query(OPEN)
        .bind(account.id.as_str())
        .bind(account.holder.person().map(PersonId::as_str))
        .bind(account.holder.officer().map(OfficerId::as_str))
        .bind(account.state.name())
        .bind(&account.email)
        .bind(&account.email_key)
        .bind(&account.phone)
        .bind(account.phone_confirmed)
        .bind(&account.password)
        .bind(account.lang.tag())
        .bind(&account.terms_version)
        .bind(account.created_at.0)
        .bind(account.password_changed_at.0)
        .bind(account.version)
        .execute(&mut *conn)
        .await;
    settle(conn, account, inserted).await?;
    Ok(())
}

pub(super) async fn change(conn: &mut Conn, account: &Account) -> Result<(), Fault> {
    let updated = sqlx::query(CHANGE)
        .bind(account.id.as_str())
        .bind(account.version)
        .bind(account.state.name())
        .bind(&account.email)
        .bind(&account.email_key)
        .bind(&account.phone)
        .bind(account.phone_confirmed)
        .bind(&account.password)
        .bind(account.lang.tag())
        .bind(&account.terms_version)
        .bind(account.password_changed_at.0)
        .execute(&mut *conn)
        .await;
    if settle(conn, account, updated).await? == 0 {
        return Err(Conflict::AccountMoved.into());
    }
    Ok(())
}

/// Rows written, or the conflict behind the refusal.
async fn settle(
    conn: &mut Conn,
    account: &Account,
    outcome: Result<QueryResult, sqlx::Error>,
) -> Result<u64, Fault> {
    match outcome {
        Ok(done) => Ok(done.rows_affected()),
        Err(error) => match super::super::account_conflict(conn, account, &error).await? {
            Some(conflict) => Err(conflict.into()),
            None => Err(error.into()),
        },
    }
}

async fn one(pool: &Readers, statement: &'static str, key: &str) -> Result<Option<Account>, Fault> {
    let row = sqlx::query(statement)
        .bind(key)
        .fetch_optional(pool)
        .await?;
    row.as_ref().map(account).transpose()
}

pub(super) fn account(row: &Row) -> Result<Account, Fault> {
    let state: String = row.try_get("state")?;
    let lang: String = row.try_get("lang")?;
    Ok(Account {
        id: AccountId(row.try_get("id")?),
        holder: holder(row)?,
        state: AccountState::from_name(&state).ok_or(Fault::Unknown("account.state"))?,
        email: row.try_get("email")?,
        email_key: row.try_get("email_key")?,
        phone: row.try_get("phone")?,
        phone_confirmed: row.try_get("phone_confirmed")?,
        password: row.try_get("password")?,
        lang: Lang::from_tag(&lang).ok_or(Fault::Unknown("account.lang"))?,
        terms_version: row.try_get("terms_version")?,
        created_at: Millis(row.try_get("created_at")?),
        password_changed_at: Millis(row.try_get("password_changed_at")?),
        version: row.try_get("version")?,
    })
}

/// The check `account_holder_one` lets one of both be there.
fn holder(row: &Row) -> Result<Holder, Fault> {
    let person: Option<String> = row.try_get("person")?;
    let officer: Option<String> = row.try_get("officer")?;
    person
        .map(|id| Holder::Person(PersonId(id)))
        .or_else(|| officer.map(|id| Holder::Officer(OfficerId(id))))
        .ok_or(Fault::Unknown("account.person"))
}
