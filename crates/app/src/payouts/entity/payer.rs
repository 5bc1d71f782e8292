//! How a workspace pays by one method.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::partners::model::PayoutMethod;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "payout_payers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Id<id::Workspace>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub method: PayoutMethod,
    /// [`crate::payouts::payers::Payer`] as JSON, sealed: keys of services are among it.
    pub settings_sealed: Vec<u8>,
    pub changed_by: Id<id::User>,
    pub changed_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
