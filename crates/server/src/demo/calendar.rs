//! How busy a moment is: seasons, weekdays, growth, hours. Pure.

use jiff::civil::Date;
use rand::{Rng, RngExt as _};

/// Relative traffic of each month: spring and the weeks before Christmas are busy.
const MONTHS: [f64; 12] = [0.85, 0.80, 0.95, 1.05, 1.10, 1.00, 0.90, 0.85, 1.00, 1.05, 1.35, 1.45];
/// Monday to Sunday.
const WEEKDAYS: [f64; 7] = [1.05, 1.08, 1.06, 1.02, 0.95, 0.88, 0.96];
/// The programme grows by this share over the whole history.
const GROWTH: f64 = 0.6;
/// Relative traffic of each local hour.
const HOURS: [u32; 24] = [22, 14, 9, 7, 7, 10, 18, 32, 46, 55, 60, 62, 64, 62, 60, 60, 62, 66, 74, 86, 92, 84, 62, 38];

/// Weight of a day that is `index` of `days` in the history.
pub fn day_weight(day: Date, index: u32, days: u32) -> f64 {
    let month = MONTHS[usize::from(day.month().unsigned_abs()) - 1];
    let weekday = WEEKDAYS[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())];
    let growth = 1.0 + GROWTH * f64::from(index) / f64::from(days.max(1));
    month * weekday * growth
}

/// How many of `total` clicks fall on each day, summing exactly.
pub fn clicks_per_day(first: Date, days: u32, total: u64) -> Vec<u64> {
    let day = |index: u32| first.saturating_add(jiff::Span::new().days(i64::from(index)));
    let weights: Vec<u64> = (0..days).map(|index| (day_weight(day(index), index, days) * 1e6) as u64).collect();
    let shares = kernel::money::allocate(total as i64, &weights);
    shares.into_iter().map(|share| share as u64).collect()
}

/// A moment of the day in milliseconds after midnight.
pub fn moment_of_day(chance: &mut impl Rng) -> i64 {
    let total: u32 = HOURS.iter().sum();
    let mut drawn = chance.random_range(0..total);
    let mut hour = 0;
    for (index, &weight) in HOURS.iter().enumerate() {
        hour = index;
        if drawn < weight {
            break;
        }
        drawn -= weight;
    }
    hour as i64 * kernel::time::HOUR_MS + chance.random_range(0..kernel::time::HOUR_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_click_has_a_day_and_november_is_busier_than_february() {
        let first = jiff::civil::date(2025, 11, 22);
        let per_day = clicks_per_day(first, 365, 350_000);
        assert_eq!(per_day.iter().sum::<u64>(), 350_000);
        let monday = |month, day| day_weight(jiff::civil::date(2026, month, day), 0, 365);
        assert!(monday(11, 23) > 1.3 * monday(2, 23));
    }
}
