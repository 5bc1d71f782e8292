//! What may be disputed, until when, and what a decision needs.

use jiff::{civil::Date, tz::TimeZone};
use kernel::{Refusal, RefusalCode, Timestamp, time::HOUR_MS};

use super::entity::dispute::DisputeKind;
use crate::conversions::Status;

const NOON_MS: i64 = 12 * HOUR_MS;

/// Whether a conversion that stands so can be disputed in this way.
///
/// # Errors
/// `illegal_move`.
pub fn fits(kind: DisputeKind, status: Status) -> Result<(), Refusal> {
    let no = |words: &str| Err(Refusal::new(RefusalCode::IllegalMove, words));
    let is_gone = matches!(status, Status::Rejected | Status::Reversed);
    match kind {
        DisputeKind::Missing => no("a conversion that is there is not missing"),
        DisputeKind::Rejected if !is_gone => no("it is neither rejected nor reversed"),
        DisputeKind::Price if is_gone => no("it was rejected: dispute that"),
        DisputeKind::Rejected | DisputeKind::Price => Ok(()),
    }
}

/// Whether its clocks run, so that a dispute stops them.
pub fn has_clocks(status: Status, frozen_at: Option<Timestamp>) -> bool {
    matches!(status, Status::Pending | Status::Approved | Status::Locked) && frozen_at.is_none()
}

/// The moment at which the right to dispute lapses: the end of the last of the days.
pub fn deadline(since: Timestamp, days: i32, zone: &TimeZone) -> Timestamp {
    since.start_of_local_day_after(i64::from(days) + 1, zone)
}

/// A day that is over, or today.
///
/// # Errors
/// Names the field.
pub fn past_day(field: &str, text: &str, today: Date) -> Result<Date, Refusal> {
    let day: Date = text.parse().map_err(|_| Refusal::field(field, "must be a day such as 2026-11-01"))?;
    if day > today { Err(Refusal::field(field, "lies in the future")) } else { Ok(day) }
}

/// When a missing conversion is taken to have happened: at noon of its day, but after its click and before it was disputed.
pub fn moment(day: Option<Date>, click_at: Timestamp, disputed_at: Timestamp, zone: &TimeZone) -> Timestamp {
    let after_click = click_at.millis() + HOUR_MS;
    let noon = day.map_or(after_click, |day| Timestamp::start_of_day(day, zone).millis() + NOON_MS);
    Timestamp::from_millis(noon.max(after_click).min(disputed_at.millis()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_so_is_disputed_so() {
        assert!(fits(DisputeKind::Rejected, Status::Rejected).is_ok());
        assert!(fits(DisputeKind::Rejected, Status::Reversed).is_ok());
        assert!(fits(DisputeKind::Rejected, Status::Approved).is_err());
        assert!(fits(DisputeKind::Price, Status::Paid).is_ok());
        assert!(fits(DisputeKind::Price, Status::Rejected).is_err());
        assert!(fits(DisputeKind::Missing, Status::Approved).is_err());
    }

    #[test]
    fn the_right_lapses_at_the_end_of_a_local_day() {
        let warsaw = TimeZone::get("Europe/Warsaw").expect("a zone");
        let at = Timestamp::parse("2026-02-10T20:00:00Z").expect("a moment");
        assert_eq!(deadline(at, 10, &warsaw).to_string(), "2026-02-20T23:00:00.000Z");
    }

    #[test]
    fn what_is_missing_happened_after_its_click_and_before_it_was_missed() {
        let at = |text| Timestamp::parse(text).expect("a moment");
        let told = |day: Option<&str>, click, disputed| {
            let day = day.map(|day| day.parse().expect("a day"));
            moment(day, at(click), at(disputed), &TimeZone::UTC).to_string()
        };
        let (click, later) = ("2026-02-10T09:00:00Z", "2026-02-14T09:00:00Z");
        assert_eq!(told(Some("2026-02-12"), click, later), "2026-02-12T12:00:00.000Z");
        assert_eq!(told(Some("2026-02-10"), "2026-02-10T15:00:00Z", later), "2026-02-10T16:00:00.000Z");
        assert_eq!(told(Some("2026-02-14"), click, later), "2026-02-14T09:00:00.000Z");
        assert_eq!(told(None, click, later), "2026-02-10T10:00:00.000Z");
    }
}
