//! What a conversion earns and what it is charged, by the plan versions in force at its event time.

use kernel::{Id, Timestamp, id, reason::ConversionReason as Reason};

use super::{
    amounts::SALE_MINOR_MAX,
    terms::{self, Terms},
};
use crate::plans::{rules, version::Model as PlanVersion};

/// One side's price and what it came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SidePrice {
    pub minor: i64,
    pub rule: Option<Id<id::PlanRule>>,
    pub version: Option<Id<id::PlanVersion>>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Price {
    pub earnings: SidePrice,
    pub revenue: SidePrice,
}

/// # Errors
/// `amount_out_of_range` where a price does not fit an amount or is negative.
pub fn price(
    terms: &Terms,
    goal_id: Id<id::Goal>,
    partner_id: Id<id::Partner>,
    amount_minor: i64,
    at: Timestamp,
) -> Result<Price, Reason> {
    let case = rules::PriceCase::plain(goal_id, partner_id, amount_minor);
    Ok(Price { earnings: side(&terms.earnings, &case, at)?, revenue: side(&terms.revenue, &case, at)? })
}

fn side(versions: &[PlanVersion], case: &rules::PriceCase, at: Timestamp) -> Result<SidePrice, Reason> {
    let Some(version) = terms::in_force(versions, at) else { return Ok(SidePrice::default()) };
    let priced = rules::price(&version.rules.0, case).map_err(|_| Reason::AmountOutOfRange)?;
    if !(0..=SALE_MINOR_MAX).contains(&priced.minor) {
        return Err(Reason::AmountOutOfRange);
    }
    Ok(SidePrice { minor: priced.minor, rule: priced.rule_id, version: Some(version.id) })
}
