//! Offers whose plans pay or charge for traffic, or did: what their clicks and views earn is posted once a day.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "accruing_offers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub offer_id: Id<id::Offer>,
    pub workspace_id: Id<id::Workspace>,
    /// When the first rule for traffic was written.
    pub since: Timestamp,
    /// The last day that was posted, `2026-11-22` by the workspace's clock.
    pub posted_day: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
