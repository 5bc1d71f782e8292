//! How an advertiser's files are read.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::reconciliation::model::AgreedMapping;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reconciliation_mappings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub advertiser_id: Id<id::Advertiser>,
    pub workspace_id: Id<id::Workspace>,
    pub mapping: AgreedMapping,
    pub updated_by: Id<id::User>,
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
