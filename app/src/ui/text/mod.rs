//! The only place where a visible text is written.
//!
//! A browser's translator replaces text nodes by `<font>` elements. Before hydration that would
//! make hydration fail, after it reactive text would go stale. So every text is the whole content
//! of its own element, set as escaped HTML: hydration never looks inside, and a new text replaces
//! whatever a translator made of the old one. Markup takes no bare texts (`html`), and tidy allows
//! raw content here and in the document's head alone.

#[cfg(feature = "ssr")]
pub(crate) mod examples;

use miftah_messages::Text;

use crate::html::{Element, Html, IntoHtml};

/// `<tag class="class">text</tag>`.
pub fn text(tag: &'static str, class: &'static str, text: Text) -> Html {
    element(tag, class).raw(text.html()).into_html()
}

/// The same with an id, for `aria-describedby` and fragment links.
pub fn text_with_id(tag: &'static str, class: &'static str, id: String, text: Text) -> Html {
    element(tag, class)
        .attr("id", id)
        .raw(text.html())
        .into_html()
}

/// A text that follows signals.
pub fn text_live(
    tag: &'static str,
    class: &'static str,
    text: impl Fn() -> Text + Send + Sync + 'static,
) -> Html {
    element(tag, class)
        .live_raw(move || text().html())
        .into_html()
}

/// What was typed into an area of many lines, as its content.
pub fn lines(area: Element, typed: &str) -> Html {
    let escaped = typed
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    area.raw(escaped).into_html()
}

fn element(tag: &'static str, class: &'static str) -> Element {
    let class = (!class.is_empty()).then_some(class);
    Element::new(tag).attr("class", class)
}
