//! Who changed what, when, from what to what.
//!
//! Invariant: the row is written in the transaction of the change itself.

pub mod api;
pub mod schema;

use kernel::{Ambient, Id, Timestamp, id};
use sea_orm::{ConnectionTrait, DbErr, IntoActiveModel as _, entity::prelude::*};

use crate::identity::Actor;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_rows")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<id::AuditRow>,
    pub workspace_id: Id<id::Workspace>,
    /// Absent for the system itself.
    pub user_id: Option<Id<id::User>>,
    /// Noun and past verb, such as `offer.updated`.
    pub action: String,
    /// The changed thing's id, printed.
    pub subject: String,
    pub before: Option<Json>,
    pub after: Option<Json>,
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}

/// A change to be remembered. Values hold no secrets.
pub struct Change<'a> {
    pub action: &'a str,
    pub subject: String,
    pub before: Option<serde_json::Value>,
    pub after: Option<serde_json::Value>,
}

/// Remembers a change, in the caller's transaction.
pub async fn record(conn: &impl ConnectionTrait, ambient: &Ambient, actor: &Actor, change: Change<'_>) -> Result<(), DbErr> {
    let row = Model {
        id: ambient.new_id(),
        workspace_id: actor.tenant.id(),
        user_id: Some(actor.user),
        action: change.action.to_owned(),
        subject: change.subject,
        before: change.before,
        after: change.after,
        at: ambient.now(),
    };
    Entity::insert(row.into_active_model()).exec_without_returning(conn).await.map(drop)
}
