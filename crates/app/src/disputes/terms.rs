//! A workspace's terms of disputes.

use kernel::{Refusal, Tenant};
use sea_orm::{ConnectionTrait, EntityTrait as _, IntoActiveModel as _};
use serde_json::json;

use super::entity::terms::{Entity, Model};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    platform::Answer,
};

const DAYS_MAX: i32 = 365;
const DISPUTE_DAYS: i32 = 60;
const ANSWER_DAYS: i32 = 5;

/// The workspace's terms, or those that hold unless it sets others.
pub async fn of(conn: &impl ConnectionTrait, tenant: Tenant) -> Answer<Model> {
    let found = Entity::find_by_id(tenant.id()).one(conn).await?;
    let usual = Model { workspace_id: tenant.id(), dispute_days: DISPUTE_DAYS, answer_days: ANSWER_DAYS };
    Ok(found.unwrap_or(usual))
}

/// Sets others; disputes that are open keep their day.
pub async fn set(app: &App, actor: &Actor, row: Model) -> Answer<Model> {
    for (field, days) in [("dispute_days", row.dispute_days), ("answer_days", row.answer_days)] {
        if !(0..=DAYS_MAX).contains(&days) {
            return Err(Refusal::field(field, "must be 0 to 365").into());
        }
    }
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    Entity::delete_by_id(row.workspace_id).exec(&*write).await?;
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    let after = Some(json!({"dispute_days": row.dispute_days, "answer_days": row.answer_days}));
    let subject = actor.tenant.id().to_string();
    let change = Change { action: "dispute.terms_set", subject, before: None, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}
