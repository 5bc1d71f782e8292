//! A placement and its states.

use kernel::{Currency, Id, Money, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PlacementKind {
    Post,
    Newsletter,
    Stream,
    Review,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PlacementState {
    Agreed,
    /// Done, as somebody has shown.
    Proven,
    /// Accepted by one person, for a second one. The partner sees it as proven.
    Waiting,
    /// Its fee is owed, or has been paid.
    Accepted,
    Cancelled,
    /// Its day has passed without it.
    Missed,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "placements")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Placement>,
    pub workspace_id: Id<id::Workspace>,
    pub partner_id: Id<id::Partner>,
    pub offer_id: Id<id::Offer>,
    pub kind: PlacementKind,
    pub title: String,
    /// When it is to be out, such as `2026-11-22`.
    pub day: String,
    /// What was agreed, in words that the partner reads.
    pub terms: Option<String>,
    /// Of the fee and of what the sample cost.
    pub currency: String,
    pub fee_minor: Option<i64>,
    /// The product that is given.
    pub sample: Option<String>,
    /// What it cost us.
    pub sample_cost_minor: Option<i64>,
    pub state: PlacementState,
    pub proof_url: Option<String>,
    pub proof_note: Option<String>,
    pub proven_by: Option<Id<id::User>>,
    pub proven_at: Option<Timestamp>,
    /// Why it was sent back, cancelled or missed.
    pub decision_note: Option<String>,
    pub accepted_by: Option<Id<id::User>>,
    /// The second person, where it took one.
    pub seconded_by: Option<Id<id::User>>,
    pub accepted_at: Option<Timestamp>,
    /// Its fee in the book.
    pub entry_id: Option<Id<id::BookEntry>>,
    /// The fee taken back.
    pub returned_entry_id: Option<Id<id::BookEntry>>,
    pub created_by: Id<id::User>,
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

    /// What the partner is paid; nought where it is given a sample alone.
    pub fn fee(&self) -> Money {
        Money::new(self.fee_minor.unwrap_or_default(), self.currency())
    }
}
