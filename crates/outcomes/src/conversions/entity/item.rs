//! A line of the customer's order.

use kernel::{Id, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "conversion_items")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::ConversionItem>,
    pub workspace_id: Id<id::Workspace>,
    pub conversion_id: Id<id::Conversion>,
    pub position: i32,
    pub sku: String,
    pub category: Option<String>,
    pub net_minor: i64,
    pub tax_minor: i64,
    pub shipping_minor: i64,
}

impl ActiveModelBehavior for ActiveModel {}
