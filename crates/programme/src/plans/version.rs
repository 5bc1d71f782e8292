//! A version of a plan: its rules from a moment on.

use kernel::{Id, Timestamp, id};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::rules::{Dated, Rule};

/// The rules of one version.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Rules(pub Vec<Rule>);

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "plan_versions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::PlanVersion>,
    pub workspace_id: Id<id::Workspace>,
    pub plan_id: Id<id::Plan>,
    /// Counts from 1.
    pub version: i32,
    pub valid_from: Timestamp,
    pub rules: Rules,
    /// Absent where the system made it.
    pub created_by: Option<Id<id::User>>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

impl Dated for Model {
    fn valid_from(&self) -> Timestamp {
        self.valid_from
    }
    fn number(&self) -> i32 {
        self.version
    }
}
