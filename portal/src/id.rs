//! Identifiers of stored things: UUIDs of version 7 (RFC 9562), made through the ports.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ports::{Clock, Random};

/// Sixteen bytes as a UUIDv7: milliseconds first, so that rows of a time lie together.
fn uuid_v7(clock: &dyn Clock, random: &dyn Random) -> String {
    let mut bytes = [0u8; 16];
    random.fill(&mut bytes);
    let millis = clock.now().0.to_be_bytes();
    if let (Some(target), Some(source)) = (bytes.get_mut(..6), millis.get(2..8)) {
        target.copy_from_slice(source);
    }
    if let Some(version) = bytes.get_mut(6) {
        *version = (*version & 0x0f) | 0x70;
    }
    if let Some(variant) = bytes.get_mut(8) {
        *variant = (*variant & 0x3f) | 0x80;
    }
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        push_hex(&mut text, *byte);
    }
    text
}

fn push_hex(text: &mut String, byte: u8) {
    for nibble in [byte >> 4, byte & 0x0f] {
        text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
    }
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    bytes.iter().for_each(|byte| push_hex(&mut text, *byte));
    text
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            pub fn new(clock: &dyn Clock, random: &dyn Random) -> Self {
                Self(uuid_v7(clock, random))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    )*};
}

ids! {
    PersonId,
    AccountId,
    JourneyId,
    SessionId,
    LetterId,
    ImportId,
    OfficerId,
    ComplaintId,
    /// A file of somebody's, as it is kept: never a name that a person gave.
    FileId,
}

#[cfg(test)]
mod tests {
    use super::AccountId;
    use crate::ports::Millis;
    use crate::testing::{FixedClock, SeededRandom};

    #[test]
    fn ids_are_version_7_and_sort_by_time() {
        let random = SeededRandom::new(1);
        let early = AccountId::new(&FixedClock::at(Millis(1_000)), &random);
        let late = AccountId::new(&FixedClock::at(Millis(2_000)), &random);
        assert!(early < late);
        assert_eq!(early.as_str().len(), 36);
        assert_eq!(early.as_str().as_bytes()[14], b'7');
        assert!(matches!(
            early.as_str().as_bytes()[19],
            b'8' | b'9' | b'a' | b'b'
        ));
    }
}
