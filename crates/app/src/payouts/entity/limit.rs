//! From which amount on a batch takes two people.

use kernel::{Id, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "payout_approval_limits")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Id<id::Workspace>,
    /// In the reporting currency; one person may send no more.
    pub limit_minor: i64,
}

impl ActiveModelBehavior for ActiveModel {}
