//! `miftah serve`: puts the parts together and answers until told to stop.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use miftah_portal::Portal;
use miftah_portal::ports::{Clock, Random};

use crate::config::Serve;
use crate::hashing::HashingThreads;
use crate::http::assets::Site;
use crate::http::cookies::CookieNames;
use crate::http::entry::EntryPages;
use crate::http::network::TrustedProxies;
use crate::letters::Letters;
use crate::state::{App, Dev};
use crate::world::{OsRandom, SystemClock, server_key};
use crate::{dev, http, institution, upkeep};

/// Serves until SIGINT or SIGTERM.
///
/// # Errors
/// With one sentence for the operator: what is missing or wrong.
pub async fn serve(settings: Serve) -> io::Result<()> {
    if settings.dev && !settings.listen.ip().is_loopback() {
        return Err(io::Error::other(
            "--dev shows captured letters to everyone: it listens on a loopback address only",
        ));
    }
    http::render::prepare();
    let public_url = settings.public_url();
    let profile = institution::load(&settings.institution)?;
    let look = institution::look(&profile);
    let site = Site::load(&settings.site, &settings.institution, look)?;
    let store = miftah_store::open(&settings.database)
        .await
        .map_err(|error| {
            io::Error::other(format!("{}: {error}", without_password(&settings.database)))
        })?;
    let clock = Arc::new(SystemClock::default());
    let random: Arc<dyn Random> = Arc::new(OsRandom);
    let portal = Portal {
        store,
        clock: Arc::clone(&clock) as Arc<dyn Clock>,
        random: Arc::clone(&random),
        hasher: Arc::new(HashingThreads::start(random)?),
        key: server_key(&settings.key)?,
        institution: Arc::new(profile),
        public_url: public_url.clone().into(),
    };
    let welcome = if settings.dev {
        dev::prepare(&portal, &settings.institution).await?
    } else {
        String::new()
    };
    let letters = Letters::start(portal.clone(), &settings)?;
    let sweeping = upkeep::start(portal.clone());
    let (captured, bell) = (letters.captured(), letters.bell());
    let app = App {
        portal,
        site: Arc::new(site),
        cookies: CookieNames::for_url(&public_url),
        proxies: TrustedProxies::parse(&settings.trusted_proxies).map_err(io::Error::other)?,
        entry_pages: EntryPages::default(),
        dev: settings.dev.then(|| Dev {
            clock,
            captured,
            bell,
        }),
    };
    let listener = tokio::net::TcpListener::bind(settings.listen).await?;
    println!("{public_url}\n{welcome}");
    let service = http::router(app).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service)
        .with_graceful_shutdown(stopped())
        .await;
    sweeping.abort();
    letters.stop().await;
    served
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

async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            return;
        }
    }
    let _ = interrupt.await;
}
