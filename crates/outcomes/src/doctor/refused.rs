//! Calls that a door refused alike on one day: how many, and the last of them.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "refused_calls")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::RefusedCalls>,
    pub workspace_id: Id<id::Workspace>,
    /// Absent where nothing told whose calls they were.
    pub advertiser_id: Option<Id<id::Advertiser>>,
    /// Days since 1970, UTC.
    pub day: i32,
    pub door: String,
    pub dialect: Option<String>,
    pub reason: String,
    /// What helps, by its code.
    pub advice: String,
    pub calls: i64,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
    /// Of the last one.
    pub message: String,
    pub remote_ip: String,
    /// Names and values, sorted, without secrets.
    pub params: Json,
}

impl ActiveModelBehavior for ActiveModel {}
