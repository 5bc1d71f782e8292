//! The file as it was uploaded.

use kernel::{Id, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reconciliation_files")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub reconciliation_id: Id<id::Reconciliation>,
    pub workspace_id: Id<id::Workspace>,
    pub content: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
