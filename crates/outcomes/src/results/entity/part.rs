//! A customer's part of a partner's closed month.

use kernel::{Id, id};
use sea_orm::entity::prelude::*;

use crate::results::model::CustomerFigures;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "revenue_share_parts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::RevenueSharePart>,
    pub workspace_id: Id<id::Workspace>,
    pub statement_id: Id<id::RevenueShareStatement>,
    pub customer_id: Id<id::Customer>,
    pub figures: CustomerFigures,
    pub net_minor: i64,
    pub counted_minor: i64,
    pub apart_before_minor: i64,
    pub apart_after_minor: i64,
}

impl ActiveModelBehavior for ActiveModel {}
