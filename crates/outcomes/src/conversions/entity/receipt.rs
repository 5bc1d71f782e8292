//! What a sender said, whole, and what it was told.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "receipts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Receipt>,
    pub workspace_id: Id<id::Workspace>,
    /// To whom the token, key or signature belongs; with the workspace's own, whose offer or conversion it is about.
    pub advertiser_id: Option<Id<id::Advertiser>>,
    pub conversion_id: Option<Id<id::Conversion>>,
    /// The first receipt equal in all fields, whose verdict this one repeats.
    pub same_as: Option<Id<id::Receipt>>,
    /// Hash of the canonical parameters; held by the first of equal receipts.
    pub content_key: Option<Uuid>,
    pub door: String,
    pub trust: String,
    pub remote_ip: String,
    /// Pairs of native names and values, sorted.
    pub params: Json,
    /// Query or body as it came.
    pub raw: Vec<u8>,
    pub arrived_at: Timestamp,
    pub decided_at: Timestamp,
    pub http_status: i32,
    /// Status of the conversion as it was answered.
    pub status: String,
    pub reason: Option<String>,
    pub message: String,
    /// Its sender only tried: nothing was booked.
    pub is_test: bool,
}

impl ActiveModelBehavior for ActiveModel {}
