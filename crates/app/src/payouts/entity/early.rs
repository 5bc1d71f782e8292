//! A partner asks to be paid what is payable before its day.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum EarlyPayoutState {
    Asked,
    /// Its batch is made.
    Approved,
    Declined,
    /// The partner asks no longer.
    Withdrawn,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "early_payouts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::EarlyPayout>,
    pub workspace_id: Id<id::Workspace>,
    pub partner_id: Id<id::Partner>,
    pub currency: String,
    /// What would have been paid when it was asked for, before anything was taken from it.
    pub amount_minor: i64,
    /// What it costs, as the partner was told: hundredths of a per cent of what is paid.
    pub share_bp: i32,
    pub state: EarlyPayoutState,
    pub asked_by: Id<id::User>,
    pub asked_at: Timestamp,
    pub decided_by: Option<Id<id::User>>,
    pub decided_at: Option<Timestamp>,
    /// Why it was declined.
    pub reason: Option<String>,
    pub batch_id: Option<Id<id::PayoutBatch>>,
}

impl ActiveModelBehavior for ActiveModel {}
