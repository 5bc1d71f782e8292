//! Until when partners may dispute, and by when they are answered.

use kernel::{Id, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "dispute_terms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Id<id::Workspace>,
    pub dispute_days: i32,
    pub answer_days: i32,
}

impl ActiveModelBehavior for ActiveModel {}
