//! One amount to one partner.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::terms::FeeBearer;
use crate::payouts::due::Exchanges;

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PayoutState {
    InTransit,
    Paid,
    /// The amount is payable again.
    Failed,
    /// It was paid and came back: the amount is payable again.
    Returned,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "payouts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Payout>,
    pub workspace_id: Id<id::Workspace>,
    pub batch_id: Id<id::PayoutBatch>,
    pub partner_id: Id<id::Partner>,
    /// As the file names the partner; frozen with the batch.
    pub payee_name: String,
    pub payee_email: String,
    /// Where the money goes, frozen with the batch: [`crate::partners::model::Model::payout_details`], sealed.
    pub account_sealed: Option<Vec<u8>>,
    /// The end of it, as people see it.
    pub account_shown: Option<String>,
    /// By which what was due was divided, where the partner has several accounts.
    pub split_id: Option<Id<id::PayoutSplit>>,
    /// The account's place among the partner's: 0 for the main one.
    pub account_place: i32,
    /// Its share of what was due, in hundredths of a per cent.
    pub share_bp: i32,
    pub currency: String,
    pub amount_minor: i64,
    /// Debt that was taken off before.
    pub debt_offset_minor: i64,
    /// Tax that was kept back before.
    pub withheld_minor: i64,
    /// Its rate: hundredths of a per cent.
    pub withheld_bp: i32,
    /// What was taken before for being paid early.
    pub early_fee_minor: i64,
    /// What the transfer costs; taken before where the partner bears it.
    pub fee_minor: i64,
    pub fee_bearer: FeeBearer,
    /// What was payable in other currencies and is in the amount.
    pub exchanges: Exchanges,
    pub state: PayoutState,
    /// The bank's or the payer's own.
    pub reference: Option<String>,
    pub failure_reason: Option<String>,
    /// The payment service's own id of it.
    pub provider_item_id: Option<String>,
    /// The payment service's word for how far it is.
    pub provider_state: Option<String>,
    pub created_at: Timestamp,
    /// When it was paid or failed.
    pub settled_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
