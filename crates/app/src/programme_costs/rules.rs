//! Which days a cost falls on, and what of it falls on each.

use jiff::{ToSpan as _, civil::Date};
use kernel::{Money, Refusal, RefusalCode, money::allocate};

use crate::adjustments::rules::AMOUNT_MINOR_MAX;

/// When a cost was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The day, or the first day of the month.
    pub day: Date,
    pub is_month: bool,
}

/// A day such as `2026-11-22`, or a month such as `2026-11`.
///
/// # Errors
/// `invalid_fields` for anything else.
pub fn stretch(field: &str, text: &str) -> Result<Stretch, Refusal> {
    let is_month = text.len() == 7;
    let whole = if is_month { format!("{text}-01") } else { text.to_owned() };
    let day = (whole.len() == 10).then(|| whole.parse::<Date>().ok()).flatten();
    let day = day.filter(|day| (2000..2100).contains(&day.year()));
    let wrong = || Refusal::field(field, "must be a day such as 2026-11-22 or a month such as 2026-11");
    day.map(|day| Stretch { day, is_month }).ok_or_else(wrong)
}

/// # Errors
/// `amount_out_of_range` for nought and for what is too large.
pub fn require_amount(amount: Money) -> Result<(), Refusal> {
    if amount.minor != 0 && (-AMOUNT_MINOR_MAX..=AMOUNT_MINOR_MAX).contains(&amount.minor) {
        return Ok(());
    }
    let message = "a cost is not nought and not too large; what came back is below nought";
    Err(Refusal::new(RefusalCode::AmountOutOfRange, message))
}

/// Days with what of the amount falls on each: a month's cost is spread evenly, and no minor unit is lost.
pub fn by_day(day: Date, is_month: bool, amount_minor: i64) -> Vec<(Date, i64)> {
    if !is_month {
        return vec![(day, amount_minor)];
    }
    let first = day.first_of_month();
    let count = usize::from(first.days_in_month().unsigned_abs());
    let days = first.series(1.day()).take(count);
    days.zip(allocate(amount_minor, &vec![1; count])).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_cost_is_of_a_day_or_a_month() {
        let read = |text| stretch("date", text).ok().map(|found| (found.day, found.is_month));
        assert_eq!(read("2026-11-22"), Some((date(2026, 11, 22), false)));
        assert_eq!(read("2026-02"), Some((date(2026, 2, 1), true)));
        for wrong in ["2026", "2026-13", "2026-02-30", "22.11.2026", "1999-12", ""] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_month_is_spread_without_a_rest() {
        let days = by_day(date(2026, 2, 1), true, 10_001);
        assert_eq!((days.len(), days.iter().map(|(_, minor)| minor).sum::<i64>()), (28, 10_001));
        assert_eq!(days.last().map(|(day, _)| *day), Some(date(2026, 2, 28)));
        assert!(days.iter().all(|(_, minor)| (357..=358).contains(minor)));
        assert_eq!(by_day(date(2026, 2, 3), false, -5), [(date(2026, 2, 3), -5)]);
        assert_eq!(by_day(date(2026, 2, 1), true, -3).iter().map(|(_, minor)| minor).sum::<i64>(), -3);
    }
}
