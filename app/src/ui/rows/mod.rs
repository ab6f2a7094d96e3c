//! Rows that happened or exist: devices, entries of a history. What can be done about one stands
//! at its end.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use miftah_messages::Text;

use super::icon::{Icon, icon};
use super::text;
use crate::html::{Html, html};

/// One row: what it is, what is known of it, what can be done about it.
pub fn row(what: Icon, name: Text, details: Vec<Text>, end: Html) -> Html {
    let details = details
        .into_iter()
        .map(|detail| text("span", "task-detail", detail));
    html! {
        <li class="row">
            {icon(what)}
            <div class="row-words">
                {text("span", "row-name", name)} {details.collect::<Html>()}
            </div>
            {end}
        </li>
    }
}

/// What stands in place of rows when there are none.
pub fn empty(words: Text) -> Html {
    html! { <div class="empty">{text("p", "quiet", words)}</div> }
}
