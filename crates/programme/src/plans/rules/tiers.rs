//! Tiers: which step was reached, and what lies above which.

use kernel::{Decimal8, decimal};

use super::{
    case::{PriceCase, Totals},
    effect::{Metric, Rate, Step, Tier, TierMode},
};

/// What the conversion itself adds to the metric.
fn size(tier: &Tier, case: &PriceCase) -> i64 {
    match tier.metric {
        Metric::Conversions => 1,
        Metric::Amount => case.amount_minor,
        Metric::Revenue => case.revenue_minor,
    }
}

fn counted(tier: &Tier, totals: Totals) -> i64 {
    match tier.metric {
        Metric::Conversions => totals.conversions,
        Metric::Amount => totals.amount_minor,
        Metric::Revenue => totals.revenue_minor,
    }
}

/// The last step that `count` reaches.
fn reached(tier: &Tier, count: i64) -> Option<&Step> {
    tier.steps.iter().rev().find(|step| step.from <= count).or_else(|| tier.steps.first())
}

/// What a tier pays for a conversion, after `before` was counted in its period, and from where the step runs in which it
/// ends; `None` on overflow.
pub(super) fn amount(tier: &Tier, case: &PriceCase, before: Totals) -> Option<(i64, i64)> {
    let (before, size) = (counted(tier, before).max(0), size(tier, case).max(0));
    let after = before.checked_add(size)?;
    match tier.mode {
        TierMode::Whole => {
            let step = reached(tier, after)?;
            Some((step.rate.amount(case.net_minor())?, step.from))
        }
        TierMode::Marginal => marginal(tier, case, (before, after)),
    }
}

/// Each part of the conversion by the step in which it lies. A fixed amount counts for what begins in its step.
fn marginal(tier: &Tier, case: &PriceCase, (before, after): (i64, i64)) -> Option<(i64, i64)> {
    let first = reached(tier, before)?;
    let last = tier.steps.iter().rev().find(|step| step.from < after).unwrap_or(first);
    let percents = |step: &Step| matches!(step.rate, Rate::Percent(_));
    if before == after || !percents(first) || first.from == last.from {
        return Some((first.rate.amount(case.net_minor())?, first.from));
    }
    let ends = tier.steps.iter().skip(1).map(|step| step.from).chain([i64::MAX]);
    let mut weighted: i128 = 0;
    for (step, end) in tier.steps.iter().zip(ends) {
        let part = i128::from(end.min(after)) - i128::from(step.from.max(before));
        if let (Rate::Percent(percent), true) = (step.rate, part > 0) {
            weighted = weighted.checked_add(part.checked_mul(i128::from(percent.raw()))?)?;
        }
    }
    let size = i128::from(after) - i128::from(before);
    let net = i128::from(case.net_minor());
    let whole = if net == size { weighted } else { weighted.checked_mul(net)? };
    let parts = 100 * i128::from(Decimal8::ONE.raw()) * if net == size { 1 } else { size };
    let minor = i64::try_from(decimal::divide_half_away(whole, parts)).ok()?;
    Some((minor, last.from))
}
