//! A file as it was handed in.

use kernel::{Id, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "partner_files")]
pub struct Model {
    /// The id of what it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub of_id: Uuid,
    pub workspace_id: Id<id::Workspace>,
    pub content_sealed: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
