//! Notices: a title and a sentence that stay on the page.

use miftah_messages::Text;

use super::icon::{Icon, icon};
use super::text;
use crate::html::{Html, html};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Info,
    Good,
    Warn,
    Danger,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Danger => "danger",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Info => Icon::Info,
            Self::Good => Icon::Tick,
            Self::Warn | Self::Danger => Icon::Alert,
        }
    }
}

pub fn notice(kind: Kind, title: Text, body: Option<Text>) -> Html {
    html! {
        <div class="notice" data-kind=kind.name()>
            {icon(kind.icon())}
            <div class="notice-words">
                {text("p", "notice-title", title)} {body.map(|body| text("p", "", body))}
            </div>
        </div>
    }
}

/// A notice that says what has just succeeded; announced once by screen readers.
pub fn success(title: Text, body: Option<Text>) -> Html {
    html! { <div role="status">{notice(Kind::Good, title, body)}</div> }
}
