//! What a goal may ask for, and whether a customer has done it. Pure.

use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use kernel::{Refusal, Timestamp};

use super::model::{ConditionStanding, QualifyingCondition};
use crate::results::model::{CustomerFigures, Figure};

pub const CONDITIONS_MAX: usize = 10;
pub const WINDOW_DAYS_MAX: i32 = 365;
pub const REPORT_DAYS_MAX: i32 = 30;
const VALUE_MAX: i64 = 1_000_000_000_000_000;
const ORDERS_MAX: i64 = 1_000;

/// Refuses conditions that ask for nothing, or for what no window can hold.
pub fn check(conditions: &[QualifyingCondition], window_days: i32) -> Result<(), Refusal> {
    if conditions.is_empty() || conditions.len() > CONDITIONS_MAX {
        return Err(Refusal::field("conditions", format!("must have 1 to {CONDITIONS_MAX} entries")));
    }
    for (index, condition) in conditions.iter().enumerate() {
        let bad = |message: String| Err(Refusal::field(format!("conditions.{index}"), message));
        match *condition {
            QualifyingCondition::AtLeast { value, .. } if !(1..=VALUE_MAX).contains(&value) => {
                return bad("value must be above nought".to_owned());
            }
            QualifyingCondition::ActiveOnDay { day } if !(0..=window_days).contains(&day) => {
                return bad(format!("day must lie in the window, 0 to {window_days}"));
            }
            QualifyingCondition::Orders { count } if !(1..=ORDERS_MAX).contains(&count) => {
                return bad(format!("count must be 1 to {ORDERS_MAX}"));
            }
            _ => {}
        }
    }
    Ok(())
}

/// A customer's window: local days, so that it ends with the last minute of its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub first_day: Date,
    pub last_day: Date,
    /// The first moment that no longer counts.
    pub until: Timestamp,
}

impl Window {
    pub fn of(started_at: Timestamp, window_days: i32, zone: &TimeZone) -> Self {
        let first_day = started_at.local_day(zone);
        let last_day = first_day.saturating_add(i64::from(window_days).days());
        let until = Timestamp::start_of_day(last_day.saturating_add(1.day()), zone);
        Self { first_day, last_day, until }
    }
}

/// What a customer did in its window.
#[derive(Clone, Debug, Default)]
pub struct Done {
    pub days: Vec<(Date, CustomerFigures)>,
    /// Accepted conversions with the offer.
    pub orders: i64,
}

/// Where each condition stands.
pub fn standings(conditions: &[QualifyingCondition], window: &Window, done: &Done) -> Vec<ConditionStanding> {
    let sum = done.days.iter().fold(CustomerFigures::default(), |sum, (_, figures)| sum.plus(figures));
    let stands = |&condition: &QualifyingCondition| {
        let (reached, needed) = match condition {
            QualifyingCondition::AtLeast { figure, value } => (sum.get(figure), value),
            QualifyingCondition::ActiveOnDay { day } => {
                let wanted = window.first_day.saturating_add(i64::from(day).days());
                let is_active = done.days.iter().any(|(day, figures)| *day == wanted && is_active(figures));
                (i64::from(is_active), 1)
            }
            QualifyingCondition::Orders { count } => (done.orders, count),
        };
        ConditionStanding { condition, reached, is_met: reached >= needed }
    };
    conditions.iter().map(stands).collect()
}

/// The customer itself did something: deposits or bets, not what was done to it.
fn is_active(figures: &CustomerFigures) -> bool {
    let own = [Figure::Deposits, Figure::Bets, Figure::DepositsCount, Figure::BetsCount];
    own.into_iter().any(|figure| figures.get(figure) > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window() -> Window {
        let zone = kernel::time::zone("Europe/Warsaw").expect("known");
        // 00:30 on 2 February in Warsaw.
        Window::of(Timestamp::parse("2026-02-01T23:30:00Z").expect("valid"), 14, &zone)
    }

    fn met(conditions: &[QualifyingCondition], days: &[(&str, CustomerFigures)], orders: i64) -> Vec<bool> {
        let days = days.iter().map(|(day, figures)| (day.parse().expect("a day"), *figures)).collect();
        standings(conditions, &window(), &Done { days, orders }).iter().map(|standing| standing.is_met).collect()
    }

    #[test]
    fn a_window_ends_with_its_last_local_minute() {
        let window = window();
        assert_eq!(
            (window.first_day.to_string(), window.last_day.to_string()),
            ("2026-02-02".into(), "2026-02-16".into())
        );
        assert_eq!(window.until.to_string(), "2026-02-16T23:00:00.000Z");
    }

    #[test]
    fn conditions_at_their_edges() {
        let asks = [
            QualifyingCondition::AtLeast { figure: Figure::Deposits, value: 1_000 },
            QualifyingCondition::AtLeast { figure: Figure::Bets, value: 8_700 },
            QualifyingCondition::ActiveOnDay { day: 14 },
            QualifyingCondition::Orders { count: 2 },
        ];
        check(&asks, 14).expect("sound");
        assert!(check(&asks, 13).is_err(), "day 14 lies beyond");
        let figures = |deposits, bets| CustomerFigures { deposits, bets, ..CustomerFigures::default() };
        assert_eq!(met(&asks, &[], 1), [false, false, false, false]);
        assert_eq!(met(&asks, &[("2026-02-02", figures(999, 8_699))], 1), [false, false, false, false]);
        let days = [("2026-02-02", figures(999, 8_699)), ("2026-02-16", figures(1, 1))];
        assert_eq!(met(&asks, &days, 2), [true, true, true, true]);
        let won = CustomerFigures { wins: 500, ..CustomerFigures::default() };
        assert_eq!(
            met(&[QualifyingCondition::ActiveOnDay { day: 14 }], &[("2026-02-16", won)], 0),
            [false],
            "winning is not doing"
        );
    }
}
