//! A high roller's own account: what it won and has not lost again.

use kernel::{Id, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "isolated_customers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer_id: Id<id::Customer>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    pub partner_id: Id<id::Partner>,
    /// Negative; nought once it was made up for.
    pub balance_minor: i64,
    /// The month in which it was last changed.
    pub month: String,
}

impl ActiveModelBehavior for ActiveModel {}
