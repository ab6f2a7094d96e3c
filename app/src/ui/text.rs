//! The only place where a visible text is written.
//!
//! A browser's translator replaces text nodes by `<font>` elements. Before hydration that would
//! make hydration fail, after it reactive text would go stale. So every text is the whole content
//! of its own element, set as escaped HTML: hydration never looks inside, and a new text replaces
//! whatever a translator made of the old one. Tidy allows `inner_html` here alone.

use leptos::html::custom;
use leptos::prelude::*;
use miftah_messages::Text;

/// `<tag class="class">text</tag>`. One concrete type for every tag keeps the wasm small.
pub fn text(tag: &'static str, class: &'static str, text: Text) -> AnyView {
    custom(tag)
        .attr("class", (!class.is_empty()).then_some(class))
        .inner_html(text.html())
        .into_any()
}

/// The same with an id, for `aria-describedby` and fragment links.
pub fn text_with_id(tag: &'static str, class: &'static str, id: String, text: Text) -> AnyView {
    custom(tag)
        .attr("class", (!class.is_empty()).then_some(class))
        .id(id)
        .inner_html(text.html())
        .into_any()
}

/// A text that follows signals.
pub fn text_live(
    tag: &'static str,
    class: &'static str,
    text: impl Fn() -> Text + Send + Sync + 'static,
) -> AnyView {
    custom(tag)
        .attr("class", (!class.is_empty()).then_some(class))
        .inner_html(move || text().html())
        .into_any()
}
