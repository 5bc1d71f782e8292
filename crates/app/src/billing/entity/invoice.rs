//! Invoices, what stands on them, and what settles them.

use kernel::{Currency, Id, Timestamp, id};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::fee::FeeKind;

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum InvoiceKind {
    Invoice,
    /// Undoes an invoice, or gives back what corrections came to.
    CreditNote,
}

/// As it is kept; whether one is overdue follows from the day.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum InvoiceState {
    /// Has no number and may be discarded.
    Draft,
    Issued,
    Paid,
    /// Issued and past its day.
    Overdue,
    /// Undone by its credit note.
    Void,
}

/// Which fee of a subscription a line is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FeeLine {
    #[schema(format = Date)]
    pub from: String,
    /// The last day, that day included.
    #[schema(format = Date)]
    pub to: String,
    pub kind: FeeKind,
    /// The plan's, as it was called then.
    pub name: String,
    pub days: i32,
    /// Days of the whole period.
    pub of_days: i32,
}

/// One line: an offer's goal, the fee of a subscription, or what came otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Line {
    /// Absent for what came with the move from another platform, or by hand.
    pub offer_id: Option<Id<id::Offer>>,
    /// Absent for traffic and shares of customers' results.
    pub goal_id: Option<Id<id::Goal>>,
    /// Set where it is no conversion's. Left out where it is none's, so that acts keep their hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee: Option<FeeLine>,
    /// Changes what an earlier invoice holds.
    pub correction: bool,
    /// Conversions, or entries where no conversion is the cause.
    pub count: i64,
    pub amount_minor: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Lines(pub Vec<Line>);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "invoices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Invoice>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    pub currency: String,
    pub kind: InvoiceKind,
    pub state: InvoiceState,
    pub series: Option<String>,
    pub number: Option<i64>,
    pub from_at: Timestamp,
    /// What was charged before it.
    pub to_at: Timestamp,
    /// Of a closed period: what was booked before it is taken, by the days of the conversions.
    pub closed_at: Option<Timestamp>,
    pub lines: Lines,
    pub net_minor: i64,
    pub vat_bp: i32,
    pub vat_note: Option<String>,
    pub vat_minor: i64,
    pub total_minor: i64,
    /// What is not settled; nought for a credit note.
    pub open_minor: i64,
    /// `2026-11-22`, by the workspace's clock.
    pub issued_on: Option<String>,
    pub due_on: Option<String>,
    /// The invoice that a credit note undoes.
    pub corrects_id: Option<Id<id::Invoice>>,
    pub void_reason: Option<String>,
    /// The entry of its tax.
    pub vat_entry_id: Option<Id<id::BookEntry>>,
    pub created_by: Id<id::User>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// # Panics
    /// Where a row holds no currency code: rows are written from [`Currency`] only.
    pub fn currency(&self) -> Currency {
        self.currency.parse().expect("rows hold currency codes")
    }

    /// As it reads on paper.
    pub fn number_text(&self) -> Option<String> {
        let (series, number) = self.series.as_deref().zip(self.number)?;
        Some(format!("{series}-{number:05}"))
    }
}

pub mod item {
    //! What one conversion, or one entry without one, comes to on an invoice.

    use kernel::{Id, id};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "invoice_items")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<id::InvoiceItem>,
        pub workspace_id: Id<id::Workspace>,
        pub advertiser_id: Id<id::Advertiser>,
        pub currency: String,
        pub invoice_id: Id<id::Invoice>,
        pub conversion_id: Option<Id<id::Conversion>>,
        pub entry_id: Option<Id<id::BookEntry>>,
        pub amount_minor: i64,
        /// Not while its invoice is void.
        pub is_live: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod allocation {
    //! Some of a payment that settles some of an invoice.

    use kernel::{Id, Timestamp, id};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "invoice_allocations")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Id<id::InvoiceAllocation>,
        pub workspace_id: Id<id::Workspace>,
        pub invoice_id: Id<id::Invoice>,
        pub payment_id: Id<id::AdvertiserPayment>,
        pub amount_minor: i64,
        pub at: Timestamp,
        /// Since the invoice was undone.
        pub released_at: Option<Timestamp>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod series {
    //! The last number that was taken in a series.

    use kernel::{Id, id};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "invoice_series")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Id<id::Workspace>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub series: String,
        pub last_number: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
