//! What every request works with.

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

#[derive(Clone)]
pub struct App {
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
