//! What signing in looks at, in one question: every question has its price beside a hash.

use miftah_portal::act::Subject;
use miftah_portal::id::AccountId;
use miftah_portal::store::Glance;
use miftah_rules::form::Handle;
use sqlx::Row as _;

use super::{Fault, Readers, accounts, acts, throttles};

/// $1 and $2 are the throttles' keys, $3 is what was typed, $4 what a history's name has before the
/// account's. There is always one row.
macro_rules! select {
    ($account:literal) => {
        concat!(
            "select ",
            account!(),
            ", n.failures as near_failures, n.last_at as near_last_at, ",
            "f.failures as far_failures, f.last_at as far_last_at, ",
            "e.seq as end_seq, e.hash as end_hash from (select 1 as one) as here ",
            $account,
            " left join throttle n on n.key = $1 left join throttle f on f.key = $2 ",
            "left join act e on e.subject = $4 || a.id and e.seq = ",
            "(select max(l.seq) from act l where l.subject = $4 || a.id)"
        )
    };
}

statements! {
    BY_EMAIL = select!("left join account a on a.email_key = $3 and a.email_key <> '' \
        and a.state <> 'closed'");
    BY_NUMBER = select!(
        "left join person p on p.number = $3 \
        left join account a on a.person = p.id and a.state <> 'closed'"
    );
}

pub(super) async fn glance(
    pool: &Readers,
    keys: [&str; 2],
    handle: &Handle,
) -> Result<Glance, Fault> {
    let statement = match handle {
        Handle::Number(_) => BY_NUMBER,
        Handle::Email(_) | Handle::Unreadable(_) => BY_EMAIL,
    };
    let prefix = Subject::account(&AccountId(String::new()));
    let row = sqlx::query(statement)
        .bind(keys[0])
        .bind(keys[1])
        .bind(handle.key())
        .bind(prefix.as_str())
        .fetch_one(pool)
        .await?;
    let known: Option<String> = row.try_get("id")?;
    Ok(Glance {
        throttles: [
            throttles::seen(&row, "near_failures", "near_last_at")?,
            throttles::seen(&row, "far_failures", "far_last_at")?,
        ],
        account: known.map(|_| accounts::account(&row)).transpose()?,
        end: acts::end(&row)?,
    })
}
