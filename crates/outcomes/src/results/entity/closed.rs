//! A month of an advertiser that was closed.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "revenue_share_closes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::RevenueShareClose>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    pub month: String,
    /// Absent where the clock closed it.
    pub closed_by: Option<Id<id::User>>,
    pub closed_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
