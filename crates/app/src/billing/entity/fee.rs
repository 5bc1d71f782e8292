//! What an advertiser is charged beside conversions: the fee of a subscription, or what is given back of one.

use kernel::{Currency, Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    /// A whole period, in advance.
    Period,
    /// Given back for the days of a period that are not used.
    Unused,
    /// The days that were left of a period, by another price.
    Rest,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "advertiser_fees")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::AdvertiserFee>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    pub subscription_id: Id<id::Subscription>,
    /// Once for a subscription: what was charged is not charged again.
    pub fee_key: String,
    pub kind: FeeKind,
    /// The plan's, as it was called then.
    pub name: String,
    pub currency: String,
    /// The first day of the period that it belongs to.
    pub period_on: String,
    pub from_on: String,
    /// The last day, that day included.
    pub to_on: String,
    /// From the first day to the last.
    pub days: i32,
    /// Days of the whole period.
    pub of_days: i32,
    /// The price of the whole period.
    pub full_minor: i64,
    /// Below nought where it is given back.
    pub amount_minor: i64,
    pub entry_id: Id<id::BookEntry>,
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
