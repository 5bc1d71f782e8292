//! Other days than the offer's.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "clock_terms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::ClockTerm>,
    pub workspace_id: Id<id::Workspace>,
    /// Absent for every offer.
    pub offer_id: Option<Id<id::Offer>>,
    pub goal_id: Option<Id<id::Goal>>,
    pub partner_group: Option<String>,
    /// The offer's where absent.
    pub validation_days: Option<i32>,
    /// The offer's where absent.
    pub hold_days: Option<i32>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
