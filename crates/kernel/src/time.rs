//! Moments, clocks and the local days of a workspace.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use jiff::{civil, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::refusal::{Refusal, RefusalCode};

pub const SECOND_MS: i64 = 1_000;
pub const MINUTE_MS: i64 = 60 * SECOND_MS;
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// A moment in UTC, in whole milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    pub const fn millis(self) -> i64 {
        self.0
    }

    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_millis(days.saturating_mul(DAY_MS))
    }

    /// Reads RFC 3339, with any offset.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|at| Self(at.as_millisecond()))
    }

    fn jiff(self) -> jiff::Timestamp {
        let nearest = if self.0 < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(nearest)
    }

    /// The calendar day this moment falls on in `zone`.
    pub fn local_day(self, zone: &TimeZone) -> civil::Date {
        self.jiff().to_zoned(zone.clone()).date()
    }

    /// What a clock in `zone` shows at this moment.
    pub fn local_time(self, zone: &TimeZone) -> civil::DateTime {
        self.jiff().to_zoned(zone.clone()).datetime()
    }

    /// The moment `day` begins in `zone`.
    pub fn start_of_day(day: civil::Date, zone: &TimeZone) -> Self {
        let start = day.to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
        Self(start.unwrap_or(jiff::Timestamp::MIN).as_millisecond())
    }

    /// The start of the local day that lies `days` after this moment's local day: where holds and locks end.
    pub fn start_of_local_day_after(self, days: i64, zone: &TimeZone) -> Self {
        let span = jiff::Span::new().days(days.clamp(0, 36_500));
        let day = self.local_day(zone).saturating_add(span);
        Self::start_of_day(day, zone)
    }

    /// Offset from UTC in seconds that `zone` has at this moment.
    pub fn offset_seconds(self, zone: &TimeZone) -> i32 {
        zone.to_offset(self.jiff()).seconds()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.jiff())
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.collect_str(self) } else { self.0.serialize(serializer) }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return i64::deserialize(deserializer).map(Self);
        }
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("a time is RFC 3339, for example 2026-11-22T09:30:00Z"))
    }
}

impl utoipa::PartialSchema for Timestamp {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{KnownFormat, SchemaFormat, Type};
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .into()
    }
}
impl utoipa::ToSchema for Timestamp {}

/// An IANA time zone by name.
pub fn zone(name: &str) -> Result<TimeZone, Refusal> {
    TimeZone::get(name).map_err(|_| {
        Refusal::new(RefusalCode::BadTimezone, format!("{name:.64} is no IANA time zone such as Europe/Warsaw"))
    })
}

/// Where the present comes from.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
    fn now(&self) -> Timestamp {
        let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Timestamp(since_epoch.map_or(0, |elapsed| elapsed.as_millis() as i64))
    }
}

/// A clock that a test or the demo moves by hand.
#[derive(Clone)]
pub struct MovableClock(Arc<AtomicI64>);

impl MovableClock {
    pub fn starting_at(at: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(at.millis())))
    }

    pub fn set(&self, at: Timestamp) {
        self.0.store(at.millis(), Ordering::SeqCst);
    }

    pub fn advance_millis(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hold_ends_when_a_local_day_begins() {
        let warsaw = zone("Europe/Warsaw").expect("known");
        let approved = Timestamp::parse("2026-03-28T22:30:00Z").expect("valid");
        let lock = approved.start_of_local_day_after(1, &warsaw);
        assert_eq!(lock.to_string(), "2026-03-28T23:00:00.000Z", "23:30 local, so the next day is near");
        let after_summer_time = approved.start_of_local_day_after(2, &warsaw);
        assert_eq!(after_summer_time.to_string(), "2026-03-29T22:00:00.000Z");
    }

    #[test]
    fn extreme_moments_do_not_panic() {
        for millis in [i64::MIN, i64::MAX] {
            let at = Timestamp::from_millis(millis).plus_days(i64::MAX);
            assert!(!at.to_string().is_empty());
            assert!(zone("UTC").is_ok_and(|utc| at.start_of_local_day_after(3, &utc) != Timestamp(0)));
        }
    }
}
