//! Members of staff. Their accounts are `accounts`.

use miftah_portal::id::OfficerId;
use miftah_portal::model::Officer;
use miftah_portal::ports::Millis;
use miftah_rules::Role;
use sqlx::Row as _;

use super::{Conn, Fault, Readers, Row};

statements! {
    ADD = "insert into officer (id, name, role, added_at) values ($1, $2, $3, $4)";
    BY_ID = "select id, name, role, added_at from officer where id = $1";
    WITH_ACCOUNT = "select o.id, o.name, o.role, o.added_at, a.id as account \
        from officer o join account a on a.officer = o.id and a.state <> 'closed' \
        order by o.name, o.id";
}

pub(super) async fn add(conn: &mut Conn, officer: &Officer) -> Result<(), Fault> {
    sqlx::query(ADD)
        .bind(officer.id.as_str())
        .bind(&officer.name)
        .bind(officer.role.name())
        .bind(officer.added_at.0)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn by_id(pool: &Readers, id: &OfficerId) -> Result<Option<Officer>, Fault> {
    let row = sqlx::query(BY_ID)
        .bind(id.as_str())
        .fetch_optional(pool)
        .await?;
    row.as_ref().map(officer).transpose()
}

/// With the id of the open account of each.
pub(super) async fn with_account(pool: &Readers) -> Result<Vec<(Officer, String)>, Fault> {
    let rows = sqlx::query(WITH_ACCOUNT).fetch_all(pool).await?;
    rows.iter()
        .map(|row| Ok((officer(row)?, row.try_get("account")?)))
        .collect()
}

fn officer(row: &Row) -> Result<Officer, Fault> {
    let role: String = row.try_get("role")?;
    Ok(Officer {
        id: OfficerId(row.try_get("id")?),
        name: row.try_get("name")?,
        role: Role::from_name(&role).ok_or(Fault::Unknown("officer.role"))?,
        added_at: Millis(row.try_get("added_at")?),
    })
}
