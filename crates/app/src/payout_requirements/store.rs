//! Demands in the records.

use kernel::{Id, Tenant, id};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    prelude::Uuid,
};
use serde_json::json;

use super::{
    entity::{BilledBy, Column, Entity, Model, PayoutRequirement},
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
            Some(partner) => {
                demands.of_one.insert(partner, row.requires);
                demands.bills_of_one.extend(row.billed_by.map(|by| (partner, by)));
            }
            None => (demands.of_all, demands.bills_of_all) = (row.requires, row.billed_by),
        }
    }
    Ok(demands)
}

/// Demands these of all partners, or these more of one, and says who writes invoices, in the place of what was said before.
pub async fn set(
    app: &App,
    actor: &Actor,
    partner: Option<Id<id::Partner>>,
    (requires, billed_by): (Vec<PayoutRequirement>, Option<BilledBy>),
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
        billed_by,
        updated_at: app.ambient.now(),
    };
    if known.is_some() {
        Entity::update(row.clone().into_active_model().reset_all()).exec(&*write).await?;
    } else {
        Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    }
    let subject = partner.map_or(actor.tenant.id().to_string(), |partner| partner.to_string());
    let before = known.map(|known| json!({"requires": known.requires, "billed_by": known.billed_by}));
    let after = Some(json!({"requires": row.requires, "billed_by": row.billed_by}));
    let change = Change { action: "payout_requirements.set", subject, before, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(())
}
