//! How much of a cap is taken in one period.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cap_counters")]
pub struct Model {
    /// Hash of cap and period.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Id<id::Workspace>,
    pub cap_id: Id<id::Cap>,
    pub period_start: Timestamp,
    pub used: i64,
    /// Since when there is no room; absent while there is.
    pub reached_at: Option<Timestamp>,
    /// The highest threshold that was told of, in per cent.
    pub told_percent: i32,
}

impl ActiveModelBehavior for ActiveModel {}

/// The row of one cap and period.
pub fn key(cap: Id<id::Cap>, period_start: Timestamp) -> Uuid {
    let mut hasher = blake3::Hasher::new();
    hasher.update(cap.uuid().as_bytes());
    hasher.update(&period_start.millis().to_le_bytes());
    let mut head = [0; 16];
    hasher.finalize_xof().fill(&mut head);
    Uuid::from_bytes(head)
}
