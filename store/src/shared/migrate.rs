//! Brings the tables up to date when a database is opened, in one transaction: all or nothing.

use sqlx::{Connection as _, Row as _};

use super::{BEGIN, Fault, Turn, Writers};
use crate::migrations::{MIGRATIONS, Migration};

statements! {
    VERSIONS = "create table if not exists schema_version (\
        version bigint not null constraint schema_version_pkey primary key, \
        slug text not null)";
    APPLIED = "select version, slug from schema_version order by version";
    NOTE = "insert into schema_version (version, slug) values ($1, $2)";
}

/// Applies what is missing of the migrations numbered up to `last`.
///
/// # Errors
/// Also when the database holds a migration that this program does not know.
pub(crate) async fn migrate(writers: &Writers, last: i64) -> Result<(), Fault> {
    let mut conn = writers.acquire().await?;
    let mut transaction = conn.begin_with(BEGIN).await?;
    super::super::take_turn(&mut transaction, Turn::Schema).await?;
    sqlx::query(VERSIONS).execute(&mut *transaction).await?;
    let mut applied = 0;
    for row in sqlx::query(APPLIED).fetch_all(&mut *transaction).await? {
        let version: i64 = row.try_get("version")?;
        let slug: String = row.try_get("slug")?;
        if !MIGRATIONS
            .iter()
            .any(|known| known.version == version && known.slug == slug)
        {
            return Err(Fault::Told(format!(
                "the database holds migration {version} ({slug}), which this program does not \
                know: start a newer program, or open another database"
            )));
        }
        applied = version;
    }
    let missing = |m: &&Migration| m.version > applied && m.version <= last;
    for migration in MIGRATIONS.iter().filter(missing) {
        sqlx::raw_sql(super::super::script(migration))
            .execute(&mut *transaction)
            .await?;
        sqlx::query(NOTE)
            .bind(migration.version)
            .bind(migration.slug)
            .execute(&mut *transaction)
            .await?;
    }
    Ok(transaction.commit().await?)
}
