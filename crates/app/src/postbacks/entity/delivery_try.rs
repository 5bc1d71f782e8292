//! One request and its answer, without secrets.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery_tries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::DeliveryTry>,
    pub workspace_id: Id<id::Workspace>,
    pub delivery_id: Id<id::Delivery>,
    pub at: Timestamp,
    pub method: String,
    pub url: String,
    pub body: Option<String>,
    /// HTTP status; absent where nothing came back.
    pub status: Option<i32>,
    /// Why it counts as a failure; absent for a success.
    pub error: Option<String>,
    pub took_ms: i32,
    /// The beginning of what came back.
    pub answer: String,
}

impl ActiveModelBehavior for ActiveModel {}
