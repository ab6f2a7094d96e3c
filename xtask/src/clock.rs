//! The only place of this crate that reads a clock or waits: the product itself does neither
//! (see `clippy.toml`), but a command measures its stages and waits for a server to come up.

use std::time::{Duration, Instant};

/// A moment to measure from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Started(Instant);

impl Started {
    /// Starts measuring.
    #[expect(
        clippy::disallowed_methods,
        reason = "a command measures its own stages"
    )]
    pub(crate) fn now() -> Self {
        Self(Instant::now())
    }

    /// Time gone since then.
    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// Waits until `ready` says yes or `limit` is over; says which.
#[expect(
    clippy::disallowed_methods,
    reason = "polls a server that another process starts"
)]
pub(crate) fn wait_until(limit: Duration, mut ready: impl FnMut() -> bool) -> bool {
    let started = Started::now();
    loop {
        if ready() {
            return true;
        }
        if started.elapsed() >= limit {
            return false;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// `2 m 07 s`, the form in which a person compares stages.
pub(crate) fn minutes(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{} m {:02} s", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_pad_the_seconds() {
        assert_eq!(minutes(Duration::from_secs(127)), "2 m 07 s");
        assert_eq!(minutes(Duration::from_millis(900)), "0 m 00 s");
    }
}
