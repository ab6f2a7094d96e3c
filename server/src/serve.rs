//! `miftah serve`: puts the parts together and answers until told to stop.

use std::io;
use std::sync::Arc;

use miftah_portal::Portal;
use miftah_portal::portal::Ways;
use miftah_portal::ports::{Clock, Random};
use miftah_portal::store::Store;

use crate::clean::CleaningThreads;
use crate::config::Serve;
use crate::files::Folder;
use crate::hashing::HashingThreads;
use crate::http::assets::Site;
use crate::http::cookies::CookieNames;
use crate::http::entry::EntryPages;
use crate::http::form::Desk;
use crate::http::listen::Limits;
use crate::http::network::TrustedProxies;
use crate::http::patience::WaitingRoom;
use crate::letters::Letters;
use crate::state::{App, Dev, Parts};
use crate::world::{OsRandom, SystemClock, server_key};
use crate::{caution, dev, http, institution, upkeep};

/// Serves until SIGINT or SIGTERM.
///
/// # Errors
/// With one sentence for the operator: what is missing or wrong.
pub async fn serve(settings: Serve) -> io::Result<()> {
    if let Some(why) = caution::refusal(&settings) {
        return Err(io::Error::other(why));
    }
    http::render::prepare();
    let public_url = settings.public_url();
    let profile = institution::load(&settings.place.institution)?;
    let look = institution::look(&profile);
    let circulars = institution::circulars(&settings.place.institution, &profile)?;
    let site = Site::load(&settings.site, &settings.place.institution, look, circulars)?;
    let store = store(&settings.place.database).await?;
    let clock = Arc::new(SystemClock::default());
    let random: Arc<dyn Random> = Arc::new(OsRandom);
    let portal = Portal {
        store,
        clock: Arc::clone(&clock) as Arc<dyn Clock>,
        random: Arc::clone(&random),
        hasher: Arc::new(HashingThreads::start(random, settings.costs())?),
        cleaner: Arc::new(CleaningThreads::start()?),
        files: Arc::new(Folder::open(&settings.files)?),
        key: server_key(&settings.key)?,
        institution: Arc::new(profile),
        newcomers: Arc::default(),
        // Under --dev captured SMS can be read.
        ways: Ways {
            sms: settings.dev || settings.sms.is_some(),
        },
        public_url: public_url.clone().into(),
    };
    let welcome = if settings.dev {
        dev::prepare(&portal, &settings.place.institution).await?
    } else {
        String::new()
    };
    let letters = Letters::start(portal.clone(), &settings)?;
    let sweeping = upkeep::start(portal.clone());
    let (captured, bell) = (letters.captured(), letters.bell());
    let app = App::from(Parts {
        portal,
        site: Arc::new(site),
        cookies: CookieNames::for_url(&public_url),
        proxies: TrustedProxies::parse(&settings.trusted_proxies).map_err(io::Error::other)?,
        entry_pages: EntryPages::default(),
        waiting_room: WaitingRoom::default(),
        desk: Desk::default(),
        dev: settings.dev.then(|| Dev {
            clock,
            captured,
            bell,
        }),
    });
    if app.cookies.is_secure() && app.proxies.is_empty() {
        tracing::warn!(
            "https without --trusted-proxies: if a proxy stands before the portal, everybody behind \
            it counts as one network"
        );
    }
    let listener = tokio::net::TcpListener::bind(settings.listen).await?;
    // Whoever reads that it serves may tell it to stop.
    let stopped = stopped()?;
    println!("{public_url}\n{welcome}");
    http::listen::serve(listener, http::router(app), Limits::default(), stopped).await;
    sweeping.abort();
    letters.stop().await;
    Ok(())
}

/// The database.
///
/// # Errors
/// With one sentence for the operator, without the password of the URL.
pub async fn store(url: &str) -> io::Result<Arc<dyn Store>> {
    miftah_store::open(url)
        .await
        .map_err(|error| io::Error::other(format!("{}: {error}", without_password(url))))
}

/// A database URL as it may be shown.
pub fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(start), Some(at)) if at > start => {
            format!(
                "{}://…@{}",
                url.get(..start).unwrap_or(""),
                url.get(at + 1..).unwrap_or("")
            )
        }
        _ => url.to_owned(),
    }
}

/// Listens for SIGINT and SIGTERM from now on; is over when one has come.
fn stopped() -> io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        Ok(async move {
            tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
        })
    }
    #[cfg(not(unix))]
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
