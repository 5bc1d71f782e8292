//! What a customer did on one day, as it was last said.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::results::model::CustomerFigures;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_results")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::CustomerResult>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    pub customer_id: Id<id::Customer>,
    /// `2026-11-01`, in the workspace's zone.
    pub day: String,
    pub currency: String,
    pub figures: CustomerFigures,
    /// 1 as first said; each correction is one more.
    pub version: i32,
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
