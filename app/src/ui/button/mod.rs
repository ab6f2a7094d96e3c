//! Buttons and links that look like them.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use miftah_messages::Text;

use super::text;
use crate::html::{Html, html};

/// How much weight a button has; one primary a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Primary,
    Second,
    Quiet,
    Danger,
}

impl Weight {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button",
            Self::Second => "button button-second",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

/// The button that sends its form.
pub fn submit(weight: Weight, label: Text) -> Html {
    html! { <button class=weight.class()>{text("span", "", label)}</button> }
}

/// A button that says which of a form's actions is meant, and skips the browser's own checks.
pub fn action(weight: Weight, action: &'static str, label: Text) -> Html {
    html! {
        <button class=weight.class() name="action" value=action formnovalidate="">
            {text("span", "", label)}
        </button>
    }
}

/// A link with a button's looks.
pub fn link(weight: Weight, href: String, label: Text) -> Html {
    html! { <a class=weight.class() href=href>{text("span", "", label)}</a> }
}

/// A field nobody sees.
pub fn hidden(name: &'static str, value: String) -> Html {
    html! { <input type="hidden" name=name value=value /> }
}
