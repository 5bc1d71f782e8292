//! Token buckets in memory: how often one caller may ask. Answers carry the RateLimit headers of
//! draft-ietf-httpapi-ratelimit-headers.

use std::{collections::HashMap, sync::Mutex};

use kernel::{Refusal, RefusalCode, Timestamp, time::SECOND_MS};

/// Callers remembered; beyond it the fullest buckets are forgotten first.
const CALLERS_MAX: usize = 100_000;

/// So many requests in so long.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    pub requests: u32,
    pub window_ms: i64,
}

/// What is left of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    pub limit: u32,
    pub remaining: u32,
    pub reset_seconds: i64,
}

#[derive(Clone, Copy)]
struct Window {
    started_at: Timestamp,
    used: u32,
}

pub struct RateLimiter {
    limit: Limit,
    windows: Mutex<HashMap<u64, Window>>,
}

impl RateLimiter {
    pub fn new(limit: Limit) -> Self {
        Self { limit, windows: Mutex::default() }
    }

    /// Counts one request of `caller` (a hash), or refuses it.
    pub fn take(&self, caller: u64, now: Timestamp) -> Result<Allowance, Refusal> {
        let mut windows = self.windows.lock().expect("never held across a panic");
        if windows.len() >= CALLERS_MAX {
            windows.retain(|_, window| now < window.started_at.plus_millis(self.limit.window_ms));
        }
        if windows.len() >= CALLERS_MAX {
            windows.clear();
        }
        let window = windows.entry(caller).or_insert(Window { started_at: now, used: 0 });
        let elapsed_ms = now.millis() - window.started_at.millis();
        if !(0..self.limit.window_ms).contains(&elapsed_ms) {
            *window = Window { started_at: now, used: 0 };
        }
        window.used += 1;
        let remaining_ms = window.started_at.millis() + self.limit.window_ms - now.millis();
        if window.used > self.limit.requests {
            let message = format!("too many requests; try again in {} s", seconds_up(remaining_ms));
            return Err(Refusal::new(RefusalCode::TooManyRequests, message));
        }
        let remaining = self.limit.requests - window.used;
        Ok(Allowance { limit: self.limit.requests, remaining, reset_seconds: seconds_up(remaining_ms) })
    }
}

fn seconds_up(millis: i64) -> i64 {
    (millis + SECOND_MS - 1) / SECOND_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_opens_again() {
        let limiter = RateLimiter::new(Limit { requests: 2, window_ms: SECOND_MS });
        let at = Timestamp::from_millis;
        assert_eq!(limiter.take(1, at(0)).map(|allowance| allowance.remaining), Ok(1));
        assert!(limiter.take(1, at(10)).is_ok() && limiter.take(1, at(20)).is_err());
        assert!(limiter.take(2, at(20)).is_ok(), "another caller is not held up");
        assert!(limiter.take(1, at(1_000)).is_ok());
    }
}
