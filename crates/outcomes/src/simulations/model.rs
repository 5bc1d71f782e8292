//! A simulation as it is kept.

use kernel::{Decimal8, Id, Timestamp, id};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::rules::TriedOnly;
use crate::plans::rules::Rule;

/// By which of its times a conversion belongs to a window.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum WindowBasis {
    /// When the customer converted.
    #[default]
    Event,
    /// When it was last approved, rejected or reversed.
    Decided,
}

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum SimulationState {
    Running,
    Done,
    Failed,
}

/// What is tried, as it was when it was asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Proposal {
    /// None: as in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earnings: Option<Vec<Rule>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revenue: Option<Vec<Rule>>,
    /// Volumes at which the cost is told.
    #[serde(default)]
    pub growth: Vec<Decimal8>,
    #[serde(default, skip_serializing_if = "TriedOnly::is_all")]
    pub only: TriedOnly,
}

impl Proposal {
    pub const fn is_in_force(&self) -> bool {
        self.earnings.is_none() && self.revenue.is_none()
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "simulations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Simulation>,
    pub workspace_id: Id<id::Workspace>,
    pub offer_id: Id<id::Offer>,
    /// The draft that was tried; it may be gone since.
    pub draft_id: Option<Id<id::PlanDraft>>,
    pub basis: WindowBasis,
    pub from_at: Timestamp,
    /// Not included.
    pub to_at: Timestamp,
    pub currency: String,
    pub proposal: Proposal,
    pub state: SimulationState,
    /// Conversions of the offer that were looked at.
    pub rows_done: i64,
    pub rows_total: i64,
    pub result: Option<Json>,
    pub created_by: Id<id::User>,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
