//! What a reprice changed for one partner so far, and whether the partner was told.

use std::collections::BTreeMap;

use kernel::{Id, Tenant, Timestamp, id};
use sea_orm::{
    ConnectionTrait, ExprTrait as _, IntoActiveModel as _, QueryOrder as _, QuerySelect as _,
    entity::prelude::*,
    sea_query::{Expr, OnConflict},
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reprice_partners")]
pub struct Model {
    pub workspace_id: Id<id::Workspace>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub reprice_id: Id<id::Reprice>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub partner_id: Id<id::Partner>,
    pub conversions: i64,
    /// Of earnings.
    pub change_minor: i64,
    pub told_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Conversions and the change of earnings, by partner.
pub type Changes = BTreeMap<Id<id::Partner>, (i64, i64)>;

/// Adds what one transaction changed.
pub async fn add(
    conn: &impl ConnectionTrait,
    tenant: Tenant,
    reprice: Id<id::Reprice>,
    changes: Changes,
) -> Result<(), DbErr> {
    if changes.is_empty() {
        return Ok(());
    }
    let row = |(partner_id, (conversions, change_minor))| {
        let workspace_id = tenant.id();
        let row = Model { workspace_id, reprice_id: reprice, partner_id, conversions, change_minor, told_at: None };
        row.into_active_model()
    };
    let plus =
        |column: &'static str| (column, Expr::col(("reprice_partners", column)).add(Expr::col(("excluded", column))));
    let sum = OnConflict::columns([Column::RepriceId, Column::PartnerId])
        .values([plus("conversions"), plus("change_minor")])
        .to_owned();
    Entity::insert_many(changes.into_iter().map(row)).on_conflict(sum).exec_without_returning(conn).await?;
    Ok(())
}

/// Some of those who are still to be told.
pub async fn untold(conn: &impl ConnectionTrait, reprice: Id<id::Reprice>, limit: u64) -> Result<Vec<Model>, DbErr> {
    let wait = Column::RepriceId.eq(reprice).and(Column::ToldAt.is_null());
    Entity::find().filter(wait).order_by_asc(Column::PartnerId).limit(limit).all(conn).await
}

pub async fn set_told(conn: &impl ConnectionTrait, row: &Model, at: Timestamp) -> Result<(), DbErr> {
    let told = ActiveModel { told_at: sea_orm::ActiveValue::Set(Some(at)), ..Default::default() };
    let this = Column::RepriceId.eq(row.reprice_id).and(Column::PartnerId.eq(row.partner_id));
    Entity::update_many().set(told).filter(this).exec(conn).await?;
    Ok(())
}
