//! A smart link.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::links::model::LinkState;

/// How an offer is chosen among those that would let the visitor through.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum SmartMode {
    /// In proportion to the weights.
    Weights,
    /// The highest priority; by weight among equals.
    Priorities,
    /// By what was learned of profit per click: the likelier an offer is the best, the more it gets.
    Learned,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "smart_links")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::SmartLink>,
    pub workspace_id: Id<id::Workspace>,
    pub partner_id: Id<id::Partner>,
    #[sea_orm(unique)]
    pub slug: String,
    pub name: String,
    /// Without case: what is searched.
    pub name_folded: String,
    pub traffic_type: String,
    pub mode: SmartMode,
    /// Of all clicks, the least that an offer gets until it has had `floor_clicks`.
    pub floor_percent: i32,
    pub floor_clicks: i64,
    /// What a click that pays is thought to bring before anything is known, in minor units of the reporting currency. Taken
    /// from the first clicks that paid where nobody said it, and kept: with it, what is known of each offer would move.
    pub expected_profit_minor: Option<i64>,
    pub state: LinkState,
    pub learned_at: Option<Timestamp>,
    pub created_by: Option<Id<id::Membership>>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
