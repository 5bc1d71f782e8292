//! To which partner a customer belongs for RevShare, from when, and why.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::results::model::OwnedBy;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_owners")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: Id<id::Customer>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    pub partner_id: Id<id::Partner>,
    pub owned_by: OwnedBy,
    pub since: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
