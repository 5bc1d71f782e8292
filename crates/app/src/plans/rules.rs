//! Pricing: rules and a case in, an amount and the rule that won out. Pure.

use std::cmp::Reverse;

use kernel::{Decimal8, Id, Refusal, RefusalCode, Timestamp, id};
use serde::{Deserialize, Serialize};

/// A price under conditions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Rule {
    pub id: Id<id::PlanRule>,
    pub conditions: Conditions,
    pub effect: Effect,
    /// Higher wins between equally specific rules.
    #[serde(default)]
    pub priority: i32,
    pub created_at: Timestamp,
}

/// All that are set must hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Conditions {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal_id: Option<Id<id::Goal>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_id: Option<Id<id::Partner>>,
}

impl Conditions {
    fn hold(&self, case: &PriceCase) -> bool {
        self.goal_id.is_none_or(|goal| goal == case.goal_id)
            && self.partner_id.is_none_or(|partner| partner == case.partner_id)
    }

    /// How many conditions are set.
    fn specificity(&self) -> usize {
        usize::from(self.goal_id.is_some()) + usize::from(self.partner_id.is_some())
    }
}

/// What a rule gives: `{"minor": 1250}` or `{"percent": "10"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// A fixed amount in minor units of the offer's currency.
    Minor(i64),
    /// A percentage of the sale amount.
    Percent(Decimal8),
}

impl Effect {
    /// The amount in minor units, rounded once, half away from zero; `None` on overflow.
    fn amount(self, sale_minor: i64) -> Option<i64> {
        match self {
            Self::Minor(minor) => Some(minor),
            Self::Percent(percent) => percent.percent_of(sale_minor),
        }
    }
}

/// What is to be priced.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriceCase {
    pub goal_id: Id<id::Goal>,
    pub partner_id: Id<id::Partner>,
    /// Sale amount in minor units of the offer's currency; 0 where none was told.
    pub amount_minor: i64,
}

/// A price and how it came about.
#[derive(Clone, Debug, PartialEq)]
pub struct Priced {
    /// Minor units of the offer's currency; 0 where no rule applies.
    pub minor: i64,
    /// The rule that won.
    pub rule_id: Option<Id<id::PlanRule>>,
    /// Rules that applied and lost, strongest first.
    pub lost: Vec<Id<id::PlanRule>>,
}

/// Prices one case: most specific conditions first, then priority, then newest.
///
/// Refuses with `amount_out_of_range` where the amount does not fit.
pub fn price(rules: &[Rule], case: &PriceCase) -> Result<Priced, Refusal> {
    let mut applying: Vec<&Rule> = rules.iter().filter(|rule| rule.conditions.hold(case)).collect();
    applying.sort_by_key(|rule| Reverse((rule.conditions.specificity(), rule.priority, rule.created_at, rule.id)));
    let Some((winner, losers)) = applying.split_first() else {
        return Ok(Priced { minor: 0, rule_id: None, lost: Vec::new() });
    };
    let minor = winner.effect.amount(case.amount_minor).ok_or_else(|| {
        Refusal::new(RefusalCode::AmountOutOfRange, "the price of this conversion does not fit an amount")
    })?;
    Ok(Priced { minor, rule_id: Some(winner.id), lost: losers.iter().map(|rule| rule.id).collect() })
}
