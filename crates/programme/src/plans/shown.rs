//! Rules as their reader may see them: a partner reads what it is paid, never how the workspace sorts its partners.

use serde::Serialize;

use super::rules::{Conditions, Effect, Limit, Rule};
use crate::identity::{Actor, Role};

/// When a rule holds, what it gives, and the most it gives.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "conditions": {"goal_id": "gol_01KAMX4S5T0000000000000000", "countries": ["DE"]}, "effect": {"percent": "12"},
    "limits": []
}))]
pub struct RuleShown {
    /// Without the conditions on who the partner is, where a partner reads.
    pub conditions: Conditions,
    pub effect: Effect,
    pub limits: Vec<Limit>,
}

impl RuleShown {
    pub fn of(rule: &Rule, actor: &Actor) -> Self {
        let conditions = rule.conditions.clone();
        let is_own = actor.role == Role::Partner;
        Self {
            conditions: if is_own { conditions.of_any_partner() } else { conditions },
            effect: rule.effect.clone(),
            limits: rule.limits.clone(),
        }
    }
}
