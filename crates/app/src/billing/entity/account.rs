//! An advertiser's terms of payment in one currency.

use kernel::{Currency, Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::caps::model::OnReach;

/// How an advertiser pays.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Funding {
    /// Only what it paid in advance is spent.
    Prepaid,
    /// It may owe up to a limit.
    Credit,
    /// Nothing is stopped.
    Open,
}

/// When partners are paid for its conversions.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PartnersPaid {
    /// Once they are locked.
    OnSchedule,
    /// Once the invoice on which they stand is paid.
    WhenCollected,
}

/// What is left to spend, in a word.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    Open,
    /// Below the amount at which both sides are told.
    Low,
    /// Nothing is left: its offers take no traffic.
    Stopped,
}

/// What an account is stopped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StoppedBy {
    /// Nothing is left to spend.
    Balance,
    /// Partners are owed as much beyond what it has paid as they may be.
    Exposure,
    /// Its subscription is paused, for its fee is not paid.
    Subscription,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "advertiser_accounts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::AdvertiserAccount>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    pub currency: String,
    pub funding: Funding,
    /// What it may owe; nought unless on credit.
    pub credit_limit_minor: i64,
    /// Below it both sides are told.
    pub low_minor: i64,
    /// How much must be left before what was stopped goes on.
    pub resume_minor: i64,
    /// What happens when nothing is left.
    pub on_empty: OnReach,
    /// Days from the issue of an invoice until it is due.
    pub payment_days: i32,
    /// Of the net amount, in hundredths of a per cent.
    pub vat_bp: i32,
    /// What the invoice says of the tax, such as a reverse charge.
    pub vat_note: Option<String>,
    pub partners_paid: PartnersPaid,
    /// How much partners may be owed beyond what it has paid; at eighty per cent both are told, at all of it it stops.
    pub exposure_limit_minor: Option<i64>,
    /// As it was last worked out.
    pub exposure_minor: i64,
    pub state: AccountState,
    /// What was left when it stopped: it goes on with more.
    pub stopped_minor: Option<i64>,
    pub cap_id: Option<Id<id::Cap>>,
    /// Its subscription is paused: nothing goes on, whatever is left.
    pub is_suspended: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// # Panics
    /// Where a row holds no currency code: rows are written from [`Currency`] only.
    pub fn currency(&self) -> Currency {
        self.currency.parse().expect("rows hold currency codes")
    }
}
