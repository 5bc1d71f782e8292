//! Whether there is room, and what happens where there is none.

use jiff::tz::TimeZone;
use kernel::{Timestamp, period::Period, time::HOUR_MS};

use crate::caps::{
    entity::cap::Model as Cap,
    model::{CapKind, GraceKind, OnReach},
};

/// What a counter says before the conversion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    pub used: i64,
    pub reached_at: Option<Timestamp>,
}

/// When the conversion came, and its click.
#[derive(Clone, Copy, Debug)]
pub struct Moments {
    pub event_at: Timestamp,
    pub click_at: Option<Timestamp>,
    /// When it is decided.
    pub decided_at: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There is room, or the cap stops nothing.
    Room,
    /// There is none, but the click was made before and the grace covers it.
    Grace,
    /// There is none, since this moment.
    Reached(Timestamp),
}

/// What a cap that stops says to `amount` more.
pub fn judge(cap: &Cap, zone: &TimeZone, taken: Taken, amount: i64, moments: Moments) -> Outcome {
    let fits = taken.used.saturating_add(amount) <= cap.limit_count;
    if fits || amount <= 0 || action(cap) == OnReach::Alert {
        return Outcome::Room;
    }
    let reached_at = taken.reached_at.unwrap_or(moments.decided_at);
    if is_in_grace(cap, zone, reached_at, moments) { Outcome::Grace } else { Outcome::Reached(reached_at) }
}

/// A test stops traffic whatever it says.
pub const fn action(cap: &Cap) -> OnReach {
    match cap.kind {
        CapKind::Test => OnReach::Redirect,
        CapKind::Normal => cap.on_reach,
    }
}

fn is_in_grace(cap: &Cap, zone: &TimeZone, reached_at: Timestamp, moments: Moments) -> bool {
    let clicked_before = moments.click_at.is_some_and(|click_at| click_at < reached_at);
    clicked_before
        && match cap.grace {
            GraceKind::None => false,
            GraceKind::Hours => {
                moments.event_at <= reached_at.plus_millis(i64::from(cap.grace_hours).saturating_mul(HOUR_MS))
            }
            GraceKind::Day => Period::Day.around(reached_at, zone).holds(moments.event_at),
        }
}

/// The highest threshold that `used` has passed, in per cent; nought for none.
pub fn threshold_passed(thresholds: &[u32], used: i64, limit: i64) -> u32 {
    let percent = i128::from(used.max(0)) * 100 / i128::from(limit.max(1));
    thresholds.iter().copied().filter(|&threshold| i128::from(threshold) <= percent).max().unwrap_or(0)
}
