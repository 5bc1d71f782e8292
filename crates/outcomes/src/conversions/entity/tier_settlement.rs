//! A period of a whole tier whose sales were priced by the step that was reached.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tier_settlements")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::TierSettlement>,
    pub workspace_id: Id<id::Workspace>,
    pub rule_id: Id<id::PlanRule>,
    pub period_start: Timestamp,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
