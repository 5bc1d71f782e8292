//! The stretch of time asked about, the stretch it is compared with, and local time by whole-number arithmetic.

use jiff::{Span, ToSpan as _, civil, tz::TimeZone};
use kernel::{
    Refusal, RefusalCode, Timestamp,
    time::{DAY_MS, HOUR_MS, SECOND_MS},
};

use super::{asked::Compare, dimensions::Bucket};

/// Moments before 2000 and after 2099 are in no report.
const YEAR_MIN: i16 = 2000;
const YEAR_MAX: i16 = 2099;

/// From the first moment (included) to the second (not), in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: i64,
    pub to: i64,
}

/// Which of the windows a part of a statement reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Both,
    Current,
    Previous,
}

#[derive(Clone, Debug)]
pub struct Period {
    pub window: Window,
    /// The window compared with: earlier, never overlapping.
    pub previous: Option<Window>,
    /// What is added to local times of the previous window so that they fall on those of the window.
    pub shift_ms: i64,
    pub zone: TimeZone,
    /// Offset from UTC until each moment, then the last one, all in milliseconds.
    offsets: Vec<(i64, i64)>,
    last_offset: i64,
}

impl Period {
    pub fn read(from: &str, to: &str, zone: TimeZone, compare: Option<Compare>) -> Result<Self, Refusal> {
        let window = Window { from: moment("from", from, &zone, 0)?, to: moment("to", to, &zone, 1)? };
        if window.from >= window.to {
            return Err(bad("from must lie before to"));
        }
        let (previous, shift_ms) = match compare {
            Some(compare) => before(window, &zone, compare).map(|(previous, shift)| (Some(previous), shift))?,
            None => (None, 0),
        };
        let (offsets, last_offset) = offsets(&zone, previous.map_or(window.from, |previous| previous.from), window.to);
        Ok(Self { window, previous, shift_ms, zone, offsets, last_offset })
    }

    /// SQL that is true for facts of the window or of the one it is compared with, or of one of them.
    pub fn within(&self, time: &str, part: Part) -> String {
        let in_window = |window: &Window| format!("{time} >= {} AND {time} < {}", window.from, window.to);
        match (&self.previous, part) {
            (None, _) | (_, Part::Current) => in_window(&self.window),
            (Some(previous), Part::Previous) => in_window(previous),
            (Some(previous), Part::Both) => format!("(({}) OR ({}))", in_window(&self.window), in_window(previous)),
        }
    }

    /// SQL that is true for facts of the window itself, among those [`within`](Self::within).
    pub fn is_current(&self, time: &str) -> String {
        format!("{time} >= {}", self.window.from)
    }

    fn offset_sql(&self, time: &str) -> String {
        if self.offsets.is_empty() {
            return self.last_offset.to_string();
        }
        let whens = self.offsets.iter().map(|(until, offset)| format!("WHEN {time} < {until} THEN {offset} "));
        format!("(CASE {}ELSE {} END)", whens.collect::<String>(), self.last_offset)
    }

    /// SQL that tells a moment's local bucket as a whole number: see [`label`](Self::label).
    pub fn bucket_sql(&self, time: &str, bucket: Bucket, part: Part) -> String {
        let offset = self.offset_sql(time);
        let shift = match (self.previous, part) {
            (None, _) | (_, Part::Current) => String::new(),
            (Some(_), Part::Previous) => format!(" + {}", self.shift_ms),
            (Some(_), Part::Both) => {
                format!(" + (CASE WHEN {time} < {} THEN {} ELSE 0 END)", self.window.from, self.shift_ms)
            }
        };
        let local = format!("({time} + {offset}{shift})");
        let day = format!("({local} // {DAY_MS})");
        match bucket {
            Bucket::Hour => format!("({local} // {HOUR_MS} * {HOUR_MS} - {offset})"),
            Bucket::Day => day,
            Bucket::Week => format!("({day} - ({day} + 3) % 7)"),
            Bucket::Month => format!("datediff('month', DATE '1970-01-01', DATE '1970-01-01' + {day}::INTEGER)"),
            Bucket::HourOfDay => format!("({local} // {HOUR_MS} % 24)"),
            Bucket::Weekday => format!("(({day} + 3) % 7 + 1)"),
        }
    }

    /// A bucket in words: an hour with its offset (so that the hour that comes twice is two rows), or a date.
    pub fn label(&self, bucket: Bucket, value: i64) -> String {
        match bucket {
            Bucket::Hour => self.hour_label(value),
            Bucket::Day | Bucket::Week => date(value).to_string(),
            Bucket::Month => date(0).saturating_add(Span::new().months(value)).to_string(),
            Bucket::HourOfDay | Bucket::Weekday => value.to_string(),
        }
    }

    /// Labels of the window's buckets in order, at most `max`; buckets of hours, days, weeks or months.
    pub fn labels(&self, bucket: Bucket, max: usize) -> Vec<String> {
        let mut labels: Vec<String> = Vec::new();
        let mut at = self.window.from;
        while at < self.window.to && labels.len() < max {
            let label = self.label(bucket, self.bucket_of(at, bucket));
            if labels.last() != Some(&label) {
                labels.push(label);
            }
            at += HOUR_MS;
        }
        labels
    }

    /// What [`bucket_sql`](Self::bucket_sql) tells of a moment in the window.
    fn bucket_of(&self, at: i64, bucket: Bucket) -> i64 {
        let offset = i64::from(Timestamp::from_millis(at).offset_seconds(&self.zone)) * SECOND_MS;
        let (day, hour) = ((at + offset).div_euclid(DAY_MS), (at + offset).div_euclid(HOUR_MS));
        match bucket {
            Bucket::Hour => hour * HOUR_MS - offset,
            Bucket::Day => day,
            Bucket::Week => day - (day + 3).rem_euclid(7),
            Bucket::Month => {
                let date = date(day);
                (i64::from(date.year()) - 1970) * 12 + i64::from(date.month()) - 1
            }
            Bucket::HourOfDay => hour.rem_euclid(24),
            Bucket::Weekday => (day + 3).rem_euclid(7) + 1,
        }
    }

    fn hour_label(&self, start_ms: i64) -> String {
        let start = jiff::Timestamp::from_millisecond(start_ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let offset = self.zone.to_offset(start);
        start.display_with_offset(offset).to_string()
    }
}

fn date(days: i64) -> civil::Date {
    civil::date(1970, 1, 1).saturating_add(Span::new().days(days))
}

fn bad(message: impl Into<String>) -> Refusal {
    Refusal::new(RefusalCode::BadParameter, message)
}

/// A moment, or a local day's beginning after `days` more.
fn moment(name: &str, text: &str, zone: &TimeZone, days: i64) -> Result<i64, Refusal> {
    let at = match (text.len() <= 10).then(|| text.parse::<civil::Date>().ok()).flatten() {
        Some(day) => Timestamp::start_of_day(day.saturating_add(Span::new().days(days)), zone),
        None => Timestamp::parse(text).ok_or_else(|| {
            bad(format!("{name} must be a day such as 2026-11-22 or a moment such as 2026-11-22T09:30:00Z"))
        })?,
    };
    let (first, last) = (civil::date(YEAR_MIN, 1, 1), civil::date(YEAR_MAX, 12, 31));
    if at < Timestamp::start_of_day(first, &TimeZone::UTC) || at > Timestamp::start_of_day(last, &TimeZone::UTC) {
        return Err(bad(format!("{name} must lie between {first} and {last}")));
    }
    Ok(at.millis())
}

/// The window before: by whole local days where the window has them, else by its length.
fn before(window: Window, zone: &TimeZone, compare: Compare) -> Result<(Window, i64), Refusal> {
    let (from, to) = (Timestamp::from_millis(window.from), Timestamp::from_millis(window.to));
    let (first, after) = (from.local_day(zone), to.local_day(zone));
    let days_between = |early: civil::Date, late: civil::Date| i64::from((late - early).get_days());
    let whole_days = Timestamp::start_of_day(first, zone) == from && Timestamp::start_of_day(after, zone) == to;
    let length_days = days_between(first, after);
    let back_days = match compare {
        Compare::PreviousYear => days_between(first.saturating_sub(1.year()), first),
        Compare::PreviousPeriod => length_days,
    };
    if compare == Compare::PreviousYear && window.to - window.from > 365 * DAY_MS {
        return Err(bad("a comparison with the year before needs a period of at most a year"));
    }
    if !whole_days {
        let shift = if compare == Compare::PreviousYear { back_days * DAY_MS } else { window.to - window.from };
        return Ok((Window { from: window.from - shift, to: window.to - shift }, shift));
    }
    let earlier = first.saturating_sub(Span::new().days(back_days));
    let end = earlier.saturating_add(Span::new().days(length_days));
    let from = Timestamp::start_of_day(earlier, zone).millis();
    let to = Timestamp::start_of_day(end, zone).millis().min(window.from);
    Ok((Window { from, to }, back_days * DAY_MS))
}

/// The zone's offsets between two moments.
fn offsets(zone: &TimeZone, from: i64, to: i64) -> (Vec<(i64, i64)>, i64) {
    let offset_ms = |offset: jiff::tz::Offset| i64::from(offset.seconds()) * SECOND_MS;
    let start = jiff::Timestamp::from_millisecond(from).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let mut current = offset_ms(zone.to_offset(start));
    let mut offsets = Vec::new();
    for transition in zone.following(start) {
        let at = transition.timestamp().as_millisecond();
        if at >= to {
            break;
        }
        let next = offset_ms(transition.offset());
        if next != current {
            offsets.push((at, current));
            current = next;
        }
    }
    (offsets, current)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str, zone: &str, compare: Option<Compare>) -> Period {
        Period::read(from, to, kernel::time::zone(zone).expect("known"), compare).expect("valid")
    }

    fn at(text: &str) -> i64 {
        Timestamp::parse(text).expect("valid").millis()
    }

    #[test]
    fn days_are_local_and_the_last_is_included() {
        let nepal = period("2026-11-01", "2026-11-01", "Asia/Kathmandu", None);
        assert_eq!(nepal.window, Window { from: at("2026-10-31T18:15:00Z"), to: at("2026-11-01T18:15:00Z") });
        let moments = period("2026-11-01T00:00:00Z", "2026-11-02T00:00:00+01:00", "UTC", None);
        assert_eq!(moments.window.to - moments.window.from, 23 * HOUR_MS);
    }

    #[test]
    fn offsets_follow_summer_time() {
        let year = period("2026-01-01", "2026-12-31", "Europe/Warsaw", None);
        let (march, october) = (at("2026-03-29T01:00:00Z"), at("2026-10-25T01:00:00Z"));
        assert_eq!(year.offsets, [(march, HOUR_MS), (october, 2 * HOUR_MS)]);
        assert_eq!(year.last_offset, HOUR_MS);
    }

    #[test]
    fn the_window_before_is_as_many_local_days() {
        let april = period("2026-04-01", "2026-04-30", "Europe/Warsaw", Some(Compare::PreviousPeriod));
        let march = Window { from: at("2026-03-01T23:00:00Z"), to: at("2026-03-31T22:00:00Z") };
        assert_eq!((april.previous, april.shift_ms), (Some(march), 30 * DAY_MS));
        let year = period("2026-04-01", "2026-04-30", "UTC", Some(Compare::PreviousYear));
        assert_eq!(year.previous.map(|window| window.from), Some(at("2025-04-01T00:00:00Z")));
    }

    #[test]
    fn labels_read_well() {
        let warsaw = period("2026-10-25", "2026-10-25", "Europe/Warsaw", None);
        assert_eq!(warsaw.label(Bucket::Hour, at("2026-10-25T00:00:00Z")), "2026-10-25T02:00:00+02:00");
        assert_eq!(warsaw.label(Bucket::Hour, at("2026-10-25T01:00:00Z")), "2026-10-25T02:00:00+01:00");
        assert_eq!(warsaw.label(Bucket::Day, 0), "1970-01-01");
        assert_eq!(warsaw.label(Bucket::Month, 13), "1971-02-01");
    }

    #[test]
    fn every_bucket_of_the_window_is_listed() {
        let labels = |zone, bucket| period("2026-10-24", "2026-10-26", zone, None).labels(bucket, 1_000);
        assert_eq!(labels("Europe/Warsaw", Bucket::Hour).len(), 73, "one hour comes twice");
        assert_eq!(labels("Asia/Kathmandu", Bucket::Day), ["2026-10-24", "2026-10-25", "2026-10-26"]);
        assert_eq!(labels("UTC", Bucket::Week), ["2026-10-19", "2026-10-26"]);
        assert_eq!(labels("UTC", Bucket::Month), ["2026-10-01"]);
    }

    #[test]
    fn what_is_no_stretch_of_time_is_refused() {
        for (from, to) in [
            ("2026-02-30", "2026-03-01"),
            ("2026-03-02", "2026-03-01"),
            ("", "2026-03-01"),
            ("1969-01-01", "2026-01-01"),
            ("2026-01-01", "9999-12-31"),
            ("1; DROP TABLE clicks", "2026-01-01"),
        ] {
            let refusal = Period::read(from, to, TimeZone::UTC, None).expect_err("refused");
            assert_eq!(refusal.code, RefusalCode::BadParameter, "{from}");
        }
    }
}
