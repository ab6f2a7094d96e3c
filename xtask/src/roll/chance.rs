//! Seeded pseudo-random numbers (SplitMix64): the same seed gives the same roll on every machine
//! and with every version of every library, which is why none is used.

/// A stream of numbers that depends on its seed alone.
#[derive(Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included. `high` below `low` gives `low`.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        let width = high.saturating_sub(low).saturating_add(1);
        low + self.next() % width.max(1)
    }

    /// True in `percent` of a hundred cases.
    pub(crate) fn in_hundred(&mut self, percent: u64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of `items`; nothing when there are none.
    pub(crate) fn one_of<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let last = items.len().checked_sub(1)?;
        let index = usize::try_from(self.between(0, last as u64)).unwrap_or(0);
        items.get(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_pinned() {
        // Reference values of SplitMix64 with seed 1234567 (Vigna's public-domain code).
        let mut chance = Chance::seeded(1_234_567);
        assert_eq!(chance.next(), 6_457_827_717_110_365_317);
        assert_eq!(chance.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn between_reaches_both_ends() {
        let mut chance = Chance::seeded(1);
        let seen: std::collections::BTreeSet<u64> =
            (0..200).map(|_| chance.between(3, 6)).collect();
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), vec![3, 4, 5, 6]);
    }
}
