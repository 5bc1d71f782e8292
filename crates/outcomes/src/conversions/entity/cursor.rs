//! How far the journal of receipts has been decided.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "receipt_cursors")]
pub struct Model {
    /// The nil workspace: one decider serves the installation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Id<id::Workspace>,
    /// Packed position in the receipts' lane.
    pub position: i64,
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
