//! Terms of an offer as conversions were decided under them. Rows are only ever added.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "trace_terms")]
pub struct Model {
    /// Hash of the workspace and the body.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Id<id::Workspace>,
    pub format: i32,
    /// JSON.
    pub body: String,
    /// When the first conversion was decided under them.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
