//! Argon2id, version 0x13 (RFC 9106), with the widest vector code that the processor has.
//!
//! Hashing a password is nearly all that a sign-in costs, so how many people can sign in on the day
//! the portal opens is how fast this is. The program is built for any processor of its kind; what a
//! processor can do besides is asked once, at run time ([`Way`]).
//!
//! Only the memory is filled here. BLAKE2b is RustCrypto's, and tests hold every way against the
//! RFC's vector and against RustCrypto's `argon2`, which has no code for AVX-512.
//!
//! This is the one crate of the workspace with `unsafe` in it, for three things: calling a function
//! that needs a processor's extension, after asking for it (`fill.rs`), loading and storing a vector
//! (`vector/`), and asking Linux for large pages (`block.rs`). No pointer leaves the function that
//! makes it.

use std::fmt;

mod block;
mod digest;
mod fill;
mod vector;

pub use block::Memory;
pub use vector::Way;

/// Bytes of a hash.
pub const HASH_BYTES: usize = 32;

/// The shortest salt, in bytes (RFC 9106, section 3.1, asks for 8 at least).
const SALT_LEAST: usize = 8;

/// What a hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Costs {
    /// Memory in KiB; at least 8 for each lane.
    pub m: u32,
    /// Passes over the memory; at least 1.
    pub t: u32,
    /// Lanes; at least 1. They are filled one after the other.
    pub p: u32,
}

/// What is hashed. Each part is below 4 GiB.
#[derive(Clone, Copy, Default)]
pub struct Input<'a> {
    pub password: &'a [u8],
    /// At least 8 bytes.
    pub salt: &'a [u8],
    /// A key that is kept elsewhere (RFC 9106 calls it K); empty for none.
    pub secret: &'a [u8],
    /// What the hash is bound to (X); empty for nothing.
    pub data: &'a [u8],
}

impl fmt::Debug for Input<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Input")
    }
}

/// Why there is no hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Less than the least, or more lanes than there may be.
    Costs,
    /// The salt is too short.
    Salt,
    /// A part of the input is 4 GiB or longer.
    Length,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Costs => "costs that Argon2id does not have",
            Self::Salt => "a salt of less than 8 bytes",
            Self::Length => "an input of 4 GiB or more",
        })
    }
}

impl std::error::Error for Refused {}

/// Hashes, the widest way.
///
/// # Errors
/// See [`Refused`].
pub fn hash(
    input: &Input<'_>,
    costs: Costs,
    memory: &mut Memory,
) -> Result<[u8; HASH_BYTES], Refused> {
    hash_in(Way::widest(), input, costs, memory)
}

/// As [`hash`], in a way of one's choice: for tests and measurements.
///
/// # Errors
/// See [`Refused`].
pub fn hash_in(
    way: Way,
    input: &Input<'_>,
    costs: Costs,
    memory: &mut Memory,
) -> Result<[u8; HASH_BYTES], Refused> {
    if input.salt.len() < SALT_LEAST {
        return Err(Refused::Salt);
    }
    let shape = fill::Shape::of(costs)?;
    let first = digest::first(input, costs)?;
    let blocks = memory.first(shape.blocks());
    for (number, lane) in blocks.chunks_exact_mut(shape.lane()).enumerate() {
        for (index, block) in lane.iter_mut().take(2).enumerate() {
            block.load(&digest::long(&first, index as u32, number as u32));
        }
    }
    fill::fill(way, shape, blocks);
    let mut last = [0; block::BYTES];
    for lane in blocks.chunks_exact(shape.lane()) {
        if let Some(block) = lane.last() {
            block.add_to(&mut last);
        }
    }
    Ok(digest::tag(&last))
}

#[cfg(test)]
mod tests;
