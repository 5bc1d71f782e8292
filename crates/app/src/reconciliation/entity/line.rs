//! One row of theirs, of ours, or both: or one cell of totals.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::reconciliation::model::{LineCause, LineClass, LineDecision, LineReport, LineStanding};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reconciliation_lines")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::ReconciliationLine>,
    pub workspace_id: Id<id::Workspace>,
    pub reconciliation_id: Id<id::Reconciliation>,
    /// Its number in their file.
    pub file_row: Option<i64>,
    pub class: LineClass,
    pub cause: Option<LineCause>,
    pub conversion_id: Option<Id<id::Conversion>>,
    pub offer_id: Option<Id<id::Offer>>,
    pub click: Option<String>,
    pub order_id: Option<String>,
    pub customer: Option<String>,
    /// Of cells: as they are told.
    pub country: Option<String>,
    pub source: Option<String>,
    /// Of our amount; of theirs where nothing is ours.
    pub currency: Option<String>,
    pub theirs_currency: Option<String>,
    pub ours_standing: Option<LineStanding>,
    /// Absent where their word is unknown.
    pub theirs_standing: Option<LineStanding>,
    pub theirs_word: Option<String>,
    /// The reason that their word means.
    pub theirs_reason: Option<String>,
    /// What it counts for; nought while rejected.
    pub ours_minor: Option<i64>,
    pub theirs_minor: Option<i64>,
    /// Of cells.
    pub ours_count: Option<i64>,
    pub theirs_count: Option<i64>,
    pub ours_at: Option<Timestamp>,
    pub theirs_at: Option<Timestamp>,
    /// Whether ours is of this period.
    pub in_period: bool,
    pub decision: Option<LineDecision>,
    /// Of the move, where the person named one.
    pub reason: Option<String>,
    pub note: Option<String>,
    /// Of a conversion that is made from it.
    pub report: Option<LineReport>,
    pub decided_by: Option<Id<id::User>>,
    pub decided_at: Option<Timestamp>,
    /// Since when the decision is carried out.
    pub applied_at: Option<Timestamp>,
    /// Why the last decision could not be carried out.
    pub problem: Option<String>,
    pub problem_words: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
