//! On which days a schedule pays.

use jiff::{ToSpan as _, civil::Date};
use kernel::Refusal;

use crate::payouts::entity::schedule::Rhythm;

/// Days of the month that every month has.
const MONTH_DAY_MAX: i32 = 28;
/// From the first to the second day of twice a month.
const HALF_MONTH_DAYS: i32 = 14;

/// Refuses a day that the rhythm does not have.
pub fn require_day(rhythm: Rhythm, day: i32) -> Result<(), Refusal> {
    let (last, message) = match rhythm {
        Rhythm::Weekly => (7, "must be 1 to 7"),
        Rhythm::TwiceMonthly => (HALF_MONTH_DAYS, "must be 1 to 14"),
        Rhythm::Monthly => (MONTH_DAY_MAX, "must be 1 to 28"),
    };
    if (1..=last).contains(&day) { Ok(()) } else { Err(Refusal::field("day", message)) }
}

/// The first day from `from` on, that day included, on which it pays.
pub fn next_on(rhythm: Rhythm, day: i32, from: Date) -> Date {
    let mut on = from;
    while !is_on(rhythm, day, on) {
        on = on.saturating_add(1.day());
    }
    on
}

fn is_on(rhythm: Rhythm, day: i32, on: Date) -> bool {
    let of_month = i32::from(on.day());
    match rhythm {
        Rhythm::Weekly => i32::from(on.weekday().to_monday_one_offset()) == day,
        Rhythm::TwiceMonthly => of_month == day || of_month == day + HALF_MONTH_DAYS,
        Rhythm::Monthly => of_month == day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(rhythm: Rhythm, day: i32, from: &str) -> String {
        next_on(rhythm, day, from.parse().expect("a day")).to_string()
    }

    #[test]
    fn a_rhythm_has_its_days_in_every_month() {
        assert_eq!(next(Rhythm::Weekly, 1, "2026-02-02"), "2026-02-02", "a Monday");
        assert_eq!(next(Rhythm::Weekly, 7, "2026-02-02"), "2026-02-08");
        assert_eq!(next(Rhythm::TwiceMonthly, 1, "2026-02-02"), "2026-02-15");
        assert_eq!(next(Rhythm::TwiceMonthly, 14, "2026-02-15"), "2026-02-28");
        assert_eq!(next(Rhythm::Monthly, 5, "2026-12-06"), "2027-01-05");
        assert_eq!(next(Rhythm::Monthly, 28, "2028-02-29"), "2028-03-28");
        assert!(require_day(Rhythm::Monthly, 29).is_err() && require_day(Rhythm::Weekly, 0).is_err());
    }
}
