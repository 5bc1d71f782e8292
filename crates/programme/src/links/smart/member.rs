//! An offer's place in a smart link, and what is known of it.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum SmartMemberState {
    Active,
    /// Gets no visitors.
    Paused,
    /// Taken out. It keeps its number, so that it goes on where it was if it comes back.
    Removed,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "smart_link_members")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::SmartLinkMember>,
    pub workspace_id: Id<id::Workspace>,
    pub smart_link_id: Id<id::SmartLink>,
    pub offer_id: Id<id::Offer>,
    pub link_id: Id<id::Link>,
    /// Its bit in what is recorded of a choice.
    pub number: i32,
    pub weight: i32,
    pub priority: i32,
    pub state: SmartMemberState,
    /// Valid clicks that the smart link gave it, within the time that is learned from.
    pub clicks: i64,
    /// Clicks that brought a profit or a loss.
    pub paying_clicks: i64,
    /// Minor units of the reporting currency.
    pub profit_minor: i64,
    /// Profit per click, in millionths of the currency's unit: the bounds within which it lies with 95 % probability.
    pub low_micros: Option<i64>,
    pub high_micros: Option<i64>,
    /// The probability that it is the best of the active offers, in millionths.
    pub best_ppm: i32,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
