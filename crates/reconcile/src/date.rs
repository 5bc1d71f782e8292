//! Dates in the forms that people write them, in the time zone their writer keeps.

use jiff::{
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// The order in which day, month and year stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateForm {
    /// `2026-11-02 10:30`, and what says its own zone: `2026-11-02T10:30:00Z`.
    #[default]
    YearFirst,
    /// `02.11.2026 10:30`.
    DayFirst,
    /// `11/02/2026 10:30`.
    MonthFirst,
    /// Seconds since 1970.
    UnixSeconds,
}

/// The moment, and whether only its day was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    pub at: Timestamp,
    pub day_only: bool,
}

/// The moment that a text tells. A day without a time is told as its noon.
pub fn read(text: &str, form: DateForm, zone: &TimeZone) -> Option<Told> {
    let text = text.trim();
    if form == DateForm::UnixSeconds {
        let millis = text.parse::<i64>().ok()?.checked_mul(1000)?;
        return in_range(millis).map(|at| Told { at, day_only: false });
    }
    let in_itself = || Timestamp::parse(text).map(|at| Told { at, day_only: false });
    local(text, form, zone).or_else(|| if form == DateForm::YearFirst { in_itself() } else { None })
}

fn in_range(millis: i64) -> Option<Timestamp> {
    jiff::Timestamp::from_millisecond(millis).ok().map(|_| Timestamp::from_millis(millis))
}

fn local(text: &str, form: DateForm, zone: &TimeZone) -> Option<Told> {
    let (day, time) = text.split_once([' ', 'T']).map_or((text, None), |(day, time)| (day, Some(time)));
    let date = date(day, form)?;
    let noon = Time::constant(12, 0, 0, 0);
    let time_of_day = time.map_or(Some(noon), clock)?;
    let at = zone.to_ambiguous_timestamp(DateTime::from_parts(date, time_of_day)).compatible().ok()?;
    Some(Told { at: Timestamp::from_millis(at.as_millisecond()), day_only: time.is_none() })
}

fn date(text: &str, form: DateForm) -> Option<Date> {
    let parts: Vec<i16> = text.split(['-', '.', '/']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [first, second, third] = parts.try_into().ok()?;
    let (year, month, day) = match form {
        DateForm::DayFirst => (third, second, first),
        DateForm::MonthFirst => (third, first, second),
        DateForm::YearFirst | DateForm::UnixSeconds => (first, second, third),
    };
    let year = if (0..100).contains(&year) { year + 2000 } else { year };
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

fn clock(text: &str) -> Option<Time> {
    let text = text.split('.').next()?;
    let parts: Vec<i8> = text.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match parts[..] {
        [hour, minute] => Time::new(hour, minute, 0, 0).ok(),
        [hour, minute, second] => Time::new(hour, minute, second, 0).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_dates() {
        let warsaw = TimeZone::get("Europe/Warsaw").expect("a zone");
        for (text, form, told) in [
            ("2026-11-02 10:30", DateForm::YearFirst, Some("2026-11-02T09:30:00Z")),
            ("2026-11-02T10:30:15.250", DateForm::YearFirst, Some("2026-11-02T09:30:15Z")),
            ("2026-11-02T10:30:00Z", DateForm::YearFirst, Some("2026-11-02T10:30:00Z")),
            ("02.11.2026", DateForm::DayFirst, Some("2026-11-02T11:00:00Z")),
            ("2/11/26 0:05", DateForm::DayFirst, Some("2026-11-01T23:05:00Z")),
            ("11/02/2026 10:30", DateForm::MonthFirst, Some("2026-11-02T09:30:00Z")),
            ("1793615400", DateForm::UnixSeconds, Some("2026-11-02T10:30:00Z")),
            ("31.11.2026", DateForm::DayFirst, None),
            ("2026-11-02 25:00", DateForm::YearFirst, None),
            ("99999999999999999", DateForm::UnixSeconds, None),
            ("yesterday", DateForm::DayFirst, None),
            ("", DateForm::YearFirst, None),
        ] {
            let at = read(text, form, &warsaw).map(|told| told.at);
            assert_eq!(at, told.map(|told| Timestamp::parse(told).expect("a moment")), "{text}");
        }
        assert!(read("02.11.2026", DateForm::DayFirst, &warsaw).is_some_and(|told| told.day_only));
    }
}
