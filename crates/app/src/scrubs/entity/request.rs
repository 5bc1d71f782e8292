//! What an advertiser asks to have removed together.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "scrub_requests")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::ScrubRequest>,
    pub workspace_id: Id<id::Workspace>,
    pub advertiser_id: Id<id::Advertiser>,
    pub reason: String,
    /// For staff alone.
    pub evidence: String,
    /// The same without what names people.
    pub proof: String,
    pub created_by: Id<id::User>,
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
