//! A goal: what a visitor may do that counts.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::offers::terms::GoalKind;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "goals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Goal>,
    pub workspace_id: Id<id::Workspace>,
    pub offer_id: Id<id::Offer>,
    /// Unique within the offer; receipts name a goal by it.
    pub name: String,
    pub kind: GoalKind,
    pub is_primary: bool,
    pub position: i32,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
