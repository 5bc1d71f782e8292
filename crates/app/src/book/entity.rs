//! The last proof of a workspace's book.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "proofs_of_book")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Id<id::Workspace>,
    pub proven_at: Timestamp,
    pub entries: i64,
    pub conversions: i64,
    pub payouts: i64,
    pub difference_count: i64,
    /// The first of them.
    pub differences: Json,
    /// When the owners were told of a difference that is still there.
    pub told_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
