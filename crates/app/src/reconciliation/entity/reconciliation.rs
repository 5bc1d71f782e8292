//! A period of an advertiser's figures beside ours.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::reconciliation::{
    act::Act,
    model::{AgreedMapping, FiguresKind, ReconciliationState},
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reconciliations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Reconciliation>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    /// `2026-11-01`, in the advertiser's time zone.
    pub first_day: String,
    pub last_day: String,
    /// The same as moments: `to_at` does not belong to it.
    pub from_at: Timestamp,
    pub to_at: Timestamp,
    pub state: ReconciliationState,
    pub kind: FiguresKind,
    /// As it was agreed when the file came.
    pub mapping: AgreedMapping,
    pub file_name: String,
    /// SHA-256 in hex.
    pub file_hash: String,
    pub file_bytes: i64,
    /// Rows of theirs, or cells where they sent totals.
    pub rows_count: i64,
    /// Lines that are kept so far.
    pub lines_count: i64,
    /// Frozen once the period is closed.
    pub act: Option<Act>,
    /// SHA-256 of the act in hex.
    pub act_hash: Option<String>,
    pub created_by: Id<id::User>,
    pub created_at: Timestamp,
    pub closed_by: Option<Id<id::User>>,
    pub closed_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
