//! Offers whose plans give recruiters a share, or did: only their conversions are followed for them.

use kernel::{Id, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "recruiting_offers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub offer_id: Id<id::Offer>,
    pub workspace_id: Id<id::Workspace>,
}

impl ActiveModelBehavior for ActiveModel {}
