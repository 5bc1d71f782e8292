//! A draft of both plans of an offer.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::plans::version::Rules;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_drafts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::PlanDraft>,
    pub workspace_id: Id<id::Workspace>,
    pub offer_id: Id<id::Offer>,
    /// The newest version of each plan when the draft was made.
    pub earnings_version_id: Option<Id<id::PlanVersion>>,
    pub revenue_version_id: Option<Id<id::PlanVersion>>,
    pub earnings: Rules,
    pub revenue: Rules,
    pub created_by: Id<id::User>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
