//! A request for a rate.

use kernel::{Id, Timestamp, id};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::plans::rules::Effect;

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum BumpState {
    /// The manager is to answer.
    Requested,
    /// The manager offered another rate; the partner is to answer.
    Countered,
    Accepted,
    Declined,
    /// The partner asks no longer.
    Withdrawn,
}

/// The rates of a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct BumpRates {
    /// What the partner asks for.
    pub wanted: Effect,
    /// What the manager offers in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered: Option<Effect>,
    /// What the partner had when it was accepted; none where it had no rate of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Effect>,
}

impl BumpRates {
    /// What is on the table.
    pub fn agreed(&self) -> &Effect {
        self.offered.as_ref().unwrap_or(&self.wanted)
    }
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "bump_requests")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::BumpRequest>,
    pub workspace_id: Id<id::Workspace>,
    pub offer_id: Id<id::Offer>,
    pub goal_id: Id<id::Goal>,
    pub partner_id: Id<id::Partner>,
    pub rates: BumpRates,
    /// What the partner says for it.
    pub words: Option<String>,
    /// What the manager answered.
    pub answer: Option<String>,
    pub state: BumpState,
    /// The rate ends at this moment.
    pub ends_at: Option<Timestamp>,
    pub created_by: Id<id::User>,
    pub created_at: Timestamp,
    pub decided_at: Option<Timestamp>,
    pub decided_by: Option<Id<id::User>>,
}

impl ActiveModelBehavior for ActiveModel {}
