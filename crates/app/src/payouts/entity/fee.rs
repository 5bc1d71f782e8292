//! What a transfer costs by one method in one currency.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::partners::model::PayoutMethod;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "payout_fees")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Id<id::Workspace>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub method: PayoutMethod,
    #[sea_orm(primary_key, auto_increment = false)]
    pub currency: String,
    /// Of each transfer, in minor units.
    pub fixed_minor: i64,
    /// Hundredths of a per cent of the amount.
    pub share_bp: i32,
    pub changed_by: Id<id::User>,
    pub changed_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
