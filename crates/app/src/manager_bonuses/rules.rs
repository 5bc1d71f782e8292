//! What a manager gets, and how it was worked out.

use kernel::{Money, Refusal, decimal::Decimal8, money::format_amount};

use super::model::{BonusBase, BonusBasis, plan};
use crate::adjustments::rules::AMOUNT_MINOR_MAX;

/// A hundred per cent.
const WHOLE: i64 = 100 * Decimal8::ONE.raw();

/// What the partners of a manager did in a month. Amounts are in one currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub conversions: i64,
    pub earnings_minor: i64,
    pub revenue_minor: i64,
    pub collected_minor: i64,
}

/// The sum or the percentage that a base has, and not the other.
///
/// # Errors
/// `invalid_fields` where the parts do not fit the base.
pub fn require_fit(
    base: BonusBase,
    basis: BonusBasis,
    sum: Option<Money>,
    percent: Option<Decimal8>,
) -> Result<(), Refusal> {
    let has_sum = matches!(base, BonusBase::Month | BonusBase::Conversions);
    if has_sum != sum.is_some() {
        return Err(Refusal::field("sum", "is told for a sum a month or for each conversion, and for nothing else"));
    }
    if has_sum == percent.is_some() {
        return Err(Refusal::field("percent", "is told for earnings, revenue and profit, and for nothing else"));
    }
    if sum.is_some_and(|sum| !(0..=AMOUNT_MINOR_MAX).contains(&sum.minor)) {
        return Err(Refusal::field("sum", "must be nought or more"));
    }
    if percent.is_some_and(|percent| !(0..=WHOLE).contains(&percent.raw())) {
        return Err(Refusal::field("percent", "must be 0 to 100"));
    }
    let can_be_collected = matches!(base, BonusBase::Revenue | BonusBase::Profit);
    if basis == BonusBasis::Collected && !can_be_collected {
        return Err(Refusal::field("basis", "only revenue and profit can be collected"));
    }
    Ok(())
}

/// What the plan makes of the figures; a loss takes nothing from the manager. `None` where it is too large to be true.
pub fn amount_minor(plan: &plan::Model, figures: &Figures) -> Option<i64> {
    let revenue = match plan.basis {
        BonusBasis::Booked => figures.revenue_minor,
        BonusBasis::Collected => figures.collected_minor,
    };
    let percent_of = |minor: i64| Decimal8::from_raw(plan.percent_e8.unwrap_or_default()).percent_of(minor);
    let sum = plan.sum_minor.unwrap_or_default();
    let minor = match plan.base {
        BonusBase::Month => Some(sum),
        BonusBase::Conversions => sum.checked_mul(figures.conversions),
        BonusBase::Earnings => percent_of(figures.earnings_minor),
        BonusBase::Revenue => percent_of(revenue),
        BonusBase::Profit => revenue.checked_sub(figures.earnings_minor).and_then(percent_of),
    };
    minor.map(|minor| minor.max(0)).filter(|minor| *minor <= AMOUNT_MINOR_MAX)
}

/// The plan as a formula: `5% * (collected revenue - earnings)`.
pub fn formula(plan: &plan::Model) -> String {
    let currency = plan.currency();
    let sum = format_amount(plan.sum_minor.unwrap_or_default(), currency.decimals().unwrap_or_default());
    let percent = Decimal8::from_raw(plan.percent_e8.unwrap_or_default());
    let revenue = match plan.basis {
        BonusBasis::Booked => "revenue",
        BonusBasis::Collected => "collected revenue",
    };
    match plan.base {
        BonusBase::Month => format!("{sum} {currency}"),
        BonusBase::Conversions => format!("{sum} {currency} * conversions"),
        BonusBase::Earnings => format!("{percent}% * earnings"),
        BonusBase::Revenue => format!("{percent}% * {revenue}"),
        BonusBase::Profit => format!("{percent}% * ({revenue} - earnings)"),
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Currency, Id, Timestamp};

    use super::*;

    fn plan(base: BonusBase, basis: BonusBasis, number: i64) -> plan::Model {
        let has_sum = matches!(base, BonusBase::Month | BonusBase::Conversions);
        plan::Model {
            id: Id::from_u128(1),
            workspace_id: Id::from_u128(2),
            manager_id: Id::from_u128(3),
            base,
            basis,
            currency: "EUR".to_owned(),
            sum_minor: has_sum.then_some(number),
            percent_e8: (!has_sum).then_some(number * Decimal8::ONE.raw()),
            from_month: "2026-11".to_owned(),
            created_by: Id::from_u128(4),
            created_at: Timestamp::default(),
        }
    }

    #[test]
    fn each_base_is_worked_out_by_its_formula() {
        use BonusBase as Base;
        use BonusBasis::{Booked, Collected};
        let figures = Figures { conversions: 7, earnings_minor: 10_000, revenue_minor: 15_001, collected_minor: 8_000 };
        for (base, basis, number, minor, formula_text) in [
            (Base::Month, Booked, 20_000, 20_000, "200.00 EUR"),
            (Base::Conversions, Booked, 150, 1_050, "1.50 EUR * conversions"),
            (Base::Earnings, Booked, 5, 500, "5% * earnings"),
            (Base::Revenue, Booked, 10, 1_500, "10% * revenue"),
            (Base::Revenue, Collected, 10, 800, "10% * collected revenue"),
            (Base::Profit, Booked, 10, 500, "10% * (revenue - earnings)"),
            (Base::Profit, Collected, 10, 0, "10% * (collected revenue - earnings)"),
        ] {
            let plan = plan(base, basis, number);
            assert_eq!((amount_minor(&plan, &figures), formula(&plan).as_str()), (Some(minor), formula_text));
        }
        let wild = Figures { conversions: i64::MAX, ..figures };
        assert_eq!(amount_minor(&plan(Base::Conversions, Booked, 2), &wild), None);
    }

    #[test]
    fn parts_fit_their_base() {
        use BonusBasis::{Booked, Collected};
        let (sum, percent) = (Some(Money::new(1, Currency::EUR)), Some(Decimal8::ONE));
        let fits = |base, basis, sum, percent| require_fit(base, basis, sum, percent).is_ok();
        assert!(fits(BonusBase::Month, Booked, sum, None));
        assert!(fits(BonusBase::Profit, Collected, None, percent));
        assert!(!fits(BonusBase::Profit, Booked, sum, percent));
        assert!(!fits(BonusBase::Conversions, Booked, None, percent));
        assert!(!fits(BonusBase::Earnings, Collected, None, percent));
        assert!(!fits(BonusBase::Month, Booked, Some(Money::new(-1, Currency::EUR)), None));
        assert!(!fits(BonusBase::Revenue, Booked, None, Some(Decimal8::from_raw(WHOLE + 1))));
    }
}
