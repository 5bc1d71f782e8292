//! Payouts that leave together.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::partners::model::PayoutMethod;

/// How far a batch is.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    EnumIter,
    DeriveActiveEnum,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(24))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum BatchState {
    /// Its list is being written; nobody can send it yet.
    Drawing,
    /// For a second person.
    AwaitingApproval,
    /// May be sent.
    Approved,
    /// A payment service is asked to pay it.
    Sending,
    /// The bank, the service or the payer has it.
    Sent,
    /// Refused before it was sent: its amounts are payable again.
    Rejected,
    /// Nobody but a person can find out whether the service paid it.
    Doubtful,
}

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
    pub state: BatchState,
    /// When its list last grew, while it is drawn.
    pub touched_at: Timestamp,
    /// The local day on which a bank is asked to pay.
    pub pay_on: Option<String>,
    /// How it is paid, as [`crate::payouts::payers::Payer`] stood when it was made.
    pub payer_sealed: Option<Vec<u8>>,
    pub payout_count: i64,
    pub total_minor: i64,
    pub created_by: Id<id::User>,
    /// The schedule that made it.
    pub schedule_id: Option<Id<id::PayoutSchedule>>,
    /// Somebody asked for it before its day.
    pub early_payout_id: Option<Id<id::EarlyPayout>>,
    /// What being paid early costs: hundredths of a per cent.
    pub early_share_bp: i32,
    pub created_at: Timestamp,
    /// Who agreed to it, where it took two.
    pub approved_by: Option<Id<id::User>>,
    pub approved_at: Option<Timestamp>,
    pub sent_by: Option<Id<id::User>>,
    pub sent_at: Option<Timestamp>,
    /// When its file was first given out.
    pub file_given_at: Option<Timestamp>,
    /// Since when a payment service may have it.
    pub first_sent_at: Option<Timestamp>,
    /// The service's own id of it.
    pub provider_batch_id: Option<String>,
    /// What went wrong when it was last sent or asked for.
    pub trouble: Option<String>,
    /// When the service is asked next.
    pub look_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
