//! Whether there is room, and what happens where there is none.

use jiff::tz::TimeZone;
use kernel::{Id, Timestamp, id, period::Period, time::HOUR_MS};
use serde::{Deserialize, Serialize};

use crate::caps::{
    entity::cap::Model as Cap,
    model::{CapKind, CapMetric, CapScope, GraceKind, OnReach},
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

/// A cap as a conversion met it: all that its word was drawn from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Met {
    pub cap: Id<id::Cap>,
    pub scope: CapScope,
    pub metric: CapMetric,
    pub period: Period,
    /// Whose cap it is, where it is one partner's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<Id<id::Partner>>,
    pub limit: i64,
    pub used: i64,
    /// Room that the conversion needs.
    pub amount: i64,
    pub on_reach: OnReach,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached_at: Option<Timestamp>,
    pub grace: GraceKind,
    #[serde(default)]
    pub grace_hours: i32,
    pub timezone: String,
}

impl Met {
    pub fn of(cap: &Cap, taken: Taken, amount: i64) -> Self {
        Self {
            cap: cap.id,
            scope: cap.scope,
            metric: cap.metric,
            period: cap.period(),
            partner: cap.partner_id,
            limit: cap.limit_count,
            used: taken.used,
            amount,
            on_reach: action(cap),
            reached_at: taken.reached_at,
            grace: cap.grace,
            grace_hours: cap.grace_hours,
            timezone: cap.timezone.clone(),
        }
    }

    /// Which of the caps that were reached speaks: the first, of those reached together the widest, then the shortest.
    pub const fn rank(&self, reached_at: Timestamp) -> (Timestamp, u8, Period, Id<id::Cap>) {
        (reached_at, self.scope.width(), self.period, self.cap)
    }
}

/// What a cap that stops says to so much more.
pub fn judge(met: &Met, zone: &TimeZone, moments: Moments) -> Outcome {
    let fits = met.used.saturating_add(met.amount) <= met.limit;
    if fits || met.amount <= 0 || met.on_reach == OnReach::Alert {
        return Outcome::Room;
    }
    let reached_at = met.reached_at.unwrap_or(moments.decided_at);
    if is_in_grace(met, zone, reached_at, moments) { Outcome::Grace } else { Outcome::Reached(reached_at) }
}

/// A test stops traffic whatever it says.
pub const fn action(cap: &Cap) -> OnReach {
    match cap.kind {
        CapKind::Test => OnReach::Redirect,
        CapKind::Normal | CapKind::Balance => cap.on_reach,
    }
}

fn is_in_grace(met: &Met, zone: &TimeZone, reached_at: Timestamp, moments: Moments) -> bool {
    let clicked_before = moments.click_at.is_some_and(|click_at| click_at < reached_at);
    clicked_before
        && match met.grace {
            GraceKind::None => false,
            GraceKind::Hours => {
                moments.event_at <= reached_at.plus_millis(i64::from(met.grace_hours).saturating_mul(HOUR_MS))
            }
            GraceKind::Day => Period::Day.around(reached_at, zone).holds(moments.event_at),
        }
}

/// The highest threshold that `used` has passed, in per cent; nought for none.
pub fn threshold_passed(thresholds: &[u32], used: i64, limit: i64) -> u32 {
    let percent = i128::from(used.max(0)) * 100 / i128::from(limit.max(1));
    thresholds.iter().copied().filter(|&threshold| i128::from(threshold) <= percent).max().unwrap_or(0)
}
