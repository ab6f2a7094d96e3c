//! What only works with scripts is hidden until they run.

use leptos::prelude::*;

/// How a component stands when it is made. Pages leave it at nothing: scripts come later and no
/// password is ever written into a page. The gallery, which no script reaches, says otherwise.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pose {
    /// As if scripts ran.
    pub live: bool,
    /// As if «show» had been pressed.
    pub peeked: bool,
    /// As if this had been typed as a new password.
    pub typed: &'static str,
}

/// The pose of the components made here.
pub fn pose() -> Pose {
    #[cfg(feature = "ssr")]
    let pose = use_context().unwrap_or_default();
    #[cfg(not(feature = "ssr"))]
    let pose = Pose::default();
    pose
}

/// False in the page the server sent and while it is hydrated, true right after. Both sides begin
/// with the same page, so hydration finds what it expects.
pub fn live() -> RwSignal<bool> {
    let live = RwSignal::new(pose().live);
    // Effects run in the browser alone.
    Effect::new(move |_| live.set(true));
    live
}
