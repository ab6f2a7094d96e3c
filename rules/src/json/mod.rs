//! Reads views in the browser.
//!
//! `serde_json` costs the browser's module 20 kB more than this (brotli, measured): it makes two
//! readers of every struct (from maps and from lists) and brings the printing and parsing of
//! floating-point numbers along. Views hold none, come from our own server, and one that cannot be
//! read means another build: so a failure needs no words ([`Unreadable`]).
//!
//! First a tree is made of the text (`tree.rs`), then serde reads the tree (`reader.rs`).

use serde::de::DeserializeOwned;

mod reader;
mod tree;

/// The text is not JSON, or not of this shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

/// Reads a value from JSON.
///
/// # Errors
/// [`Unreadable`]; also for floating-point numbers and for nesting deeper than any view's.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    T::deserialize(tree::parse(text)?)
}

#[cfg(test)]
mod tests;
