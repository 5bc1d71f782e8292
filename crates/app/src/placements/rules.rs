//! What may become of a placement, and what it may cost.

use jiff::civil::Date;
use kernel::{Currency, Id, Money, Refusal, RefusalCode, id};

use super::model::PlacementState;
use crate::adjustments::rules::AMOUNT_MINOR_MAX;

/// What somebody does to a placement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Change,
    Prove,
    Accept,
    SendBack,
    Miss,
    Cancel,
}

impl Step {
    /// From which states it may be done.
    fn begins_at(self) -> &'static [PlacementState] {
        use PlacementState::{Accepted, Agreed, Missed, Proven, Waiting};
        match self {
            Self::Change | Self::Miss => &[Agreed],
            Self::Prove => &[Agreed, Proven, Missed],
            Self::Accept | Self::SendBack => &[Proven, Waiting],
            Self::Cancel => &[Agreed, Proven, Waiting, Accepted, Missed],
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Change => "changed",
            Self::Prove => "proven",
            Self::Accept => "accepted",
            Self::SendBack => "sent back",
            Self::Miss => "marked as missed",
            Self::Cancel => "cancelled",
        }
    }
}

/// # Errors
/// `illegal_move` where the state forbids it.
pub fn require(state: PlacementState, step: Step) -> Result<(), Refusal> {
    if step.begins_at().contains(&state) {
        return Ok(());
    }
    let state = match state {
        // The partner is not told that somebody waits for a second person.
        PlacementState::Waiting => "proven and being looked at",
        PlacementState::Agreed => "agreed",
        PlacementState::Proven => "proven",
        PlacementState::Accepted => "accepted",
        PlacementState::Missed => "missed",
        PlacementState::Cancelled => "cancelled",
    };
    Err(Refusal::new(RefusalCode::IllegalMove, format!("a placement that is {state} cannot be {}", step.words())))
}

/// Whoever accepted it first does not second it.
///
/// # Errors
/// `second_person_needed` for the one who accepted it.
pub fn require_second(accepted_by: Option<Id<id::User>>, decides: Id<id::User>) -> Result<(), Refusal> {
    if accepted_by == Some(decides) {
        let message = "you accepted it, so another person accepts it too";
        return Err(Refusal::new(RefusalCode::SecondPersonNeeded, message));
    }
    Ok(())
}

/// What a placement is paid with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pay {
    pub currency: Currency,
    pub fee_minor: Option<i64>,
    pub sample: Option<String>,
    pub sample_cost_minor: Option<i64>,
}

/// A fee, a sample with what it cost, or both in one currency.
///
/// # Errors
/// `amount_out_of_range` for an amount that is not above nought, `invalid_fields` where nothing is given or the parts
/// do not fit each other.
pub fn pay(fee: Option<Money>, sample: Option<String>, sample_cost: Option<Money>) -> Result<Pay, Refusal> {
    for amount in [fee, sample_cost].into_iter().flatten() {
        if !(1..=AMOUNT_MINOR_MAX).contains(&amount.minor) {
            let message = "a fee and the cost of a sample are above nought and not too large";
            return Err(Refusal::new(RefusalCode::AmountOutOfRange, message));
        }
    }
    if sample.is_some() != sample_cost.is_some() {
        return Err(Refusal::field("sample_cost", "a sample has a name and a cost of its own"));
    }
    let Some(currency) = fee.or(sample_cost).map(|amount| amount.currency) else {
        return Err(Refusal::field("fee", "give a fee, a product sample, or both"));
    };
    if sample_cost.is_some_and(|cost| cost.currency != currency) {
        return Err(Refusal::field("sample_cost", "must be in the currency of the fee"));
    }
    let minor = |amount: Option<Money>| amount.map(|amount| amount.minor);
    Ok(Pay { currency, fee_minor: minor(fee), sample, sample_cost_minor: minor(sample_cost) })
}

/// A day such as `2026-11-22`.
///
/// # Errors
/// `invalid_fields` for anything else, and for years that nobody plans for.
pub fn day(field: &str, text: &str) -> Result<Date, Refusal> {
    let wrong = || Refusal::field(field, "must be a day such as 2026-11-22");
    let day: Date = text.parse().map_err(|_| wrong())?;
    if text.len() == 10 && (2000..2100).contains(&day.year()) { Ok(day) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use PlacementState::{Accepted, Agreed, Cancelled, Missed, Proven, Waiting};

    use super::*;

    #[test]
    fn each_step_begins_where_it_may() {
        let table = [
            (Step::Change, vec![Agreed]),
            (Step::Prove, vec![Agreed, Proven, Missed]),
            (Step::Accept, vec![Proven, Waiting]),
            (Step::SendBack, vec![Proven, Waiting]),
            (Step::Miss, vec![Agreed]),
            (Step::Cancel, vec![Agreed, Proven, Waiting, Accepted, Missed]),
        ];
        for (step, expected) in table {
            for state in [Agreed, Proven, Waiting, Accepted, Missed, Cancelled] {
                assert_eq!(require(state, step).is_ok(), expected.contains(&state), "{step:?} of {state:?}");
            }
        }
    }

    #[test]
    fn pay_is_a_fee_or_a_sample_with_its_cost() {
        let euros = |minor| Some(Money::new(minor, Currency::EUR));
        let shoes = || Some("Shoes".to_owned());
        assert!(pay(euros(5_000), None, None).is_ok());
        assert!(pay(None, shoes(), euros(3_000)).is_ok());
        assert!(pay(euros(5_000), shoes(), euros(3_000)).is_ok());
        assert!(pay(None, None, None).is_err());
        assert!(pay(None, shoes(), None).is_err(), "of unknown cost");
        assert!(pay(euros(5_000), None, euros(3_000)).is_err(), "of no sample");
        assert!(pay(euros(0), None, None).is_err());
        assert!(pay(euros(-1), None, None).is_err());
        assert!(pay(euros(1), shoes(), Some(Money::new(1, Currency::USD))).is_err(), "of two currencies");
    }

    #[test]
    fn days_are_days() {
        for (text, is_one) in [
            ("2026-11-22", true),
            ("2026-02-29", false),
            ("2026-11", false),
            ("22.11.2026", false),
            ("-002026-11-22", false),
        ] {
            assert_eq!(day("day", text).is_ok(), is_one, "{text}");
        }
    }
}
