//! A partner's month with an advertiser, as it was closed. Only its lock is noted later.

use kernel::{Currency, Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::results::model::{CarriedList, CustomerFigures};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "revenue_share_statements")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::RevenueShareStatement>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    pub partner_id: Id<id::Partner>,
    pub month: String,
    pub formula_id: Id<id::NetRevenueFormula>,
    pub terms_id: Id<id::RevenueShareTerms>,
    pub currency: String,
    /// Corrections of earlier months among them.
    pub figures: CustomerFigures,
    pub customers_count: i64,
    /// Net revenue that counts, without what is kept apart.
    pub net_minor: i64,
    /// Of all net revenue, what corrects earlier months.
    pub correction_minor: i64,
    /// What was kept apart on high rollers' own accounts, by how much they changed.
    pub apart_minor: i64,
    /// Negative months from before, or nought.
    pub carried_in_minor: i64,
    pub base_minor: i64,
    pub carried_out: CarriedList,
    pub carried_out_minor: i64,
    pub earned_minor: i64,
    pub charged_minor: i64,
    pub lock_at: Timestamp,
    pub locked_at: Option<Timestamp>,
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
