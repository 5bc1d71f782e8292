//! Request windows in memory: how often one caller may ask. Answers carry the headers of
//! draft-ietf-httpapi-ratelimit-headers-10 (`RateLimit-Policy`, `RateLimit`), refusals `Retry-After` too.

use std::{collections::HashMap, sync::Mutex};

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use kernel::{Refusal, RefusalCode, Timestamp, time::SECOND_MS};

use super::problem::Problem;

/// Callers remembered; beyond it those who asked least are forgotten first.
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
    pub window_seconds: i64,
    pub reset_seconds: i64,
}

/// The limit is used up; the allowance tells when to come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exceeded(pub Allowance);

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

    /// Counts one request of `caller` (see [`caller`]), or refuses it.
    pub fn take(&self, caller: u64, now: Timestamp) -> Result<Allowance, Exceeded> {
        let mut windows = self.windows.lock().expect("never held across a panic");
        if windows.len() >= CALLERS_MAX && !windows.contains_key(&caller) {
            self.forget_some(&mut windows, now);
        }
        let window = windows.entry(caller).or_insert(Window { started_at: now, used: 0 });
        if !self.is_open(window, now) {
            *window = Window { started_at: now, used: 0 };
        }
        window.used = window.used.saturating_add(1);
        let allowance = self.allowance(window, now);
        if window.used > self.limit.requests { Err(Exceeded(allowance)) } else { Ok(allowance) }
    }

    fn is_open(&self, window: &Window, now: Timestamp) -> bool {
        (0..self.limit.window_ms).contains(&(now.millis() - window.started_at.millis()))
    }

    fn allowance(&self, window: &Window, now: Timestamp) -> Allowance {
        let remaining_ms = window.started_at.millis() + self.limit.window_ms - now.millis();
        Allowance {
            limit: self.limit.requests,
            remaining: self.limit.requests.saturating_sub(window.used),
            window_seconds: seconds_up(self.limit.window_ms),
            reset_seconds: seconds_up(remaining_ms),
        }
    }

    /// Makes room for at least half of [`CALLERS_MAX`], so that this sweep is rare.
    fn forget_some(&self, windows: &mut HashMap<u64, Window>, now: Timestamp) {
        windows.retain(|_, window| self.is_open(window, now));
        if windows.len() > CALLERS_MAX / 2 {
            windows.retain(|_, window| window.used > 1);
        }
        if windows.len() > CALLERS_MAX / 2 {
            windows.clear();
        }
    }
}

/// Names a caller by what they are known by: `kind` keeps an address apart from a key of the same bytes.
pub fn caller(kind: &str, known_by: &[u8]) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(kind.as_bytes()).update(&[0]).update(known_by);
    let mut first = [0; 8];
    hasher.finalize_xof().fill(&mut first);
    u64::from_le_bytes(first)
}

fn seconds_up(millis: i64) -> i64 {
    (millis + SECOND_MS - 1) / SECOND_MS
}

impl Allowance {
    /// Tells the caller where they stand.
    pub fn write(&self, headers: &mut HeaderMap) {
        let value = |text: String| HeaderValue::try_from(text).expect("numbers are header text");
        headers.insert("ratelimit-policy", value(format!("\"requests\";q={};w={}", self.limit, self.window_seconds)));
        headers.insert("ratelimit", value(format!("\"requests\";r={};t={}", self.remaining, self.reset_seconds)));
    }
}

impl From<Exceeded> for Refusal {
    fn from(Exceeded(allowance): Exceeded) -> Self {
        let message = format!("too many requests; try again in {} s", allowance.reset_seconds);
        Self::new(RefusalCode::TooManyRequests, message)
    }
}

impl From<Exceeded> for Problem {
    fn from(exceeded: Exceeded) -> Self {
        Self::Refusal(exceeded.into())
    }
}

impl IntoResponse for Exceeded {
    fn into_response(self) -> Response {
        let mut response = Problem::from(self).into_response();
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(self.0.reset_seconds));
        self.0.write(response.headers_mut());
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    #[test]
    fn a_window_opens_again() {
        let limiter = RateLimiter::new(Limit { requests: 2, window_ms: SECOND_MS });
        assert_eq!(limiter.take(1, at(0)).map(|allowance| allowance.remaining), Ok(1));
        assert!(limiter.take(1, at(10)).is_ok() && limiter.take(1, at(20)).is_err());
        assert!(limiter.take(2, at(20)).is_ok(), "another caller is not held up");
        assert!(limiter.take(1, at(1_000)).is_ok());
    }

    #[test]
    fn a_flood_of_callers_does_not_free_a_busy_one() {
        let limiter = RateLimiter::new(Limit { requests: 2, window_ms: SECOND_MS });
        assert!((0..3).any(|_| limiter.take(u64::MAX, at(0)).is_err()));
        (0..CALLERS_MAX as u64 * 2).for_each(|caller| _ = limiter.take(caller, at(1)));
        assert!(limiter.take(u64::MAX, at(2)).is_err());
        assert!(limiter.windows.lock().unwrap().len() <= CALLERS_MAX);
    }

    #[test]
    fn a_refusal_says_when_to_come_back() {
        let limiter = RateLimiter::new(Limit { requests: 0, window_ms: 60 * SECOND_MS });
        let response = limiter.take(caller("key", b"a"), at(0)).expect_err("none allowed").into_response();
        let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(response.status(), 429);
        assert_eq!(header("retry-after"), "60");
        assert_eq!(header("ratelimit-policy"), "\"requests\";q=0;w=60");
        assert_eq!(header("ratelimit"), "\"requests\";r=0;t=60");
        assert_ne!(caller("key", b"a"), caller("address", b"a"));
    }
}
