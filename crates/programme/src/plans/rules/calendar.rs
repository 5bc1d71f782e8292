//! Days and periods of a workspace's own calendar.

use std::{fmt, str::FromStr};

use jiff::{
    Span,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use kernel::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// Months that a term may count.
pub const MONTHS_MAX: u32 = 1_200;

/// A calendar day, written `2026-11-22`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalDate(pub Date);

/// A moment as the workspace's clock shows it, written `2026-11-22T09:30:00`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime(pub DateTime);

impl LocalTime {
    pub fn of(at: Timestamp, zone: &TimeZone) -> Self {
        Self(at.local_time(zone))
    }

    pub fn date(self) -> LocalDate {
        LocalDate(self.0.date())
    }

    /// The same time of day so many calendar months later; at a shorter month's end its last day.
    pub fn plus_months(self, months: u32) -> Self {
        Self(self.0.saturating_add(Span::new().months(i64::from(months.min(MONTHS_MAX)))))
    }
}

/// How long counters of a plan run before they begin anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PlanPeriod)]
pub enum Period {
    Day,
    /// Monday to Sunday.
    Week,
    Month,
    /// Never.
    Total,
}

impl Period {
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Total];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Total => "total",
        }
    }

    /// The first day of the period in which `day` lies; none where the period has no beginning.
    pub fn first_day(self, LocalDate(day): LocalDate) -> Option<LocalDate> {
        let back = i64::from(day.weekday().to_monday_zero_offset());
        match self {
            Self::Day => Some(LocalDate(day)),
            Self::Week => Some(LocalDate(day.saturating_sub(Span::new().days(back)))),
            Self::Month => Some(LocalDate(day.first_of_month())),
            Self::Total => None,
        }
    }

    /// When the period in which `at` lies begins and when the next one does, in `zone`.
    pub fn bounds(self, at: Timestamp, zone: &TimeZone) -> (Timestamp, Timestamp) {
        let Some(LocalDate(first)) = self.first_day(LocalDate(at.local_day(zone))) else {
            return (Timestamp::from_millis(0), Timestamp::from_millis(i64::MAX));
        };
        let span = match self {
            Self::Week => Span::new().days(7),
            Self::Month => Span::new().months(1),
            Self::Day | Self::Total => Span::new().days(1),
        };
        (Timestamp::start_of_day(first, zone), Timestamp::start_of_day(first.saturating_add(span), zone))
    }
}

macro_rules! as_text {
    ($($type:ident: $inner:ty, $words:literal;)+) => {
        $(
            impl fmt::Display for $type {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.0.fmt(f)
                }
            }

            impl FromStr for $type {
                type Err = jiff::Error;
                fn from_str(text: &str) -> Result<Self, jiff::Error> {
                    text.parse::<$inner>().map(Self)
                }
            }

            impl Serialize for $type {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.collect_str(self)
                }
            }

            impl<'de> Deserialize<'de> for $type {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    String::deserialize(deserializer)?.parse().map_err(|_| D::Error::custom($words))
                }
            }

            impl utoipa::PartialSchema for $type {
                fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                    utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::schema::Type::String).into()
                }
            }
            impl utoipa::ToSchema for $type {}
        )+
    };
}

as_text! {
    LocalDate: Date, "a date is written 2026-11-22";
    LocalTime: DateTime, "a local time is written 2026-11-22T09:30:00";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_follow_the_workspace_s_calendar() {
        let zone = kernel::time::zone("Europe/Warsaw").expect("known");
        let at = |text: &str| Timestamp::parse(text).expect("a time");
        let bounds = |period: Period, text: &str| {
            let (from, until) = period.bounds(at(text), &zone);
            (from.to_string(), until.to_string())
        };
        let told = |from: &str, until: &str| (from.to_owned(), until.to_owned());
        let (november, december) = ("2026-10-31T23:00:00.000Z", "2026-11-30T23:00:00.000Z");
        assert_eq!(bounds(Period::Month, "2026-11-30T22:59:59.999Z"), told(november, december));
        assert_eq!(bounds(Period::Month, "2026-11-30T23:00:00Z").0, december, "midnight is local");
        assert_eq!(
            bounds(Period::Day, "2026-10-25T12:00:00Z"),
            told("2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z")
        );
        assert_eq!(bounds(Period::Week, "2026-11-22T12:00:00Z").0, "2026-11-15T23:00:00.000Z", "weeks begin on Monday");
    }

    #[test]
    fn months_end_on_their_last_day() {
        let time = |text: &str| text.parse::<LocalTime>().expect("a local time");
        assert_eq!(time("2027-01-31T10:00:00").plus_months(1), time("2027-02-28T10:00:00"));
        assert_eq!(time("2026-11-22T09:30:00").plus_months(12), time("2027-11-22T09:30:00"));
    }
}
