//! What was issued on a partner's behalf.

use kernel::{Currency, Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "partner_invoices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::PartnerInvoice>,
    pub workspace_id: Id<id::Workspace>,
    pub partner_id: Id<id::Partner>,
    pub payout_id: Id<id::Payout>,
    pub series: String,
    pub number: i64,
    pub currency: String,
    /// What the payout came to.
    pub total_minor: i64,
    /// `2026-11-22`, by the workspace's clock.
    pub issued_on: String,
    /// The paper as data, as it was issued.
    pub frozen: String,
    /// Of the frozen paper.
    pub frozen_hash: String,
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
