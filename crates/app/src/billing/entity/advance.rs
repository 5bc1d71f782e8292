//! A partner is paid for an advertiser's conversions before the advertiser has paid.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "payout_advances")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::PayoutAdvance>,
    pub workspace_id: Id<id::Workspace>,
    pub partner_id: Id<id::Partner>,
    pub advertiser_id: Id<id::Advertiser>,
    /// Conversions that were locked until then.
    pub until: Timestamp,
    /// Plain words.
    pub reason: String,
    pub given_by: Id<id::User>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
