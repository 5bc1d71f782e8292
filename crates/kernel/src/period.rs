//! Stretches of local time in which something is counted: an hour, a day, a week, a month, or all of time.

use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::time::{HOUR_MS, SECOND_MS, Timestamp};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    Hour,
    Day,
    /// Starts on Monday.
    Week,
    Month,
    /// Never ends.
    Total,
}

/// One period: `end` does not belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    pub start: Timestamp,
    pub end: Timestamp,
}

impl Span {
    /// All of time.
    pub const EVER: Self = Self { start: Timestamp::from_millis(0), end: Timestamp::from_millis(i64::MAX) };

    pub fn holds(self, at: Timestamp) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether it has an end at all.
    pub fn ends(self) -> bool {
        self.end != Self::EVER.end
    }
}

impl Period {
    pub const ALL: [Self; 5] = [Self::Hour, Self::Day, Self::Week, Self::Month, Self::Total];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Total => "total",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.code() == code)
    }

    /// The period of this kind in which `at` falls.
    pub fn around(self, at: Timestamp, zone: &TimeZone) -> Span {
        let day = at.local_day(zone);
        match self {
            Self::Hour => hour(at, zone),
            Self::Day => days(day, day.saturating_add(1.day()), zone),
            Self::Week => {
                let monday = day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days());
                days(monday, monday.saturating_add(1.week()), zone)
            }
            Self::Month => days(day.first_of_month(), day.last_of_month().saturating_add(1.day()), zone),
            Self::Total => Span::EVER,
        }
    }
}

/// Clocks of zones differ by quarters of an hour, so a local hour need not begin with one of UTC.
fn hour(at: Timestamp, zone: &TimeZone) -> Span {
    let offset_ms = i64::from(at.offset_seconds(zone)) * SECOND_MS;
    let into_hour_ms = at.millis().saturating_add(offset_ms).rem_euclid(HOUR_MS);
    let start = at.plus_millis(-into_hour_ms);
    Span { start, end: start.plus_millis(HOUR_MS) }
}

fn days(first: Date, next: Date, zone: &TimeZone) -> Span {
    Span { start: Timestamp::start_of_day(first, zone), end: Timestamp::start_of_day(next, zone) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(period: Period, at: &str, zone: &str) -> (String, String) {
        let zone = crate::time::zone(zone).expect("known");
        let at = Timestamp::parse(at).expect("valid");
        let span = period.around(at, &zone);
        assert!(span.holds(at) && !span.holds(span.end));
        (span.start.to_string(), span.end.to_string())
    }

    #[test]
    fn periods_are_local() {
        let check = |period, at, zone, start: &str, end: &str| {
            let (found_start, found_end) = around(period, at, zone);
            assert_eq!((&found_start[..16], &found_end[..16]), (start, end), "{period:?} at {at} in {zone}");
        };
        check(Period::Hour, "2026-02-02T09:59:59Z", "UTC", "2026-02-02T09:00", "2026-02-02T10:00");
        check(Period::Hour, "2026-02-02T09:10:00Z", "Asia/Kathmandu", "2026-02-02T08:15", "2026-02-02T09:15");
        check(Period::Day, "2026-02-02T23:30:00Z", "Europe/Warsaw", "2026-02-02T23:00", "2026-02-03T23:00");
        check(Period::Day, "2026-03-29T10:00:00Z", "Europe/Warsaw", "2026-03-28T23:00", "2026-03-29T22:00");
        check(Period::Week, "2026-02-08T12:00:00Z", "UTC", "2026-02-02T00:00", "2026-02-09T00:00");
        check(Period::Week, "2026-02-09T00:00:00Z", "UTC", "2026-02-09T00:00", "2026-02-16T00:00");
        check(Period::Month, "2026-12-31T23:30:00Z", "UTC", "2026-12-01T00:00", "2027-01-01T00:00");
        check(Period::Month, "2026-12-31T23:30:00Z", "Europe/Warsaw", "2026-12-31T23:00", "2027-01-31T23:00");
    }

    #[test]
    fn all_of_time_holds_everything() {
        let (start, _) = around(Period::Total, "2026-02-02T09:00:00Z", "UTC");
        assert_eq!(start, "1970-01-01T00:00:00.000Z");
        assert!(!Span::EVER.ends());
    }

    #[test]
    fn extreme_moments_do_not_panic() {
        for period in Period::ALL {
            for millis in [i64::MIN, -1, 0, i64::MAX] {
                let _ = period.around(Timestamp::from_millis(millis), &TimeZone::UTC);
            }
        }
    }
}
