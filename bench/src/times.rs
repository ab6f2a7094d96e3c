//! How long things took, told as the portal's targets are: median and 99th percentile.

use std::time::Duration;

use serde_json::{Value, json};

#[derive(Debug, Default)]
pub struct Times(Vec<f64>);

impl Times {
    pub fn add(&mut self, time: Duration) {
        self.0.push(time.as_secs_f64() * 1000.0);
    }

    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Milliseconds.
    pub fn told(mut self) -> Value {
        self.0.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let last = self.0.len().saturating_sub(1);
            let index = (last as f64 * share).ceil() as usize;
            self.0.get(index).copied().unwrap_or_default()
        };
        json!({ "n": self.0.len(), "p50": at(0.5), "p99": at(0.99), "max": at(1.0) })
    }
}
