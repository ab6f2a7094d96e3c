//! What failures cost the network they come from: a delay of seconds, never a refusal (norm 5).
//! Carriers and campuses put thousands of people behind one address.

use crate::fault::Fallible;
use crate::portal::Portal;
use crate::ports::Millis;
use crate::store::Write;

/// A leaky bucket: failures fill it, time empties it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    pub kind: &'static str,
    /// Failures that cost nothing.
    pub free: i64,
    /// Seconds after which one failure is forgotten.
    pub leak: i64,
}

/// Failures of any kind from one network: 200 at once are free, and 200 an hour for ever.
pub const NETWORK: Bucket = Bucket {
    kind: "network failures",
    free: 200,
    leak: 18,
};
/// The longest delay, in seconds.
const LONGEST: i64 = 3;

impl Bucket {
    /// Seconds of delay at `now` for a bucket that will be empty at `empty_at`: 1 once it holds
    /// more than is free, 2 beyond twice that, then 3.
    pub fn delay(&self, empty_at: Millis, now: Millis) -> u64 {
        let held = empty_at.0.saturating_sub(now.0) / (self.leak * 1000);
        let over = held.saturating_sub(self.free).max(0);
        over.div_euclid(self.free)
            .saturating_add(i64::from(over > 0))
            .min(LONGEST)
            .unsigned_abs()
    }
}

impl Portal {
    /// Seconds for which a post from this network is to wait before anything is done for it.
    ///
    /// # Errors
    /// Only when the store fails.
    pub async fn network_delay(&self, network: &str) -> Fallible<u64> {
        let key = self.key.throttle_key(NETWORK.kind, &[network]);
        let seen = self.store.throttle(&key).await?;
        Ok(seen.map_or(0, |seen| NETWORK.delay(seen.last_at, self.clock.now())))
    }

    pub(crate) fn pour(&self, bucket: Bucket, of: &str) -> Write {
        Write::Pour {
            key: self.key.throttle_key(bucket.kind, &[of]),
            leak_ms: bucket.leak * 1000,
            at: self.clock.now(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NETWORK;
    use crate::ports::Millis;

    fn delay(failures: i64, seconds_later: i64) -> u64 {
        let empty_at = Millis(0).plus_seconds(failures * NETWORK.leak);
        NETWORK.delay(empty_at, Millis(0).plus_seconds(seconds_later))
    }

    #[test]
    fn a_crowd_is_slowed_down_by_seconds_and_forgotten_within_the_hour() {
        assert_eq!(delay(200, 0), 0);
        assert_eq!(delay(201, 0), 1);
        assert_eq!(delay(201, 18), 0);
        assert_eq!(delay(400, 0), 2);
        assert_eq!(delay(1_000_000, 0), 3);
        assert_eq!(delay(400, 3600), 0);
        assert_eq!(delay(0, 3600), 0);
    }
}
