//! How much an adjustment is, and whether one person may do it.

use kernel::{Id, Money, Refusal, RefusalCode, id};

use super::entity::adjustment::{AdjustmentKind, AdjustmentState};

/// Largest adjustment, in minor units: far from overflow in sums.
pub const AMOUNT_MINOR_MAX: i64 = 1_000_000_000_000_000;

/// What the partner gains. A bonus and a clawback are said above nought, a correction with its sign.
///
/// # Errors
/// `amount_out_of_range` for nought, for the wrong sign, and beyond [`AMOUNT_MINOR_MAX`].
pub fn signed_minor(kind: AdjustmentKind, said: Money) -> Result<i64, Refusal> {
    let fits = match kind {
        AdjustmentKind::Correction => said.minor != 0,
        AdjustmentKind::Bonus | AdjustmentKind::Clawback => said.minor > 0,
    };
    if !fits || !(-AMOUNT_MINOR_MAX..=AMOUNT_MINOR_MAX).contains(&said.minor) {
        let message = "an amount is above nought; a correction may be below it, and none is nought or too large";
        return Err(Refusal::new(RefusalCode::AmountOutOfRange, message));
    }
    Ok(if kind == AdjustmentKind::Clawback { -said.minor } else { said.minor })
}

/// Whether one person may do it alone. `together_minor` is what that person does to the partner within a day, this one
/// included, in the currency of the limit; absent where no rate is known.
pub fn takes_two(limit_minor: Option<i64>, together_minor: Option<i64>) -> bool {
    limit_minor.is_some_and(|limit| together_minor.is_none_or(|together| together > limit))
}

/// Who may decide.
///
/// # Errors
/// `already_decided` unless it waits, `second_person_needed` for the one who asked.
pub fn require_second(
    state: AdjustmentState,
    requested_by: Id<id::User>,
    decides: Id<id::User>,
) -> Result<(), Refusal> {
    if state != AdjustmentState::Waiting {
        return Err(Refusal::new(RefusalCode::AlreadyDecided, "this adjustment has been decided already"));
    }
    if requested_by == decides {
        let message = "you asked for it, so another person approves or refuses it";
        return Err(Refusal::new(RefusalCode::SecondPersonNeeded, message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kernel::Currency;

    use super::*;

    #[test]
    fn the_kind_says_the_sign() {
        use AdjustmentKind as Kind;
        let minor = |kind, minor| signed_minor(kind, Money::new(minor, Currency::EUR)).ok();
        assert_eq!(minor(Kind::Bonus, 500), Some(500));
        assert_eq!(minor(Kind::Bonus, -500), None);
        assert_eq!(minor(Kind::Clawback, 500), Some(-500));
        assert_eq!(minor(Kind::Correction, -500), Some(-500));
        assert_eq!(minor(Kind::Correction, 0), None);
        assert_eq!(minor(Kind::Correction, i64::MIN), None);
    }

    #[test]
    fn two_are_asked_above_the_limit_and_where_nothing_is_known() {
        assert!(!takes_two(None, Some(i64::MAX)), "no limit");
        assert!(!takes_two(Some(10_000), Some(10_000)), "up to it");
        assert!(takes_two(Some(10_000), Some(10_001)));
        assert!(takes_two(Some(10_000), None), "no rate");
    }
}
