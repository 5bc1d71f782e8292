//! Exceptions: a partner is paid for an advertiser's conversions before the advertiser has paid.

use kernel::{Currency, Id, Money, Refusal, RefusalCode, Tenant, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, JoinType, QueryFilter as _,
    QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};
use serde::Deserialize;
use serde_json::json;

use super::{
    entity::advance::{Entity, Model},
    uncollected,
};
use crate::{
    App, advertisers,
    audit::{self, Change},
    conversions::{
        Status,
        entity::{commission, conversion},
    },
    identity::Actor,
    partners,
    platform::{
        Answer,
        body::{TEXT_CHARS_MAX, short_text},
    },
};

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(example = json!({
    "partner_id": "prt_01KAMX4S5T0000000000000000", "advertiser_id": "adv_01KAMX4S5T0000000000000000",
    "reason": "The bank of the advertiser confirmed the transfer"
}))]
#[serde(deny_unknown_fields)]
pub struct NewAdvance {
    pub partner_id: Id<id::Partner>,
    pub advertiser_id: Id<id::Advertiser>,
    /// Plain words.
    pub reason: String,
}

/// Frees what is locked until now and waits for the advertiser's money. Answers how much that is.
pub async fn give(app: &App, actor: &Actor, new: &NewAdvance) -> Answer<(Model, Vec<Money>)> {
    let reason = short_text("reason", &new.reason, TEXT_CHARS_MAX)?;
    let write = app.records.begin().await?;
    write.lock_workspace(actor.tenant).await?;
    partners::store::get(&*write, actor.tenant, new.partner_id).await?;
    advertisers::store::get(&*write, actor.tenant, new.advertiser_id).await?;
    let freed = held(&*write, actor.tenant, new).await?;
    if freed.is_empty() {
        let message = "nothing of this partner waits for this advertiser's money";
        return Err(Refusal::new(RefusalCode::NothingToPay, message).into());
    }
    let row = Model {
        id: app.ambient.new_id(),
        workspace_id: actor.tenant.id(),
        partner_id: new.partner_id,
        advertiser_id: new.advertiser_id,
        until: app.ambient.now(),
        reason,
        given_by: actor.user,
        created_at: app.ambient.now(),
    };
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    let after = Some(json!({
        "partner_id": row.partner_id, "advertiser_id": row.advertiser_id, "reason": row.reason, "freed": freed
    }));
    let change = Change { action: "payout_advance.given", subject: row.id.to_string(), before: None, after };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok((row, freed))
}

async fn held(conn: &impl ConnectionTrait, tenant: Tenant, new: &NewAdvance) -> Answer<Vec<Money>> {
    use commission::Column;
    let of_conversion: sea_orm::RelationDef =
        commission::Entity::belongs_to(conversion::Entity).from(Column::ConversionId).to(conversion::Column::Id).into();
    let sum = Expr::col((commission::Entity, Column::AmountMinor)).sum().cast_as("bigint");
    let rows: Vec<(String, i64)> = commission::Entity::find()
        .select_only()
        .column(Column::Currency)
        .column_as(sum, "amount_minor")
        .join(JoinType::InnerJoin, of_conversion)
        .filter(Column::WorkspaceId.eq(tenant.id()))
        .filter(Column::PartnerId.eq(new.partner_id))
        .filter(Column::Status.eq(Status::Locked))
        .filter(Column::PayoutId.is_null())
        .filter(conversion::Column::AdvertiserId.eq(new.advertiser_id))
        .filter(uncollected::is_held())
        .group_by(Column::Currency)
        .into_tuple()
        .all(conn)
        .await?;
    let money = |(code, minor): (String, i64)| Ok(Money::new(minor, code.parse::<Currency>()?));
    rows.into_iter().map(money).collect()
}
