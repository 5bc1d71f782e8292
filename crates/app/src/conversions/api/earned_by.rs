//! The rules by which commissions were earned, as their reader may see them.

use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};
use serde::Serialize;

use super::shape::CommissionOut;
use crate::{
    identity::{Actor, Role},
    plans::{
        rules::{Conditions, Effect, Limit, Rule},
        version,
    },
};

/// A rule as it stood when it priced: when it held, what it gave, and the most it gave.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(example = json!({
    "conditions": {"goal_id": "gol_01KAMX4S5T0000000000000000", "countries": ["DE"]}, "effect": {"percent": "12"},
    "limits": []
}))]
pub struct EarnedBy {
    /// Without how the workspace sorts its partners, where a partner reads.
    pub conditions: Conditions,
    pub effect: Effect,
    pub limits: Vec<Limit>,
}

impl EarnedBy {
    fn of(rule: &Rule, actor: &Actor) -> Self {
        let mut conditions = rule.conditions.clone();
        if actor.role == Role::Partner {
            conditions = Conditions { partner_id: None, groups: Vec::new(), tags: Vec::new(), ..conditions };
        }
        Self { conditions, effect: rule.effect.clone(), limits: rule.limits.clone() }
    }
}

/// Puts to each commission the rule that priced it.
pub(super) async fn tell(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    commissions: &mut [CommissionOut],
) -> Result<(), DbErr> {
    let wanted: Vec<_> = commissions.iter().filter_map(|commission| commission.plan_version_id).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let versions = version::Entity::find()
        .filter(version::Column::WorkspaceId.eq(actor.tenant.id()))
        .filter(version::Column::Id.is_in(wanted))
        .all(conn)
        .await?;
    for commission in commissions {
        let version = versions.iter().find(|version| Some(version.id) == commission.plan_version_id);
        let rules = version.map(|version| version.rules.0.as_slice()).unwrap_or_default();
        let rule = rules.iter().find(|rule| Some(rule.id.to_string()) == commission.rule_id);
        commission.rule = rule.map(|rule| EarnedBy::of(rule, actor));
    }
    Ok(())
}
