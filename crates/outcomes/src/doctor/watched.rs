//! An offer that is looked at daily, and how it stood last.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use super::checkup_model::Hop;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "watched_offers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub offer_id: Id<id::Offer>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    pub is_watched: bool,
    pub checked_at: Option<Timestamp>,
    pub broken_hop: Option<Hop>,
    pub reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
