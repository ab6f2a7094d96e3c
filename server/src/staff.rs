//! `miftah staff`: who sits at the desk. The running portal sends the invitation.

use std::io;
use std::process::ExitCode;

use miftah_portal::roll::Registry;
use miftah_portal::staff::{Added, Newcomer, Removed, add, list, remove};
use miftah_portal::store::Store;
use miftah_rules::profile::Institution;

use crate::config::{Staff, StaffCommand};
use crate::world::{OsRandom, SystemClock};
use crate::{institution, serve};

/// Adds, removes or lists, and says so.
///
/// # Errors
/// With one sentence for the operator: settings, database, or why nothing was done.
pub async fn run(settings: Staff) -> io::Result<ExitCode> {
    match settings.command {
        StaffCommand::Add(who) => {
            let profile = institution::load(&who.place.institution)?;
            let store = serve::store(&who.place.database).await?;
            let newcomer = Newcomer {
                name: who.name,
                email: who.email,
                role: who.role,
                lang: who.lang.unwrap_or(profile.default_lang),
            };
            adding(store.as_ref(), &profile, &newcomer).await
        }
        StaffCommand::Remove(who) => {
            let profile = institution::load(&who.place.institution)?;
            let store = serve::store(&who.place.database).await?;
            removing(store.as_ref(), &profile, &who.email).await
        }
        StaffCommand::List(place) => {
            let store = serve::store(&place.database).await?;
            for listed in list(store.as_ref()).await.map_err(io::Error::other)? {
                let waits = if listed.has_password {
                    ""
                } else {
                    "\t(has not chosen a password yet)"
                };
                println!("{listed}{waits}");
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn registry<'a>(clock: &'a SystemClock, institution: &'a Institution) -> Registry<'a> {
    Registry {
        clock,
        random: &OsRandom,
        institution,
    }
}

async fn adding(
    store: &dyn Store,
    profile: &Institution,
    newcomer: &Newcomer,
) -> io::Result<ExitCode> {
    let clock = SystemClock::default();
    let email = &newcomer.email;
    let added = add(store, registry(&clock, profile), newcomer).await;
    let why = match added.map_err(io::Error::other)? {
        Added::Done => {
            println!("{email}: invited; they choose a password on the recovery page");
            return Ok(ExitCode::SUCCESS);
        }
        Added::NoEmail => "not an e-mail address",
        Added::NoName => "a name is needed: --name",
        Added::EmailTaken => "an account has this address already",
    };
    Err(io::Error::other(format!("{email}: {why}")))
}

async fn removing(store: &dyn Store, profile: &Institution, email: &str) -> io::Result<ExitCode> {
    let clock = SystemClock::default();
    let removed = remove(store, registry(&clock, profile), email).await;
    match removed.map_err(io::Error::other)? {
        Removed::Done => {
            println!("{email}: the account is closed, and signed out everywhere");
            Ok(ExitCode::SUCCESS)
        }
        Removed::Nobody => Err(io::Error::other(format!(
            "{email}: no member of staff has this address"
        ))),
    }
}
