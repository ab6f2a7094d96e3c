//! What only works with scripts is hidden until they run.

use leptos::prelude::*;

/// False in the page the server sent and while it is hydrated, true right after. Both sides begin
/// with the same page, so hydration finds what it expects.
pub fn live() -> RwSignal<bool> {
    let live = RwSignal::new(false);
    // Effects run in the browser alone.
    Effect::new(move |_| live.set(true));
    live
}
