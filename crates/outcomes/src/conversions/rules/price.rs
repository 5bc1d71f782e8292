//! What a conversion earns and what it is charged, by the plan versions in force at its event time.

use kernel::{Id, Timestamp, id, reason::ConversionReason as Reason};

use super::{
    amounts::SALE_MINOR_MAX,
    terms::{self, Terms},
};
use crate::plans::{
    model::PlanSide,
    rules::{self, How, LimitPer, PriceCase},
    version::Model as PlanVersion,
};

/// One side's price and what it came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SidePrice {
    pub minor: i64,
    pub rule: Option<Id<id::PlanRule>>,
    pub version: Option<Id<id::PlanVersion>>,
    pub how: How,
    /// The limit that held it down, and what it would have been.
    pub limited: Option<(LimitPer, i64)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Price {
    pub earnings: SidePrice,
    pub revenue: SidePrice,
}

/// What is charged first, since a tier of what partners earn may count it.
///
/// # Errors
/// `amount_out_of_range` where a price does not fit an amount or is negative.
pub fn price(terms: &Terms, case: &mut PriceCase, at: Timestamp) -> Result<Price, Reason> {
    case.side = PlanSide::Revenue;
    let revenue = side(&terms.revenue, case, at)?;
    (case.side, case.revenue_minor) = (PlanSide::Earnings, revenue.minor);
    Ok(Price { earnings: side(&terms.earnings, case, at)?, revenue })
}

fn side(versions: &[PlanVersion], case: &PriceCase, at: Timestamp) -> Result<SidePrice, Reason> {
    let Some(version) = terms::in_force(versions, at) else { return Ok(SidePrice::default()) };
    let priced = rules::price(&version.rules.0, case).map_err(|_| Reason::AmountOutOfRange)?;
    if !(0..=SALE_MINOR_MAX).contains(&priced.minor) {
        return Err(Reason::AmountOutOfRange);
    }
    let rules::Priced { minor, rule_id: rule, how, limited, .. } = priced;
    Ok(SidePrice { minor, rule, version: Some(version.id), how, limited })
}
