//! Day parts as minutes of a local week, and schedules as spans of moments.

use jiff::{civil, tz::TimeZone};
use kernel::Timestamp;

const DAY_MINUTES: usize = 24 * 60;
const WEEK_MINUTES: usize = 7 * DAY_MINUTES;
const WORDS: usize = WEEK_MINUTES.div_ceil(64);
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// Minutes from the Monday before 1970-01-01, a Thursday, to that day.
const EPOCH_MINUTE: i64 = 3 * DAY_MINUTES as i64;

/// The minutes of a week in one time zone.
#[derive(Debug)]
pub struct DayParts {
    minutes: Box<[u64; WORDS]>,
    zone: TimeZone,
}

impl DayParts {
    pub fn new(zone: TimeZone) -> Self {
        Self { minutes: Box::new([0; WORDS]), zone }
    }

    pub fn hold(&self, at: Timestamp) -> bool {
        let local_seconds = at.millis().div_euclid(1_000) + i64::from(at.offset_seconds(&self.zone));
        let minute = (local_seconds.div_euclid(60) + EPOCH_MINUTE).rem_euclid(WEEK_MINUTES as i64) as usize;
        self.minutes[minute / 64] >> (minute % 64) & 1 == 1
    }

    pub fn add(&mut self, part: &DayPart) {
        for day in (0..7).filter(|day| part.days >> day & 1 == 1) {
            for minute in part.first..part.end {
                let minute = (day * DAY_MINUTES + minute) % WEEK_MINUTES;
                self.minutes[minute / 64] |= 1 << (minute % 64);
            }
        }
    }
}

/// `mon-fri 08:00-20:00`: the days, a bit each from Monday on, and the minutes from the day's beginning. An end that is
/// not after the first minute lies on the next day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayPart {
    days: u8,
    first: usize,
    end: usize,
}

impl DayPart {
    /// Days without hours are whole; hours without days are of every day.
    pub fn read(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let (first, second) = (words.next()?, words.next());
        if words.next().is_some() {
            return None;
        }
        let starts_with_hours = first.starts_with(|letter: char| letter.is_ascii_digit());
        let (days, hours) = match second {
            Some(hours) => (days(first)?, hours),
            None if starts_with_hours => (0x7F, first),
            None => (days(first)?, "00:00-24:00"),
        };
        let (first, end) = hours.split_once('-')?;
        let (first, end) = (minute(first).filter(|minute| *minute < DAY_MINUTES)?, minute(end)?);
        let end = if end <= first { end + DAY_MINUTES } else { end };
        Some(Self { days, first, end })
    }
}

/// `mon-fri`, `sat,sun`, `daily`.
fn days(text: &str) -> Option<u8> {
    let text = text.to_ascii_lowercase();
    if text == "daily" {
        return Some(0x7F);
    }
    text.split(',').try_fold(0, |days, piece| Some(days | span_of_days(piece)?))
}

fn span_of_days(text: &str) -> Option<u8> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let day = |name: &str| DAYS.iter().position(|known| *known == name);
    let (first, last) = (day(first)?, day(last)?);
    let length = (last + 7 - first) % 7;
    Some((0..=length).fold(0, |days, step| days | 1 << ((first + step) % 7)))
}

fn minute(text: &str) -> Option<usize> {
    let (hours, minutes) = text.split_once(':')?;
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (usize, usize) = (hours.parse().ok()?, minutes.parse().ok()?);
    (minutes < 60 && hours * 60 + minutes <= DAY_MINUTES).then_some(hours * 60 + minutes)
}

/// `2026-12-01..2026-12-24`: from its first to its last millisecond. A day alone as the end is the whole day; a time
/// without an offset is local.
pub fn span(text: &str, zone: &TimeZone) -> Option<(i64, i64)> {
    let (first, last) = text.split_once("..")?;
    let (first, last) = (first.trim(), last.trim());
    let first = if first.is_empty() { i64::MIN } else { moment(first, zone, 0)? };
    let end = if last.is_empty() { i64::MAX } else { moment(last, zone, 1)? };
    let open = text.trim() == "..";
    (first < end && !open).then_some((first, end.saturating_sub(1)))
}

fn moment(text: &str, zone: &TimeZone, days_after: i64) -> Option<i64> {
    if let Some(at) = Timestamp::parse(text) {
        return Some(at.millis());
    }
    if let Ok(day) = text.parse::<civil::Date>().map_err(drop)
        && text.len() == "2026-12-01".len()
    {
        let day = day.checked_add(jiff::Span::new().days(days_after)).ok()?;
        return Some(Timestamp::start_of_day(day, zone).millis());
    }
    let local = text.parse::<civil::DateTime>().ok()?;
    Some(zone.to_timestamp(local).ok()?.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warsaw() -> TimeZone {
        kernel::time::zone("Europe/Warsaw").expect("a zone")
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("a time")
    }

    #[test]
    fn day_parts_follow_the_local_clock() {
        let check = |part: &str, moment: &str, wanted: bool| {
            let mut parts = DayParts::new(warsaw());
            parts.add(&DayPart::read(part).expect("a day part"));
            assert_eq!(parts.hold(at(moment)), wanted, "{part} {moment}");
        };
        // 2026-11-23 is a Monday; Warsaw is an hour ahead in winter, two in summer.
        check("mon-fri 08:00-20:00", "2026-11-23T07:00:00Z", true);
        check("mon-fri 08:00-20:00", "2026-11-23T06:59:59Z", false);
        check("mon-fri 08:00-20:00", "2026-11-23T19:00:00Z", false);
        check("mon-fri 08:00-20:00", "2026-11-22T12:00:00Z", false);
        check("mon-fri 08:00-20:00", "2026-07-20T06:00:00Z", true);
        check("fri 22:00-02:00", "2026-11-28T00:30:00Z", true);
        check("fri 22:00-02:00", "2026-11-27T00:30:00Z", false);
        check("sun 22:00-02:00", "2026-11-22T23:30:00Z", true);
        check("sat-mon", "2026-11-22T23:30:00Z", true);
        check("sat,sun", "2026-11-22T23:30:00Z", false);
        check("09:00-17:30", "2026-11-22T16:29:00Z", true);
        check("daily 00:00-24:00", "1969-12-31T23:59:59Z", true);
    }

    #[test]
    fn what_is_no_day_part_is_refused() {
        for text in
            ["", "mon-xyz", "8:00-20:00", "mon 08:00", "mon 24:00-25:00", "mon 08:00-20:61", "mon tue wed", "mon,"]
        {
            assert_eq!(DayPart::read(text), None, "{text}");
        }
    }

    #[test]
    fn schedules_are_spans() {
        let check = |text: &str, moment: &str, wanted: bool| {
            let (first, last) = span(text, &warsaw()).expect("a span");
            assert_eq!((first..=last).contains(&at(moment).millis()), wanted, "{text} {moment}");
        };
        check("2026-12-01..2026-12-24", "2026-11-30T23:00:00Z", true);
        check("2026-12-01..2026-12-24", "2026-12-24T22:59:59.999Z", true);
        check("2026-12-01..2026-12-24", "2026-12-24T23:00:00Z", false);
        check("2026-12-01T08:30..", "2026-12-01T07:30:00Z", true);
        check("..2026-12-01T08:30:00Z", "2026-12-01T08:30:00Z", false);
        for text in ["", "..", "2026-12-01", "2026-12-02..2026-12-01", "soon..later"] {
            assert_eq!(span(text, &warsaw()), None, "{text}");
        }
    }
}
