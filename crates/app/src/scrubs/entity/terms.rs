//! Until when an advertiser may ask, and partners appeal.

use kernel::{Id, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// From when the days run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum ScrubCounted {
    /// Of the conversion.
    Approval,
    /// Of the month in which it happened, by the workspace's clock.
    PeriodEnd,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "scrub_terms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub advertiser_id: Id<id::Advertiser>,
    pub workspace_id: Id<id::Workspace>,
    pub scrub_days: i32,
    pub counted_from: ScrubCounted,
    pub appeal_days: i32,
}

impl ActiveModelBehavior for ActiveModel {}
