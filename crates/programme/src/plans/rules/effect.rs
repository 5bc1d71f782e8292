//! What a rule gives.

use kernel::Decimal8;
use serde::{Deserialize, Serialize};

use super::{
    beside::{Bonus, RecruiterShare, Reward},
    calendar::Period,
};
use crate::plans::model::TrafficUnit;

/// What a rule gives: `{"minor": 1250}`, `{"percent": "10"}`, a tier or a rate for a term; for traffic
/// `{"per_click": "0.0035"}` or `{"per_thousand": "1.20"}`; beside the price a bonus, a recruiter's share or a reward.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// A fixed amount in minor units of the offer's currency.
    Minor(i64),
    /// A percentage of the sale amount, net of tax and shipping.
    Percent(Decimal8),
    /// A rate that rises with what was reached in a period.
    Tier(Tier),
    /// A rate for a time after the customer's first conversion.
    Recurring(Recurring),
    /// For each valid click, in whole units of the offer's currency, to eight decimals.
    PerClick(Decimal8),
    /// For a thousand valid views, in whole units of the offer's currency, to eight decimals.
    PerThousand(Decimal8),
    /// Once in each period in which a threshold is met.
    Bonus(Bonus),
    /// For who recruited the partner.
    Recruiter(RecruiterShare),
    /// Credit or points.
    Reward(Reward),
}

/// What a rule answers to. Rules of different kinds never meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind<'a> {
    /// The price of a conversion.
    Price,
    Traffic(TrafficUnit),
    Bonus,
    /// A recruiter of this level.
    Recruiter(u8),
    /// A reward in this unit.
    Reward(&'a str),
}

impl Effect {
    pub fn kind(&self) -> RuleKind<'_> {
        match self {
            Self::Minor(_) | Self::Percent(_) | Self::Tier(_) | Self::Recurring(_) => RuleKind::Price,
            Self::PerClick(_) => RuleKind::Traffic(TrafficUnit::Click),
            Self::PerThousand(_) => RuleKind::Traffic(TrafficUnit::View),
            Self::Bonus(_) => RuleKind::Bonus,
            Self::Recruiter(share) => RuleKind::Recruiter(share.level),
            Self::Reward(reward) => RuleKind::Reward(&reward.unit),
        }
    }

    /// Whether it prices conversions.
    pub fn is_price(&self) -> bool {
        self.kind() == RuleKind::Price
    }

    /// Whether an advertiser can be charged by it.
    pub fn is_chargeable(&self) -> bool {
        matches!(self.kind(), RuleKind::Price | RuleKind::Traffic(_))
    }

    /// What it counts where it pays for traffic.
    pub fn unit(&self) -> Option<TrafficUnit> {
        match self.kind() {
            RuleKind::Traffic(unit) => Some(unit),
            _ => None,
        }
    }
}

/// A fixed amount or a percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rate {
    Minor(i64),
    Percent(Decimal8),
}

impl From<Rate> for Effect {
    fn from(rate: Rate) -> Self {
        match rate {
            Rate::Minor(minor) => Self::Minor(minor),
            Rate::Percent(percent) => Self::Percent(percent),
        }
    }
}

impl Rate {
    /// The amount in minor units, rounded once, half away from zero; `None` on overflow.
    pub fn amount(self, net_minor: i64) -> Option<i64> {
        match self {
            Self::Minor(minor) => Some(minor),
            Self::Percent(percent) => percent.percent_of(net_minor),
        }
    }
}

/// What a tier or a bonus counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    Conversions,
    /// Sale amounts without what was refunded, in minor units.
    Amount,
    /// What the advertiser is charged, in minor units.
    Revenue,
}

impl Metric {
    pub const ALL: [Self; 3] = [Self::Conversions, Self::Amount, Self::Revenue];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Conversions => "conversions",
            Self::Amount => "amount",
            Self::Revenue => "revenue",
        }
    }
}

/// Which conversions a step prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TierMode {
    /// Once a step is reached, all conversions of the period.
    Whole,
    /// Only what lies above the step's beginning.
    Marginal,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "metric": "conversions", "period": "month", "mode": "marginal",
    "steps": [{"from": 0, "percent": "8"}, {"from": 50, "percent": "10"}]
}))]
pub struct Tier {
    pub metric: Metric,
    pub period: Period,
    pub mode: TierMode,
    /// In rising order; the first begins at 0.
    pub steps: Vec<Step>,
}

/// A step of a tier: `{"from": 50, "percent": "10"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Step {
    /// In the tier's metric: a count, or minor units.
    pub from: i64,
    #[serde(flatten)]
    pub rate: Rate,
}

/// A rate from the customer's first accepted conversion of the offer on: `{"percent": "20", "months": 12}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Recurring {
    #[serde(flatten)]
    pub rate: Rate,
    /// Absent for life.
    #[serde(default)]
    pub months: Option<u32>,
}
