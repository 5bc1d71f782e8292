//! What is usual for these hours of the week, and whether what was seen is.

use insight::season;

use super::{
    rules::Judged,
    watch::{Side, Watch},
};

const CHECKS_PER_DAY: f64 = 24.0;

/// Of how many usual checks one may be called unusual, so that a false alarm of the rule takes as many days as it says:
/// every hour each subject is checked once.
pub fn false_alarms(false_alarm_days: u32, subjects: usize) -> f64 {
    1.0 / (CHECKS_PER_DAY * f64::from(false_alarm_days.max(1)) * subjects.max(1) as f64)
}

/// Judges hourly sums, oldest first, of which the last `window_hours` are looked at.
pub fn judged(watch: &Watch, side: Side, subject: String, hours: &[f64], false_alarms: f64) -> Judged {
    let window = watch.window_hours as usize;
    let value: f64 = hours[hours.len().saturating_sub(window)..].iter().sum();
    let seen = Some(value.round() as i64);
    let Some(expectation) = season::expect(hours, window) else {
        return Judged { subject, seen, ..Judged::default() };
    };
    // Half of the false alarms lie at each end: whoever looks at one end may have all of them there.
    let false_alarms = if side == Side::Either { false_alarms } else { 2.0 * false_alarms };
    let (low, high) = expectation.range(false_alarms);
    let found = expectation.judge(value, false_alarms);
    Judged {
        subject,
        seen,
        usual_from: (side != Side::High).then(|| low.ceil() as i64),
        usual_to: (side != Side::Low).then(|| high.floor() as i64),
        before: None,
        is_found: value + hours_before(hours, window) >= watch.at_least as f64
            && match found {
                Some(season::Side::Low) => side != Side::High,
                Some(season::Side::High) => side != Side::Low,
                None => false,
            },
    }
}

/// The stretch just before the one that is looked at.
fn hours_before(hours: &[f64], window: usize) -> f64 {
    let end = hours.len().saturating_sub(window);
    hours[end.saturating_sub(window)..end].iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alerts::watch::Test;

    fn watch(side: Side) -> Watch {
        let test = Test::Unusual { side, false_alarm_days: 90 };
        Watch { metric: "clicks".to_owned(), test, window_hours: 24, at_least: 0, each: None, filters: Vec::new() }
    }

    /// Ten an hour through office hours of every day, for ten weeks, and then so many in the last day.
    fn days(last: f64) -> Vec<f64> {
        let mut hours: Vec<f64> =
            (0..70 * 24).map(|hour| if (8..18).contains(&(hour % 24)) { 10.0 } else { 0.0 }).collect();
        let end = hours.len() - 24;
        hours[end..].fill(last / 24.0);
        hours
    }

    #[test]
    fn a_day_unlike_the_days_before_is_found_on_the_side_that_is_looked_at() {
        let judge = |side, last| judged(&watch(side), side, String::new(), &days(last), false_alarms(90, 10));
        let low = judge(Side::Low, 0.0);
        assert!(low.is_found && low.seen == Some(0) && low.usual_to.is_none());
        let from = low.usual_from.expect("a bound");
        assert!((50..100).contains(&from), "{from}");
        assert!(!judge(Side::High, 0.0).is_found && judge(Side::Either, 0.0).is_found);
        assert!(judge(Side::High, 300.0).is_found && !judge(Side::Low, 300.0).is_found);
        assert!(!judge(Side::Either, 100.0).is_found);
    }

    #[test]
    fn without_a_past_nothing_is_unusual() {
        let side = Side::Low;
        let judged = judged(&watch(side), side, String::new(), &[0.0; 100], false_alarms(90, 1));
        assert_eq!((judged.is_found, judged.usual_from), (false, None));
    }
}
