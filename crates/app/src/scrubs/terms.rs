//! An advertiser's terms, and how much of what was approved it had removed.

use kernel::{Id, Refusal, Tenant, Timestamp, id};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, IntoActiveModel as _, JoinType,
    PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
};
use serde_json::json;

use super::entity::{
    scrub::{self, ScrubState},
    terms::{Column, Entity, Model, ScrubCounted},
};
use crate::{
    App, advertisers,
    audit::{self, Change},
    conversions::{Status, entity::conversion},
    identity::Actor,
    platform::Answer,
};

const DAYS_MAX: i32 = 365;
const SCRUB_DAYS: i32 = 30;
const APPEAL_DAYS: i32 = 14;

/// The advertiser's terms, or those that hold unless others are agreed.
pub async fn of(conn: &impl ConnectionTrait, tenant: Tenant, advertiser: Id<id::Advertiser>) -> Answer<Model> {
    let query = Entity::find_by_id(advertiser).filter(Column::WorkspaceId.eq(tenant.id()));
    Ok(query.one(conn).await?.unwrap_or(Model {
        advertiser_id: advertiser,
        workspace_id: tenant.id(),
        scrub_days: SCRUB_DAYS,
        counted_from: ScrubCounted::Approval,
        appeal_days: APPEAL_DAYS,
    }))
}

/// Agrees on other terms; what was asked for before stays.
pub async fn set(app: &App, actor: &Actor, row: Model) -> Answer<Model> {
    for (field, days) in [("scrub_days", row.scrub_days), ("appeal_days", row.appeal_days)] {
        if !(0..=DAYS_MAX).contains(&days) {
            return Err(Refusal::field(field, "must be 0 to 365").into());
        }
    }
    let write = app.records.begin().await?;
    advertisers::store::get(&*write, actor.tenant, row.advertiser_id).await?;
    Entity::delete_by_id(row.advertiser_id).exec(&*write).await?;
    Entity::insert(row.clone().into_active_model()).exec_without_returning(&*write).await?;
    let after = json!({
        "scrub_days": row.scrub_days, "counted_from": row.counted_from, "appeal_days": row.appeal_days
    });
    let subject = row.advertiser_id.to_string();
    let change = Change { action: "scrub.terms_set", subject, before: None, after: Some(after) };
    audit::record(&*write, &app.ambient, actor, change).await?;
    write.commit().await?;
    Ok(row)
}

/// Of the conversions of a time that were ever approved, how many there were and how many were removed.
pub async fn share(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    advertiser: Id<id::Advertiser>,
    (from, to): (Timestamp, Timestamp),
) -> Answer<(u64, u64)> {
    use conversion::Column as Of;
    let within = Of::EventAt.gte(from).and(Of::EventAt.lt(to));
    let approved = conversion::Entity::find()
        .filter(Of::WorkspaceId.eq(tenant.id()))
        .filter(Of::AdvertiserId.eq(advertiser))
        .filter(Of::Status.is_in([Status::Approved, Status::Locked, Status::Paid, Status::Reversed]))
        .filter(within.clone())
        .count(conn)
        .await?;
    let of_conversion: sea_orm::RelationDef =
        scrub::Entity::belongs_to(conversion::Entity).from(scrub::Column::ConversionId).to(Of::Id).into();
    let scrubbed = scrub::Entity::find()
        .join(JoinType::InnerJoin, of_conversion)
        .filter(scrub::Column::WorkspaceId.eq(tenant.id()))
        .filter(scrub::Column::AdvertiserId.eq(advertiser))
        .filter(scrub::Column::State.eq(ScrubState::Accepted))
        .filter(within)
        .count(conn)
        .await?;
    Ok((approved, scrubbed))
}
