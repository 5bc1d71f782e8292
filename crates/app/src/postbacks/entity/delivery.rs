//! One thing told to one receiver, in as many tries as it takes.

use kernel::{Id, Timestamp, id};
use sea_orm::entity::prelude::*;

use crate::postbacks::model::{DeliveryState, PostbackEvent, PostbackKind};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "deliveries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::Delivery>,
    pub workspace_id: Id<id::Workspace>,
    pub postback_id: Id<id::Postback>,
    pub partner_id: Option<Id<id::Partner>>,
    pub kind: PostbackKind,
    pub host: String,
    pub event: PostbackEvent,
    /// Absent for a test, and where it is not about a conversion.
    pub conversion_id: Option<Id<id::Conversion>>,
    /// Place of the move in the outbox, once per setting.
    pub move_seq: Option<i64>,
    /// What it tells of where that is no move, once per setting: the printed id of a click, of a row of the audit log, or
    /// the key of a cap's period.
    pub cause: Option<String>,
    pub is_test: bool,
    /// What the macros stand for, see [`Told`](crate::postbacks::told::Told).
    pub told: Json,
    pub state: DeliveryState,
    pub attempts: i32,
    pub due_at: Timestamp,
    pub lease_until: Option<Timestamp>,
    pub created_at: Timestamp,
    pub done_at: Option<Timestamp>,
    /// HTTP status of the last try.
    pub last_status: Option<i32>,
    /// Why the last try failed, or why there was none.
    pub last_error: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
