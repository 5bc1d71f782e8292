//! How an advertiser's net revenue is worked out. A new version is a new row.

use kernel::{Currency, Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::results::model::FormulaTerms;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "net_revenue_formulas")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::NetRevenueFormula>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    pub version: i32,
    pub currency: String,
    pub terms: FormulaTerms,
    /// Days after its end on which a month is closed by itself; absent where people close it.
    pub close_after_days: Option<i32>,
    pub created_by: Id<id::User>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// # Panics
    /// Where a row holds no currency code: rows are written from [`Currency`] only.
    pub fn currency(&self) -> Currency {
        self.currency.parse().expect("rows hold currency codes")
    }
}
