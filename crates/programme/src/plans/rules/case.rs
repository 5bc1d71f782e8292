//! What is to be priced, and all that rules may ask of it.

use std::collections::BTreeMap;

use kernel::{Id, id};
use serde::{Deserialize, Serialize};

use super::{
    calendar::{LocalTime, Period},
    rule::LimitPer,
};
use crate::plans::model::PlanSide;

/// What is to be priced.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceCase {
    /// Tiers count the partner's conversions for what it earns and everybody's for what is charged.
    pub side: PlanSide,
    pub goal_id: Id<id::Goal>,
    pub partner_id: Id<id::Partner>,
    /// Sale amount in minor units of the offer's currency; 0 where none was told.
    pub amount_minor: i64,
    /// What the advertiser is charged for it, where that is known: tiers may count it.
    pub revenue_minor: i64,
    pub facts: Facts,
}

impl PriceCase {
    /// A case of which only goal, partner and amount are known.
    pub fn plain(goal_id: Id<id::Goal>, partner_id: Id<id::Partner>, amount_minor: i64) -> Self {
        let (side, facts) = (PlanSide::Earnings, Facts::default());
        Self { side, goal_id, partner_id, amount_minor, revenue_minor: 0, facts }
    }

    /// The amount without tax and shipping.
    pub fn net_minor(&self) -> i64 {
        (self.amount_minor - self.facts.deducted_minor).max(0)
    }
}

/// Whether the advertiser had the customer before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CustomerKind {
    New,
    Returning,
}

/// A line of the order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub sku: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
}

/// What was counted before this conversion, in the order of decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    pub conversions: i64,
    pub amount_minor: i64,
    pub revenue_minor: i64,
}

impl Totals {
    pub fn plus(self, other: Self) -> Self {
        Self {
            conversions: self.conversions.saturating_add(other.conversions),
            amount_minor: self.amount_minor.saturating_add(other.amount_minor),
            revenue_minor: self.revenue_minor.saturating_add(other.revenue_minor),
        }
    }

    pub fn minus(self, other: Self) -> Self {
        Self {
            conversions: self.conversions.saturating_sub(other.conversions),
            amount_minor: self.amount_minor.saturating_sub(other.amount_minor),
            revenue_minor: self.revenue_minor.saturating_sub(other.revenue_minor),
        }
    }
}

/// A counter: of the partner on the earnings side, of everybody on the revenue side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    pub period: Period,
    /// All partners of the offer together.
    #[serde(default)]
    pub of_all: bool,
    #[serde(flatten)]
    pub totals: Totals,
}

/// What a limited rule has paid so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paid {
    pub rule: Id<id::PlanRule>,
    pub per: LimitPer,
    pub period: Period,
    pub minor: i64,
}

/// What conditions and counters look at. Only what a rule of the plan asks for is filled in; what is absent holds for no
/// condition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub country: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub device: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub traffic_type: String,
    /// By number, from 1.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub subs: BTreeMap<u8, String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Folded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coupon: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerKind>,
    /// Which conversion of its customer on this goal it is, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nth_order: Option<i64>,
    /// When the customer's first accepted conversion of the offer happened; absent where this is it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_since: Option<LocalTime>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// Tax and shipping within the sale amount.
    #[serde(skip_serializing_if = "is_nought")]
    pub deducted_minor: i64,
    /// When it happened, by the workspace's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub local: Option<LocalTime>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<Count>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub paid: Vec<Paid>,
}

fn is_nought(minor: &i64) -> bool {
    *minor == 0
}

impl Facts {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What was counted in the period so far; nought where nobody counted.
    pub fn totals(&self, period: Period, of_all: bool) -> Totals {
        let count = self.counts.iter().find(|count| count.period == period && count.of_all == of_all);
        count.map(|count| count.totals).unwrap_or_default()
    }

    /// What a rule has paid within one of its limits so far.
    pub fn paid(&self, rule: Id<id::PlanRule>, per: LimitPer, period: Period) -> i64 {
        let paid = self.paid.iter().find(|paid| paid.rule == rule && paid.per == per && paid.period == period);
        paid.map_or(0, |paid| paid.minor)
    }
}
