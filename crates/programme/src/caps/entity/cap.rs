//! A cap.

use jiff::tz::TimeZone;
use kernel::{Currency, Id, Refusal, Timestamp, id, period::Period, time};
use sea_orm::entity::prelude::*;

use crate::caps::model::{
    CapDecision, CapFilter, CapKind, CapMetric, CapScope, CapState, CountedStatuses, GraceKind, OnReach, Thresholds,
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "caps")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Cap>,
    pub workspace_id: Id<id::Workspace>,
    pub metric: CapMetric,
    /// Code of the period.
    pub period: String,
    pub scope: CapScope,
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub offer_id: Option<Id<id::Offer>>,
    pub goal_id: Option<Id<id::Goal>>,
    pub partner_id: Option<Id<id::Partner>>,
    pub source_id: Option<String>,
    /// Things, or minor units of `currency`.
    pub limit_count: i64,
    /// Set where money is counted.
    pub currency: Option<String>,
    pub timezone: String,
    pub counted: CountedStatuses,
    pub on_reach: OnReach,
    pub thresholds: Thresholds,
    pub filter: CapFilter,
    pub grace: GraceKind,
    pub grace_hours: i32,
    pub kind: CapKind,
    /// By what a test is judged, in words.
    pub kpi: Option<String>,
    pub state: CapState,
    /// Set once a test cap was reached.
    pub decision: Option<CapDecision>,
    pub decision_note: Option<String>,
    /// What happened before is not counted.
    pub counted_from: Timestamp,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// # Panics
    /// Where a row holds no code of a period: rows are written from [`Period`] only.
    pub fn period(&self) -> Period {
        Period::from_code(&self.period).expect("rows hold codes of periods")
    }

    pub fn currency(&self) -> Option<Currency> {
        self.currency.as_deref().and_then(|code| code.parse().ok())
    }

    pub fn zone(&self) -> Result<TimeZone, Refusal> {
        time::zone(&self.timezone)
    }
}
