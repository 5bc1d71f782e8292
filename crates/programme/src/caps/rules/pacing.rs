//! How fast a cap fills.

use kernel::{Timestamp, period::Span};

/// Where a cap stands in its period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pacing {
    pub used: i64,
    pub left: i64,
    /// Used of the limit, in per cent, more than 100 where it was overrun.
    pub used_percent: i64,
    /// When it is full if all goes on as it has; absent where the period ends before, or nothing has come yet.
    pub full_at: Option<Timestamp>,
    /// Used at the end of the period if all goes on as it has; absent where it has no end.
    pub projected: Option<i64>,
}

/// `since` is when counting began in this period.
pub fn pacing(used: i64, limit: i64, span: Span, since: Timestamp, now: Timestamp) -> Pacing {
    let left = limit.saturating_sub(used).max(0);
    let used_percent = i128::from(used.max(0)) * 100 / i128::from(limit.max(1));
    let elapsed_ms = i128::from(now.millis().saturating_sub(since.millis()).max(1));
    let full_at = (used > 0 && left > 0).then(|| {
        let wait_ms = i128::from(left) * elapsed_ms / i128::from(used);
        now.plus_millis(i64::try_from(wait_ms).unwrap_or(i64::MAX))
    });
    let projected = span.ends().then(|| {
        let whole_ms = i128::from(span.end.millis() - since.millis());
        i64::try_from(i128::from(used.max(0)) * whole_ms / elapsed_ms).unwrap_or(i64::MAX)
    });
    Pacing {
        used,
        left,
        used_percent: used_percent.min(i128::from(i64::MAX)) as i64,
        full_at: full_at.filter(|at| *at < span.end),
        projected,
    }
}

#[cfg(test)]
mod tests {
    use kernel::time::HOUR_MS;

    use super::*;

    #[test]
    fn the_pace_goes_on() {
        let at = |hours: i64| Timestamp::from_millis(hours * HOUR_MS);
        let day = Span { start: at(0), end: at(24) };
        let half = pacing(50, 100, day, at(0), at(6));
        assert_eq!((half.left, half.used_percent, half.full_at, half.projected), (50, 50, Some(at(12)), Some(200)));
        let slow = pacing(10, 100, day, at(0), at(12));
        assert_eq!((slow.full_at, slow.projected), (None, Some(20)));
        let full = pacing(120, 100, day, at(0), at(12));
        assert_eq!((full.left, full.used_percent, full.full_at), (0, 120, None));
        let nothing = pacing(0, 100, day, at(0), at(0));
        assert_eq!((nothing.left, nothing.full_at, nothing.projected), (100, None, Some(0)));
        assert_eq!(pacing(1, i64::MAX, Span::EVER, at(0), at(1)).projected, None);
    }
}
