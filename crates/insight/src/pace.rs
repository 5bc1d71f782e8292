//! Where a month will end: what it brought, plus what its days ahead should bring.
//!
//! A day ahead is expected to be its weekday's share of the level of the last four weeks. How far that tends to miss is
//! measured on the past: the same forecast, over as many days, from each day for which there was a past and an end.

const WEEK: usize = 7;
/// Days that a forecast is made from.
const REFERENCE_DAYS: usize = 28;
/// Fewer past forecasts than this say nothing of how far they miss.
const PAST_FORECASTS_MIN: usize = 14;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// What the month brought so far at its rate so far, over all its days.
    pub run_rate: f64,
    pub expected: f64,
    /// Four months of five end within.
    pub low: f64,
    pub high: f64,
}

/// `days` are daily sums up to yesterday, oldest first; the last `elapsed` of them are of this month, and `ahead` days
/// are left. None without four weeks and some past forecasts to measure by.
pub fn forecast(days: &[f64], elapsed: usize, ahead: usize) -> Option<Forecast> {
    if elapsed > days.len() {
        return None;
    }
    let so_far: f64 = days[days.len() - elapsed..].iter().sum();
    if ahead == 0 {
        return Some(Forecast { run_rate: so_far, expected: so_far, low: so_far, high: so_far });
    }
    let coming = ahead_of(days, days.len(), ahead)?;
    let miss = usual_miss(days, ahead)? * coming;
    let run_rate = if elapsed == 0 { coming } else { so_far / elapsed as f64 * (elapsed + ahead) as f64 };
    let expected = so_far + coming;
    Some(Forecast { run_rate, expected, low: expected - miss, high: expected + miss })
}

/// The sum of the days from this one on, told by the four weeks before it.
fn ahead_of(days: &[f64], from: usize, ahead: usize) -> Option<f64> {
    let reference = &days[from.checked_sub(REFERENCE_DAYS)?..from];
    let weeks = (REFERENCE_DAYS / WEEK) as f64;
    let of_weekday = |day: usize| reference.iter().skip(day % WEEK).step_by(WEEK).sum::<f64>() / weeks;
    Some((0..ahead).map(of_weekday).sum())
}

/// The relative miss that four of five forecasts over so many days stayed within.
fn usual_miss(days: &[f64], ahead: usize) -> Option<f64> {
    let origins = REFERENCE_DAYS..=days.len().checked_sub(ahead)?;
    let mut misses: Vec<f64> = origins
        .filter_map(|from| {
            let told = ahead_of(days, from, ahead)?;
            let came: f64 = days[from..from + ahead].iter().sum();
            (told > 0.0).then(|| ((came - told) / told).abs())
        })
        .collect();
    if misses.len() < PAST_FORECASTS_MIN {
        return None;
    }
    misses.sort_by(f64::total_cmp);
    misses.get(misses.len() * 4 / 5).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten on weekdays, nothing at weekends.
    fn office(days: usize) -> Vec<f64> {
        (0..days).map(|day| if day % WEEK < 5 { 10.0 } else { 0.0 }).collect()
    }

    #[test]
    fn days_ahead_are_told_by_their_weekdays() {
        let days = office(84);
        let forecast = forecast(&days, 7, 9).expect("three months");
        assert_eq!(forecast.expected, 50.0 + 70.0);
        assert_eq!((forecast.low, forecast.high), (120.0, 120.0));
        assert_eq!(forecast.run_rate, 50.0 / 7.0 * 16.0);
    }

    #[test]
    fn a_month_that_is_over_has_no_doubt() {
        let forecast = forecast(&office(31), 31, 0).expect("over");
        assert_eq!((forecast.low, forecast.expected, forecast.high), (230.0, 230.0, 230.0));
    }

    #[test]
    fn without_a_past_nothing_is_foretold() {
        assert_eq!(forecast(&office(20), 5, 10), None);
        assert_eq!(forecast(&office(40), 5, 10), None);
        assert_eq!(forecast(&[], 0, 30), None);
        assert_eq!(forecast(&office(3), 5, 10), None);
    }
}
