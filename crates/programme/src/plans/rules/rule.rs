//! A rule: an effect under conditions.

use kernel::{Id, Timestamp, id};
use serde::{Deserialize, Serialize};

use super::{calendar::Period, conditions::Conditions, effect::Effect};

/// A price under conditions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "id": "rul_01KAMX4S5T0000000000000000", "name": "Gold partners in DACH",
    "conditions": {"groups": ["gold"], "countries": ["DE", "AT", "CH"]}, "effect": {"percent": "12.5"}, "priority": 0,
    "limits": [{"per": "customer", "period": "month", "minor": 5000}], "created_at": "2026-11-22T09:30:00.000Z"
}))]
pub struct Rule {
    pub id: Id<id::PlanRule>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default)]
    pub conditions: Conditions,
    pub effect: Effect,
    /// Higher wins between equally specific rules.
    #[serde(default)]
    pub priority: i32,
    /// The rule pays no more than these allow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<Limit>,
    pub created_at: Timestamp,
}

/// A rule as somebody wrote it. One without an id is new.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Gold partners", "conditions": {"groups": ["gold"]}, "effect": {"percent": "12.5"}}))]
pub struct RuleIn {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id<id::PlanRule>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default)]
    pub conditions: Conditions,
    pub effect: Effect,
    #[serde(default)]
    pub priority: i32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<Limit>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
}

impl RuleIn {
    pub fn of(effect: Effect) -> Self {
        let (conditions, limits) = (Conditions::default(), Vec::new());
        Self { id: None, name: None, conditions, effect, priority: 0, limits, created_at: None }
    }

    /// The rule, with id and age where it was written without them.
    pub fn whole(self, (id, at): (Id<id::PlanRule>, Timestamp)) -> Rule {
        let Self { name, conditions, effect, priority, limits, .. } = self;
        let (id, created_at) = (self.id.unwrap_or(id), self.created_at.unwrap_or(at));
        Rule { id, name, conditions, effect, priority, limits, created_at }
    }
}

/// For whom a limit is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LimitPer {
    /// Each customer; a conversion of an unknown customer stands for itself.
    Customer,
    Partner,
    /// Everybody together.
    All,
}

impl LimitPer {
    pub const ALL: [Self; 3] = [Self::Customer, Self::Partner, Self::All];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Partner => "partner",
            Self::All => "all",
        }
    }
}

/// The most a rule pays within a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"per": "customer", "period": "month", "minor": 5000}))]
pub struct Limit {
    pub per: LimitPer,
    pub period: Period,
    /// Minor units of the offer's currency.
    pub minor: i64,
}
