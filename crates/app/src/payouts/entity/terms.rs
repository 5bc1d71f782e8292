//! What a workspace takes from payouts.

use kernel::{Id, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Who bears what a transfer costs.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum FeeBearer {
    #[default]
    Workspace,
    Partner,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "payout_terms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: Id<id::Workspace>,
    /// Of partners without a rule of their own.
    pub fee_bearer: FeeBearer,
    /// What being paid early costs, in hundredths of a per cent; nobody may ask where absent.
    pub early_share_bp: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
