//! Money from an advertiser, given back to it, or owed to it by a credit note.

use kernel::{Currency, Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PaymentKind {
    /// Came in: a top-up, or what was owed.
    Payment,
    /// Given back of what was paid in advance.
    Refund,
    /// Corrections came to more than what was charged: the credit note settles other invoices.
    Credit,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "advertiser_payments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::AdvertiserPayment>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    pub currency: String,
    pub kind: PaymentKind,
    /// Above nought, whichever way it went.
    pub amount_minor: i64,
    /// What of it settles no invoice yet.
    pub free_minor: i64,
    /// The bank's, or another system's; once per advertiser.
    pub reference: String,
    /// `2026-11-22`
    pub received_on: String,
    pub note: Option<String>,
    /// Absent for a credit note: the book has its charges already.
    pub entry_id: Option<Id<id::BookEntry>>,
    pub recorded_by: Id<id::User>,
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
