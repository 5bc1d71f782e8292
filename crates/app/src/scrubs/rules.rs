//! Until when, how much, and what of the evidence partners see.

use jiff::tz::TimeZone;
use kernel::{Refusal, RefusalCode, Timestamp};

use super::entity::{scrub::ScrubBearer, terms::ScrubCounted};

/// Digits in a row from which on a number may name somebody.
const DIGITS_MIN: usize = 6;
const HIDDEN: &str = "…";

/// The moment at which the right to ask lapses: the end of the last of the days.
pub fn deadline(
    counted: ScrubCounted,
    days: i32,
    (approved_at, event_at): (Timestamp, Timestamp),
    zone: &TimeZone,
) -> Timestamp {
    let days = i64::from(days);
    match counted {
        ScrubCounted::Approval => approved_at.start_of_local_day_after(days + 1, zone),
        ScrubCounted::PeriodEnd => {
            let last = event_at.local_day(zone).last_of_month();
            Timestamp::start_of_day(last, zone).start_of_local_day_after(days + 1, zone)
        }
    }
}

/// What the partner keeps of what it earned.
///
/// # Errors
/// `bad_parameter` where a split names no share, or another one does.
pub fn kept(bearer: ScrubBearer, partner_percent: Option<i32>, earned_minor: i64) -> Result<i64, Refusal> {
    match (bearer, partner_percent) {
        (ScrubBearer::Partner, None) => Ok(0),
        (ScrubBearer::Network, None) => Ok(earned_minor),
        (ScrubBearer::Split, Some(percent @ 1..=99)) => {
            let given_up = kernel::decimal::divide_half_away(i128::from(earned_minor) * i128::from(percent), 100);
            Ok(earned_minor - i64::try_from(given_up).unwrap_or(earned_minor))
        }
        _ => {
            let message = "a split names the partner's share, 1 to 99 per cent, and nothing else does";
            Err(Refusal::new(RefusalCode::BadParameter, message))
        }
    }
}

/// Evidence without what names people: addresses of e-mail and long numbers.
pub fn redacted(evidence: &str) -> String {
    let word = |word: &str| if names_somebody(word) { HIDDEN.to_owned() } else { word.to_owned() };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ");
    evidence.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn names_somebody(word: &str) -> bool {
    word.contains('@') || word.chars().filter(char::is_ascii_digit).count() >= DIGITS_MIN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_lapses_at_the_end_of_a_local_day() {
        let warsaw = TimeZone::get("Europe/Warsaw").expect("a zone");
        let at = Timestamp::parse("2026-02-10T20:00:00Z").expect("a moment");
        let end = |counted, days| deadline(counted, days, (at, at), &warsaw).to_string();
        assert_eq!(end(ScrubCounted::Approval, 10), "2026-02-20T23:00:00.000Z");
        assert_eq!(end(ScrubCounted::PeriodEnd, 5), "2026-03-05T23:00:00.000Z");
    }

    #[test]
    fn a_split_is_rounded_once_and_needs_its_share() {
        assert_eq!(kept(ScrubBearer::Split, Some(50), 801).ok(), Some(400));
        assert_eq!(kept(ScrubBearer::Network, None, 801).ok(), Some(801));
        assert_eq!(kept(ScrubBearer::Partner, None, 801).ok(), Some(0));
        assert!(kept(ScrubBearer::Split, None, 801).is_err() && kept(ScrubBearer::Partner, Some(5), 801).is_err());
    }

    #[test]
    fn proof_names_nobody() {
        let told = redacted("Order A-17 by ann@mail.example, phone +48-600-700-800\nreturned on the 3rd");
        assert_eq!(told, "Order A-17 by … phone …\nreturned on the 3rd");
    }
}
