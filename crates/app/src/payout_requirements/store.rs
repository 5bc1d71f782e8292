//! Demands in the records.

use kernel::{Id, Tenant, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    prelude::Uuid,
};
use serde_json::json;

use super::{
    entity::{Column, Entity, Model, PayoutRequirement},
    rules::{self, Demands},
};
use crate::{
    App,
    audit::{self, Change},
    identity::Actor,
    partners,
    platform::Answer,
};

/// All that the workspace demands.
pub async fn demands(conn: &impl ConnectionTrait, tenant: Tenant) -> Answer<Demands> {
    let rows = Entity::find().filter(Column::WorkspaceId.eq(tenant.id())).all(conn).await?;
    let mut demands = Demands::default();
    for row in rows {
        match row.partner_id {
            Some(partner) => drop(demands.of_one.insert(partner, row.requires)),
            None => demands.of_all = row.requires,
        }
    }
    Ok(demands)
}

/// Demands these of all partners, or these more of one, in the place of what was demanded before.
pub async fn set(
    app: &App,
    actor: &Actor,
    partner: Option<Id<id::Partner>>,
    requires: Vec<PayoutRequirement>,
) -> Answer<()> {
    let of_id: Uuid = partner.map_or(actor.tenant.id().uuid(), Id::uuid);
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    if let Some(partner) = partner {
        partners::store::get(&*write, actor.tenant, partner).await?;
    }
    let known = Entity::find_by_id(of_id).filter(Column::WorkspaceId.eq(actor.tenant.id())).one(&*write).await?;
    let row = Model {
        of_id,
        workspace_id: actor.tenant.id(),
        partner_id: partner,
        requires: rules::ordered(requires),
        updated_at: app.ambient.now(),
    };
    if known.is_some() {
        Entity::update(row.clone().into_active_model().reset_all()).exec(&*write).await?;
    } else {
        Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    }
    let subject = partner.map_or(actor.tenant.id().to_string(), |partner| partner.to_string());
    let before = known.map(|known| json!({"requires": known.requires}));
    let after = Some(json!({"requires": row.requires}));
    let change = Change { action: "payout_requirements.set", subject, before, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(())
}
