//! Notices: a title and a sentence that stay on the page.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

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
    around(
        kind,
        title,
        body.map(|body| text("p", "", body)).unwrap_or_default(),
    )
}

/// A notice with more than a sentence: lines, a link, a button.
pub fn around(kind: Kind, title: Text, content: Html) -> Html {
    html! {
        <div class="notice" data-kind=kind.name()>
            {icon(kind.icon())}
            <div class="notice-words">{text("p", "notice-title", title)} {content}</div>
        </div>
    }
}

/// A notice that says what has just succeeded; announced once by screen readers.
pub fn success(title: Text, body: Option<Text>) -> Html {
    html! { <div role="status">{notice(Kind::Good, title, body)}</div> }
}
