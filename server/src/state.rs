//! What every request works with.

use std::ops::Deref;
use std::sync::Arc;

use miftah_portal::Portal;
use miftah_rules::Lang;
use miftah_rules::view::{Frame, Page, View};

use crate::http::assets::Site;
use crate::http::cookies::CookieNames;
use crate::http::entry::EntryPages;
use crate::http::form::Desk;
use crate::http::network::TrustedProxies;
use crate::http::patience::WaitingRoom;
use crate::letters::Bell;
use crate::letters::captured::Captured;
use crate::world::SystemClock;

/// Cloned for every request, so it is one pointer.
#[derive(Clone)]
pub struct App(Arc<Parts>);

pub struct Parts {
    pub portal: Portal,
    pub site: Arc<Site>,
    pub cookies: CookieNames,
    pub proxies: TrustedProxies,
    pub entry_pages: EntryPages,
    pub waiting_room: WaitingRoom,
    pub desk: Desk,
    pub dev: Option<Dev>,
}

/// What `--dev` adds.
#[derive(Clone)]
pub struct Dev {
    pub clock: Arc<SystemClock>,
    pub captured: Arc<Captured>,
    pub bell: Bell,
}

impl From<Parts> for App {
    fn from(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// A page in its frame.
    pub fn view(&self, lang: Lang, path: String, query: String, page: Page) -> View {
        View {
            frame: Frame {
                lang,
                path,
                query,
                build: self.site.build().to_owned(),
                institution: self.portal.institution.brief(lang),
                person: None,
                staff: false,
                dev: self.dev.is_some(),
            },
            page,
        }
    }
}
