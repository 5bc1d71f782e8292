//! How long after its click a conversion may come.

use kernel::{
    Timestamp,
    reason::ConversionReason as Reason,
    time::{DAY_MS, HOUR_MS, SECOND_MS},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub min_seconds: i32,
    pub max_days: i32,
}

impl Window {
    /// # Errors
    /// `too_early` before the click or within the least time, `too_late` after the longest.
    pub fn check(self, click_at: Timestamp, event_at: Timestamp) -> Result<(), Reason> {
        let elapsed_ms = event_at.millis().saturating_sub(click_at.millis());
        if elapsed_ms < i64::from(self.min_seconds) * SECOND_MS {
            Err(Reason::TooEarly)
        } else if elapsed_ms > i64::from(self.max_days) * DAY_MS {
            Err(Reason::TooLate)
        } else {
            Ok(())
        }
    }
}

/// Whether a view may earn from a conversion: `hours` is the offer's window, 0 where it credits no views.
pub fn credits_view(hours: i32, view_at: Timestamp, event_at: Timestamp) -> bool {
    let elapsed_ms = event_at.millis().saturating_sub(view_at.millis());
    hours > 0 && (0..=i64::from(hours) * HOUR_MS).contains(&elapsed_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_belong_to_the_window() {
        let window = Window { min_seconds: 5, max_days: 30 };
        let check = |elapsed_ms| window.check(Timestamp::from_millis(0), Timestamp::from_millis(elapsed_ms));
        assert_eq!(check(-1), Err(Reason::TooEarly));
        assert_eq!(check(4_999), Err(Reason::TooEarly));
        assert_eq!(check(5_000), Ok(()));
        assert_eq!(check(30 * DAY_MS), Ok(()));
        assert_eq!(check(30 * DAY_MS + 1), Err(Reason::TooLate));
    }
}
