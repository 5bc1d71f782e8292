//! What a rule found about one subject.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize, utoipa::ToSchema,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(20))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum AlertState {
    /// Waits for somebody.
    Open,
    /// Went by itself.
    Recovered,
    /// Somebody said what was done.
    Resolved,
}

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "alerts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Alert>,
    pub workspace_id: Id<id::Workspace>,
    pub rule_id: Id<id::AlertRule>,
    /// A value of the rule's dimension, or the id of what is in a bad state; empty for the whole.
    pub subject: String,
    /// Rule and subject while it is still found; absent once it was gone. One row of each.
    pub standing: Option<String>,
    pub state: AlertState,
    /// In whole units of the metric, or per cent of a state that has them.
    pub seen: Option<i64>,
    /// What would have been no reason for a word.
    pub usual_from: Option<i64>,
    pub usual_to: Option<i64>,
    pub before: Option<i64>,
    /// Of money.
    pub currency: Option<String>,
    /// The stretch that was looked at last.
    pub window_from: Timestamp,
    pub window_to: Timestamp,
    pub opened_at: Timestamp,
    pub last_seen_at: Timestamp,
    /// When letters were last sent.
    pub told_at: Timestamp,
    pub snoozed_until: Option<Timestamp>,
    pub assigned_to: Option<Id<id::User>>,
    pub ended_at: Option<Timestamp>,
    pub ended_by: Option<Id<id::User>>,
    /// What was done.
    pub done: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
