//! A unit of rewards.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What it is for those who get it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RewardKind {
    /// Worth something in the advertiser's shop.
    Credit,
    /// Collected, and given up for a thing.
    Points,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reward_units")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Id<id::Workspace>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub name: String,
    /// Of the smallest part: 2 where a hundredth of a unit can be had.
    pub decimals: i32,
    pub kind: RewardKind,
    /// Further rules may name it. What was given stands all the same, and rules in force go on giving it.
    pub is_active: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
