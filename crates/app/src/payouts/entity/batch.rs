//! Payouts that leave together.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::partners::model::PayoutMethod;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "payout_batches")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::PayoutBatch>,
    pub workspace_id: Id<id::Workspace>,
    pub currency: String,
    pub method: PayoutMethod,
    /// Of the frozen list, see [`crate::payouts::rules::frozen_hash`].
    pub frozen_hash: String,
    pub payout_count: i64,
    pub total_minor: i64,
    pub created_by: Id<id::User>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
