//! A reprice as it is kept.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum RepriceState {
    /// It waits for a second person.
    Proposed,
    Refused,
    /// Confirmed; the job is at it.
    Running,
    Done,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reprices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Reprice>,
    pub workspace_id: Id<id::Workspace>,
    pub offer_id: Id<id::Offer>,
    /// The rules, the window and what they change.
    pub simulation_id: Id<id::Simulation>,
    /// Why.
    pub words: String,
    pub state: RepriceState,
    /// Versions that keep its rules, once it was confirmed; of a side that stays as in force none.
    pub earnings_version_id: Option<Id<id::PlanVersion>>,
    pub revenue_version_id: Option<Id<id::PlanVersion>>,
    /// The last conversion that was looked at.
    pub after_id: Option<Uuid>,
    pub repriced: i64,
    /// Moved meanwhile, so that the price found for them does not hold.
    pub passed_over: i64,
    /// What it changed so far.
    pub earnings_change_minor: i64,
    pub revenue_change_minor: i64,
    pub proposed_by: Id<id::User>,
    pub decided_by: Option<Id<id::User>>,
    pub created_at: Timestamp,
    pub decided_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
