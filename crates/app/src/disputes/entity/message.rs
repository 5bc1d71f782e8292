//! What one side wrote to the other.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "dispute_messages")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::DisputeMessage>,
    pub workspace_id: Id<id::Workspace>,
    pub dispute_id: Id<id::Dispute>,
    pub author_id: Id<id::User>,
    pub from_staff: bool,
    pub words: String,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
