//! The rules by which commissions were earned, as their reader may see them.

use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use super::shape::CommissionOut;
use crate::{
    identity::Actor,
    plans::{shown::RuleShown, version},
};

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
        commission.rule = rule.map(|rule| RuleShown::of(rule, actor));
    }
    Ok(())
}
