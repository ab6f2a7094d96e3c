//! Where BLAKE2b stands in Argon2: before the memory is filled, and after (RFC 9106, 3.2 and 3.3).

use blake2::{Blake2b256, Blake2b512, Digest as _};

use crate::block::BYTES;
use crate::{Costs, HASH_BYTES, Input, Refused};

const VERSION: u32 = 0x13;
/// Argon2id.
pub(crate) const KIND: u32 = 2;

/// H₀: costs and input.
pub(crate) fn first(input: &Input<'_>, costs: Costs) -> Result<[u8; 64], Refused> {
    let Costs { m, t, p } = costs;
    let mut digest = Blake2b512::new();
    for number in [p, HASH_BYTES as u32, m, t, VERSION, KIND] {
        digest.update(number.to_le_bytes());
    }
    for part in [input.password, input.salt, input.secret, input.data] {
        let length = u32::try_from(part.len()).map_err(|_| Refused::Length)?;
        digest.update(length.to_le_bytes());
        digest.update(part);
    }
    Ok(digest.finalize().into())
}

/// H′ of 1024 bytes: a lane's block 0 or 1.
pub(crate) fn long(first: &[u8; 64], index: u32, lane: u32) -> [u8; BYTES] {
    let mut digest = Blake2b512::new();
    digest.update((BYTES as u32).to_le_bytes());
    digest.update(first);
    digest.update(index.to_le_bytes());
    digest.update(lane.to_le_bytes());
    let mut link: [u8; 64] = digest.finalize().into();
    let mut out = [0; BYTES];
    // Half of each link, and the whole of the last one.
    let (halves, last) = out.split_at_mut(BYTES - 64);
    for half in halves.chunks_exact_mut(32) {
        half.copy_from_slice(&link[..32]);
        link = Blake2b512::digest(link).into();
    }
    last.copy_from_slice(&link);
    out
}

/// H′ of 32 bytes: the hash.
pub(crate) fn tag(last: &[u8; BYTES]) -> [u8; HASH_BYTES] {
    let mut digest = Blake2b256::new();
    digest.update((HASH_BYTES as u32).to_le_bytes());
    digest.update(last);
    digest.finalize().into()
}
