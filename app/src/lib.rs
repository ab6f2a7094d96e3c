//! The pages: a page is a function of its view, the same on the server and in the browser.
//!
//! Plain functions rather than components: they take what they show and return it. Nothing here
//! knows where a view comes from.
#![recursion_limit = "512"]

use std::sync::Arc;

use leptos::prelude::*;
use miftah_messages::{Text, Texts};
use miftah_rules::view::{Frame, Page, Trail, View};
use miftah_rules::{Field, Lang, Place};

use crate::html::{Html, IntoHtml};

#[cfg(feature = "hydrate")]
pub mod client;
#[cfg(feature = "ssr")]
pub mod document;
#[cfg(feature = "ssr")]
mod gallery;
pub mod html;
pub mod pages;
pub mod title;
pub mod ui;

/// What every part of a page may need: the texts of its language and its frame.
#[derive(Clone, Debug)]
pub struct Ctx {
    pub texts: Texts,
    pub frame: Arc<Frame>,
}

impl Ctx {
    pub fn new(frame: Arc<Frame>) -> Self {
        Self {
            texts: Texts::new(frame.lang),
            frame,
        }
    }

    pub fn lang(&self) -> Lang {
        self.frame.lang
    }

    /// The address of a page in the page's own language.
    pub fn href(&self, place: &Place) -> String {
        place.href(self.lang())
    }

    /// The page one is on: where its path holds the token of a link, its form posts back to that.
    pub fn here(&self) -> String {
        Place::parse(&self.frame.path)
            .map(|place| self.href(&place))
            .unwrap_or_default()
    }

    /// What a number of the roll is called here.
    pub fn number_label(&self, field: Field) -> Text {
        let number = self.frame.institution.number_of(field);
        Text::own(number.map_or("", |number| &number.label))
    }

    /// Where a form of a page posts to: the page it is on, with the journey it belongs to.
    pub fn posts_to(&self, place: &Place, trail: &Trail) -> String {
        let href = self.href(place);
        match &trail.journey {
            Some(id) => format!("{href}?j={id}"),
            None => href,
        }
    }

    /// The address of a built file, such as `icons/icon.svg`.
    pub fn asset(&self, file: &str) -> String {
        asset(&self.frame.build, file)
    }
}

/// Built files lie below their build's name, so that they can be kept for ever.
pub fn asset(build: &str, file: &str) -> String {
    format!("/pkg/{build}/{file}")
}

/// Ids the server writes and the browser looks for.
pub mod document_ids {
    /// The element that holds the page, and is hydrated.
    pub const ROOT: &str = "app";
    /// The data block that holds the view.
    pub const DATA: &str = "view";
}

/// The page that follows `shown`, the same on the server and in the browser. Each answer is built
/// anew, so that nothing typed on one page appears on the next.
pub fn root(shown: RwSignal<View>) -> Html {
    // What a page reads while it is made is no reason to make it anew: only its parts follow.
    (move || shown.with(|view| untrack(|| page(view.clone())))).into_html()
}

/// A whole page, without the document around it.
pub fn page(view: View) -> Html {
    let View { frame, page } = view;
    let ctx = Ctx::new(Arc::new(frame));
    let journey = title::journey(&page);
    let body = match page {
        Page::Home(v) => pages::home::page(&ctx, v),
        Page::Login(v) => pages::login::page(&ctx, v),
        Page::Register(v) => pages::register::page(&ctx, v),
        Page::Text(v) => pages::legal::page(&ctx, &v),
        Page::Account(v) => pages::account::profile::page(&ctx, &v),
        Page::OwnData(v) => pages::account::own_data::page(&ctx, &v),
        Page::Contact(v) => pages::account::contact::page(&ctx, &v),
        Page::Password(v) => pages::account::new_password::page(&ctx, &v),
        Page::Security(v) => pages::account::security::page(&ctx, &v),
        Page::Sessions(v) => pages::account::sessions::page(&ctx, &v),
        Page::Close(v) => pages::account::close::page(&ctx, &v),
        Page::Problem(v) => pages::problem::page(&ctx, v),
        Page::Recover(v) => pages::recover::page(&ctx, v),
        Page::Activate(v) => pages::activate::page(&ctx, &v),
        Page::NotMe(v) => pages::not_me::page(&ctx, v),
        Page::Complain(v) => pages::complain::page(&ctx, &v),
        Page::Follow(v) => pages::follow::page(&ctx, &v),
        #[cfg(feature = "ssr")]
        Page::Staff(v) => pages::staff::page(&ctx, &v),
        #[cfg(feature = "ssr")]
        Page::Catalogue(v) => pages::catalogue::page(&ctx, &v),
        Page::Problems(v) => pages::problem::list(&ctx, &v),
        #[cfg(feature = "ssr")]
        Page::Outbox(v) => pages::outbox::page(&ctx, v),
        #[cfg(feature = "ssr")]
        Page::Gallery => gallery::page(&ctx),
        // These are the server's alone: they never start the app, and it leaves for them.
        #[cfg(not(feature = "ssr"))]
        Page::Staff(_) | Page::Catalogue(_) | Page::Outbox(_) | Page::Gallery => {
            pages::home::page(&ctx, miftah_rules::view::HomeView::Anonymous)
        }
    };
    ui::shell::shell(&ctx, journey, body)
}
