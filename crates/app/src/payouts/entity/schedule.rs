//! When partners are paid by themselves.

use kernel::{Id, Timestamp, id};
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::partners::model::PayoutMethod;

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// On one day of the week.
    Weekly,
    /// On one day of the month, and half a month later.
    TwiceMonthly,
    /// On one day of the month.
    Monthly,
}

/// What one run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, utoipa::ToSchema)]
#[serde(transparent)]
pub struct LastRun(pub Vec<RunLine>);

/// A batch that a run made, or why it made none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct RunLine {
    #[schema(value_type = String)]
    pub currency: kernel::Currency,
    pub method: PayoutMethod,
    pub batch_id: Option<Id<id::PayoutBatch>>,
    /// Whom the bank or service would have refused.
    pub left_out: i64,
    /// The code of the refusal, where no batch was made.
    pub refused: Option<String>,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "payout_schedules")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::PayoutSchedule>,
    pub workspace_id: Id<id::Workspace>,
    /// Whom it pays; all whose group has no schedule of its own where absent.
    pub partner_group: Option<String>,
    pub rhythm: Rhythm,
    /// Of the week, 1 is Monday; or of the month, 1 to 28, for twice a month 1 to 14.
    pub day: i32,
    /// Its batches need nobody's agreement below the workspace's limit.
    pub is_automatic: bool,
    pub is_paused: bool,
    /// The next local day on which it pays.
    pub next_on: String,
    pub last_run_at: Option<Timestamp>,
    pub last_run: LastRun,
    pub created_by: Id<id::User>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
