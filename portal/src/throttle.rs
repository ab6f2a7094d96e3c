//! Throttles (norm 5): failures make the next try wait; nothing locks for ever.
//!
//! Keys are HMACs of what was tried, whether it exists or not, so a throttle tells nothing.
//! What verbs ask is an [`crate::attempt::Attempt`]; networks are slowed down in [`crate::network`].

use miftah_rules::{Detail, Problem, ProblemAt};

use crate::fault::Fallible;
use crate::model::Throttle;
use crate::portal::Portal;
use crate::ports::Millis;
use crate::store::Write;

/// Hours after the last failure at which the count starts again.
pub const MEMORY_HOURS: i64 = 24;
/// In seconds.
pub(crate) const DAY: i64 = 24 * 3600;

/// How a kind of try is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    pub kind: &'static str,
    /// Failures that cost nothing.
    pub free: i64,
    /// Seconds to wait after the first failure beyond them; doubles with each further one.
    pub first_wait: i64,
    /// The longest wait, in seconds.
    pub longest_wait: i64,
}

/// The two limits of tries at a handle, number, address or account.
///
/// `near` counts those from one network and is strict. `far` counts those from everywhere and
/// bears with a lot, because its waits meet the owner too: whoever merely knows a number or an
/// address must not be able to keep its owner out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub near: Limit,
    pub far: Limit,
}

/// Wrong pairs for one handle: from one network the sixth waits 15 s, then 30 s, 60 s … up to
/// 15 min.
pub const SIGN_IN: Limits = Limits {
    near: Limit {
        kind: "sign-in",
        free: 5,
        first_wait: 15,
        longest_wait: 15 * 60,
    },
    far: Limit {
        kind: "sign-in everywhere",
        free: 50,
        first_wait: 15,
        longest_wait: 5 * 60,
    },
};
/// Personal data for one number: from one network 5 tries a day, then delay and the complaint
/// (norm 2).
pub const PERSON: Limits = Limits {
    near: Limit {
        kind: "person",
        free: 5,
        first_wait: 15 * 60,
        longest_wait: 3600,
    },
    far: Limit {
        kind: "person everywhere",
        free: 30,
        first_wait: 5 * 60,
        longest_wait: 15 * 60,
    },
};
/// Codes sent to one address, or for one handle or account. Guessing is limited elsewhere, by
/// counting wrong codes (`proof.rs`); this is against mailing people.
pub const CODES: Limits = Limits {
    near: Limit {
        kind: "codes",
        free: 10,
        first_wait: 15 * 60,
        longest_wait: 30 * 60,
    },
    far: Limit {
        kind: "codes everywhere",
        free: 30,
        first_wait: 5 * 60,
        longest_wait: 15 * 60,
    },
};
/// Wrong current passwords of one account: as for signing in, where the same guess would be made.
pub const PROVE: Limits = Limits {
    near: Limit {
        kind: "prove",
        ..SIGN_IN.near
    },
    far: Limit {
        kind: "prove everywhere",
        ..SIGN_IN.far
    },
};
/// Complaints about one student number: an officer reads each.
pub const COMPLAINTS: Limits = Limits {
    near: Limit {
        kind: "complaints",
        free: 5,
        first_wait: 3600,
        longest_wait: DAY,
    },
    far: Limit {
        kind: "complaints everywhere",
        free: 20,
        first_wait: 15 * 60,
        longest_wait: 15 * 60,
    },
};
/// Wrong codes for one complaint's reference. A code has eight letters.
pub const COMPLAINT_CODE: Limits = Limits {
    near: Limit {
        kind: "complaint code",
        ..SIGN_IN.near
    },
    far: Limit {
        kind: "complaint code everywhere",
        ..SIGN_IN.far
    },
};
/// Accounts frozen on personal data alone, for one person: once a day. The office opens the account
/// again; whoever froze it without cause must not undo that at once (S0.5).
pub const DISPUTE: Limit = Limit {
    kind: "dispute",
    free: 1,
    first_wait: DAY,
    longest_wait: DAY,
};

impl Limit {
    /// Seconds still to wait at `now`; 0 when a try may be made.
    pub fn wait(&self, seen: &Throttle, now: Millis) -> u64 {
        let over = seen.failures - self.free;
        if over < 0 || !seen.last_at.is_recent(now, MEMORY_HOURS * 3600) {
            return 0;
        }
        let doubled = self.first_wait.saturating_mul(1i64 << over.min(20));
        now.seconds_until(seen.last_at.plus_seconds(doubled.min(self.longest_wait)))
    }
}

/// The problem of having to wait, if there is a wait.
pub(crate) fn too_many(wait: u64) -> Option<ProblemAt> {
    (wait > 0).then(|| {
        Problem::TooManyTries
            .alone()
            .with(Detail::WaitSeconds(wait))
    })
}

impl Portal {
    /// Failures under a key that are not forgotten yet.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn failures(&self, limit: Limit, of: &[&str]) -> Fallible<i64> {
        let key = self.key.throttle_key(limit.kind, of);
        let seen = self.store.throttle(&key).await?.unwrap_or_default();
        let forgotten = seen.last_at.plus_seconds(MEMORY_HOURS * 3600);
        Ok(if self.clock.now() < forgotten {
            seen.failures
        } else {
            0
        })
    }

    /// Seconds to wait before another try may be made; 0 when it may be made now.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn wait(&self, limit: Limit, of: &[&str]) -> Fallible<u64> {
        let key = self.key.throttle_key(limit.kind, of);
        let seen = self.store.throttle(&key).await?.unwrap_or_default();
        Ok(limit.wait(&seen, self.clock.now()))
    }

    /// The problem of having to wait, or `None` when the try may be made.
    ///
    /// # Errors
    /// Only when the store fails.
    pub(crate) async fn held_back(&self, limit: Limit, of: &[&str]) -> Fallible<Option<ProblemAt>> {
        Ok(too_many(self.wait(limit, of).await?))
    }

    /// The same question once more, asked when the verb's writes are committed.
    pub(crate) fn within(&self, limit: Limit, of: &[&str]) -> Write {
        Write::WithinLimits {
            limits: vec![(self.key.throttle_key(limit.kind, of), limit)],
            at: self.clock.now(),
        }
    }

    pub(crate) fn count_failure(&self, limit: Limit, of: &[&str]) -> Write {
        Write::CountFailure {
            key: self.key.throttle_key(limit.kind, of),
            at: self.clock.now(),
        }
    }

    pub(crate) fn forget_failures(&self, limit: Limit, of: &[&str]) -> Write {
        Write::ForgetFailures {
            key: self.key.throttle_key(limit.kind, of),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{CODES, PERSON, SIGN_IN};
    use crate::model::Throttle;
    use crate::ports::Millis;

    fn wait(failures: i64, seconds_later: i64) -> u64 {
        let seen = Throttle {
            failures,
            last_at: Millis(0),
        };
        SIGN_IN
            .near
            .wait(&seen, Millis(0).plus_seconds(seconds_later))
    }

    #[test]
    fn delays_grow_and_end() {
        assert_eq!(wait(4, 0), 0);
        assert_eq!(wait(5, 0), 15);
        assert_eq!(wait(5, 14), 1);
        assert_eq!(wait(5, 15), 0);
        assert_eq!(wait(6, 0), 30);
        assert_eq!(wait(60, 0), 900);
        assert_eq!(wait(60, 900), 0);
        assert_eq!(wait(i64::MAX, 86_400), 0);
    }

    #[test]
    fn what_everybody_together_does_makes_nobody_wait_longer_than_a_quarter_of_an_hour() {
        for limits in [SIGN_IN, PERSON, CODES] {
            let seen = Throttle {
                failures: i64::MAX,
                last_at: Millis(0),
            };
            assert!(limits.far.wait(&seen, Millis(0)) <= 15 * 60);
            assert!(limits.far.free > 2 * limits.near.free);
        }
    }
}
