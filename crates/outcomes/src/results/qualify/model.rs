//! The words of qualification.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::results::model::Figure;

/// One thing that is asked of a customer within the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum QualifyingCondition {
    /// A figure adds up to at least this: minor units, or a count.
    AtLeast { figure: Figure, value: i64 },
    /// The customer did something on this day; 0 is the day on which the window begins.
    ActiveOnDay { day: i32 },
    /// So many accepted conversions with the offer, the one that began the window among them.
    Orders { count: i64 },
}

/// All of them are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct QualifyingConditions(pub Vec<QualifyingCondition>);

/// Where one condition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ConditionStanding {
    pub condition: QualifyingCondition,
    /// What has been reached: minor units, a count, or 1 for a day with activity.
    pub reached: i64,
    pub is_met: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct Standings(pub Vec<ConditionStanding>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum QualificationState {
    /// The window is open, or its last days may still be reported.
    Open,
    /// All conditions are met; the goal was reported.
    Met,
    /// The window ended before they were met.
    NotQualified,
}
