//! The document's title, and where in which journey a page is.

use miftah_messages::{Text, Texts};
use miftah_rules::view::{HomeView, Page, View};

use crate::pages;

/// For `data-journey` and `data-step` (contract, "Forms").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Whereabouts {
    pub journey: Option<&'static str>,
    pub step: Option<&'static str>,
}

pub const fn journey(page: &Page) -> Whereabouts {
    let (journey, step) = match page {
        Page::Login(_) => ("sign_in", "credentials"),
        Page::Register(v) => ("register", v.step.name()),
        Page::Recover(v) => ("recover", v.step.name()),
        Page::OwnData(_) => ("own_data", "own_data"),
        Page::Contact(v) => ("contact", v.step.name()),
        Page::Complain(v) => ("complain", v.step.name()),
        Page::Follow(v) => ("complaint", pages::follow::step(v)),
        Page::Text(v) if v.asks.is_some() => ("terms", "accept"),
        _ => {
            return Whereabouts {
                journey: None,
                step: None,
            };
        }
    };
    Whereabouts {
        journey: Some(journey),
        step: Some(step),
    }
}

/// `خطأ: الدخول إلى حسابك | كلية …`
pub fn document_title(view: &View) -> String {
    let t = Texts::new(view.frame.lang);
    let title = page_title(&t, view);
    let page = t.common_page_title(&title.bare(), &view.frame.institution.name);
    if view.problems().is_empty() {
        page.bare()
    } else {
        t.common_page_title_problem(&page.bare()).bare()
    }
}

fn page_title(t: &Texts, view: &View) -> Text {
    match &view.page {
        Page::Home(HomeView::SignedIn { .. }) => t.home_title(),
        Page::Login(_) => t.login_title(),
        Page::Recover(v) => pages::recover::title(t, v),
        Page::Activate(v) => pages::activate::title(t, v),
        Page::NotMe(v) => pages::not_me::title(t, v),
        Page::Complain(v) => pages::complain::title(t, v),
        Page::Follow(v) => pages::follow::title(t, v),
        #[cfg(feature = "ssr")]
        Page::Staff(v) => pages::staff::title(t, v),
        #[cfg(feature = "ssr")]
        Page::Catalogue(v) => pages::catalogue::title(t, v),
        Page::Account(_) => t.account_title(),
        Page::OwnData(_) => t.account_data_change(),
        Page::Contact(v) => pages::account::contact::title(t, v),
        Page::Password(v) => pages::account::new_password::title(t, v),
        Page::Security(_) => t.account_security_title(),
        Page::Sessions(_) => t.account_sessions_title(),
        Page::Close(_) => t.account_close_title(),
        #[cfg(feature = "ssr")]
        Page::Gallery => t.dev_gallery_title(),
        Page::Register(v) => pages::register::title(t, v),
        Page::Text(v) => pages::legal::title(t, v.kind),
        Page::Problems(_) => t.problems_list_title(),
        Page::Problem(v) => t
            .problem(v.problem.problem.code())
            .map_or_else(|| t.common_product(), |words| words.title),
        #[cfg(feature = "ssr")]
        Page::Outbox(_) => t.dev_outbox_title(),
        _ => t.shell_service(),
    }
}
