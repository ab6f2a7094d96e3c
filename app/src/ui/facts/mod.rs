//! What is known, as names and values.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use miftah_messages::Text;

use super::text;
use crate::html::{Html, html};

/// One line of facts.
pub fn fact(label: Text, value: Text) -> Html {
    html! { <div class="facts-row">{text("dt", "", label)} {text("dd", "", value)}</div> }
}
