//! Set-up on a fresh machine. Each part looks first, does nothing when all is there, says what it
//! is about to do when it is not, and ends in a clear instruction where it may not do it itself.
//! Only package registries are asked.

pub(crate) mod apt;
pub(crate) mod chromium;
pub(crate) mod components;
pub(crate) mod npm;
pub(crate) mod tools;
pub(crate) mod wasm;
pub(crate) mod wheels;
